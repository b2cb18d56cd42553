"""The search page on the engine: what it asks, and what it shows where the engine lags."""

from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from search.facets import known_codes
from search.models import Entry
from search.sync.rebuilding import tend

from .making import make_entry
from .test_marks import marks_of

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def engine(elastic: Elasticsearch, settings):
    """Waits for the engine as long as it needs, so that the database never stands in."""
    settings.SEARCH_TIMEOUT = 60
    return elastic


def asked(engine: Elasticsearch, settings) -> int:
    """How many searches the engine has run on our indices, which have one shard."""
    told = engine.indices.stats(index=f"{settings.SEARCH_INDEX}*", metric="search")
    return told["_all"]["primaries"]["search"]["query_total"]


@pytest.mark.parametrize("query", ["", "?q=tulkki", "?q=dulkon&kind=service&kind=news&sort=name"])
def test_a_page_asks_the_engine_once_and_the_database_three_times(
    client, engine, settings, django_assert_max_num_queries, query
):
    for number in range(25):
        key = uuid4()
        make_entry(f"Tulkki {number}", key=key)
        make_entry(f"Dulkon {number}", language="se", key=key)
    tend()
    known_codes()
    client.get(f"/fi/search/{query}")
    before = asked(engine, settings)
    with django_assert_max_num_queries(3):
        listing = client.get(f"/fi/search/{query}").context["listing"]
    assert asked(engine, settings) == before + 1
    assert (listing.total, len(listing.rows)) == (25, 20)


def test_what_is_hidden_is_not_shown_on_the_word_of_an_engine_that_lags(client, engine):
    hidden, kept = make_entry("Tulkki Inarissa"), make_entry("Tulkki Kemissä")
    other = make_entry("Tolkar i Enare", language="sv", key=kept.key)
    moved = make_entry("Tulkki Sallassa")
    tend()
    assert client.get("/fi/search/?q=tulkki").context["listing"].total == 3
    Entry.objects.filter(pk__in=[hidden.pk, other.pk]).update(is_public=False)
    Entry.objects.filter(pk=moved.pk).update(audience="professionals")

    page = client.get("/fi/search/?q=tulkki")
    assert [row.entry.pk for row in page.context["listing"].rows] == [kept.pk]
    assert page.context["listing"].total == 3
    assert "Inarissa" not in page.content.decode()
    assert "Tolkar" not in client.get("/fi/search/?q=tolk").content.decode()


def test_words_are_marked_on_the_engine_as_on_the_database(client, engine):
    make_entry("Tulkkauspalveluja Inarissa", summary="Tulkki auttaa.")
    tend()
    assert marks_of(client, "tulkkauspalvelu inari") == ["Tulkkauspalveluja", "Inarissa"]
