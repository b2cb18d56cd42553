"""The migrations that make the table of terms, on the database at hand."""

from importlib import import_module

import pytest
from django.db import connection

from .making import find, make_entry

made = import_module("search.migrations.0002_text_index")
widened = import_module("search.migrations.0004_listed_entry")


class Editor:
    """What a migration asks of a schema editor, which SQLite's refuses to be inside a test."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_they_can_be_undone_and_done_again():
    make_entry("Velkaneuvonta")
    widened.narrow(None, Editor())
    widened.widen(None, Editor())
    assert find(q="velkaneuvonta").total == 1
    made.drop(None, Editor())
    made.create(None, Editor())
    widened.widen(None, Editor())
    assert find(q="velkaneuvonta").total == 0
    make_entry("Kuljetus")
    assert find(q="kuljetus").total == 1
