"""Judged queries are asked of the page residents see, on the database at hand."""

import pytest

from search.evaluation.judged import JudgedSet, parse_judged_set
from search.evaluation.metrics import report
from search.evaluation.running import evaluate
from search.evaluation.tables import shortfalls, table
from site_core.taxonomy.actions import load_taxonomy


@pytest.fixture(autouse=True)
def _vocabularies(db) -> None:
    load_taxonomy()


def judged(documents: list[dict], queries: list[dict]) -> JudgedSet:
    plain = {"locale": "fi", "title": "Tulkkauspalvelu"}
    return parse_judged_set(
        {
            "documents": [
                {"id": f"d{number}", **plain, **row} for number, row in enumerate(documents, 1)
            ],
            "queries": queries,
        }
    )


def asked(*documents: dict, **query: object) -> list[str]:
    """The ids shown for one query."""
    found = evaluate(judged(list(documents), [{"query": "tulkkauspalvelu", **query}]))
    return found.run["q1"]


@pytest.mark.parametrize(("language", "shown"), [("fi", "d1"), ("sv", "d2"), ("se", "d1")])
def test_a_reader_is_shown_the_version_that_fits_her(language, shown):
    swedish = {"locale": "sv", "title": "Tolkningstjänst", "translation_of": "d1"}
    assert asked({}, swedish, ui_locale=language) == [shown]


def test_two_versions_in_one_language_count_once():
    assert len(asked({}, {"translation_of": "d1"})) == 1


def test_ten_are_read_from_as_many_pages_as_it_takes():
    # Each group has two versions in her language, so the first page of 20 rows shows 10 groups.
    twins = [{"translation_of": f"d{number}"} for number in range(1, 13)]
    assert len(asked(*[{}] * 12, *twins, query="tulkkauspalvelu")) >= 10


def test_what_answers_stands_before_what_resembles():
    answers = {"title": "Kelan asiat", "text": "Tulkkauspalvelu saamen kielellä."}
    resembles = {"title": "Tulkkauspalvelu"}
    shown = asked(resembles, answers, query="saamen tulkkauspalvelu")
    assert shown == ["d2", "d1"]


def test_a_municipality_filters_as_it_does_on_the_page():
    shown = asked({"municipalities": ["Inari"]}, {"municipalities": ["Kemi"]}, municipality="Kemi")
    assert shown == ["d2"]


def test_the_day_is_that_of_the_file():
    """What was updated last stands first, and no later day evens that out."""
    shown = asked({"updated": "2001-01-01"}, {"updated": "2003-06-01"}, {"updated": "2002-01-01"})
    assert shown == ["d2", "d3", "d1"]


def test_people_are_told_what_falls_short():
    found = evaluate(
        judged(
            [{}, {"title": "Uimahalli"}],
            [{"query": "uimahalli", "type": "lay", "relevant": {"d1": 3, "d2": 1}}],
        )
    )
    assert "lay" in table(report(found.answers))
    told = shortfalls(found, 3)
    assert "wanted 3, at -: d1 Tulkkauspalvelu" in told
    assert "1. d2 Uimahalli" in told
