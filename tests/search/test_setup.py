"""The search's part of the portal's set-up."""

import pytest

from search import setup
from search.engines import database_engine

from .making import find, make_entry


@pytest.mark.django_db
def test_set_up_reads_again_what_is_out_of_date():
    entry = make_entry("Velkaneuvonta")
    database_engine().store(entry.pk, ["tlfvanha"], "0-voikko")
    setup.set_up_search()
    assert find(q="velkaneuvonta").total == 1


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_only_slows_down(monkeypatch, caplog):
    def refuse():
        raise PermissionError("read-only")

    monkeypatch.setattr(setup, "prepare", refuse)
    setup.set_up_search()
    assert "read-only" in caplog.text
