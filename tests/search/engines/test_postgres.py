"""What holds on PostgreSQL alone."""

import pytest
from django.db import connection

from search.engines import database_engine
from search.engines.documents import analysis_name
from search.models import Entry
from search.sync.rebuilding import renew_terms
from tests.search.making import NOW, make_entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only there"),
]


def test_statements_are_not_compiled():
    """Compiling those of a filtered listing takes a second."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_terms_that_know_another_end_than_their_entry_are_out_of_date():
    """It lies beside them, lest all entries be read again to learn it."""
    make_entry("Oikea")
    entry = make_entry("Velkaneuvonta")
    Entry.objects.filter(pk=entry.pk).update(visible_until=NOW)
    assert database_engine().outdated(analysis_name()) == [entry.pk]
    renew_terms()
    assert database_engine().outdated(analysis_name()) == []
