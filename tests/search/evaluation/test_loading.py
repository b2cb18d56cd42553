"""Documents become the entries that pages like them would have."""

from datetime import UTC, datetime

import pytest

from search.evaluation.judged import parse_judged_set
from search.evaluation.loading import load, municipality_code
from search.models import Entry
from site_core.taxonomy.actions import load_taxonomy


@pytest.fixture(autouse=True)
def _vocabularies(db) -> None:
    load_taxonomy()


def load_one(**values) -> tuple[Entry, list[str]]:
    row = {"id": "x1", "locale": "fi", "title": "Digitukea", **values}
    judged = parse_judged_set({"documents": [row], "queries": [{"query": "digituki"}]})
    loaded, remarks = load(judged.documents)
    return Entry.objects.get(pk=next(iter(loaded))), remarks


def facets(entry: Entry) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for facet, code in entry.facet_rows.values_list("facet", "code"):
        found.setdefault(facet, set()).add(code)
    return found


@pytest.mark.parametrize("name", ["Inari", "Enare", "Anár", "inari", "148", "Aanaar", "Anar"])
def test_municipalities_are_known_by_any_of_their_names(name):
    assert municipality_code(name) == "148"


def test_a_municipal_service_is_filed_where_it_is():
    entry, remarks = load_one(municipalities=["Inari"], channels=["in_person", "phone"])
    found = facets(entry)
    assert (found["municipality"], found["place"]) == ({"148"}, {"148"})
    assert found["channel"] == {"in_person", "phone"}
    assert (entry.coverage, entry.municipalities, remarks) == ("municipal", ["148"], [])


@pytest.mark.parametrize("coverage", ["all_lapland", "whole_country", "remote"])
def test_a_wide_service_is_filed_under_every_municipality(coverage):
    entry, _ = load_one(coverage=coverage, municipalities=["Inari"])
    assert len(facets(entry)["municipality"]) == 21
    assert (entry.coverage, entry.municipalities) == (coverage, [])


def test_what_the_portal_does_not_know_is_passed_over_with_a_remark():
    entry, remarks = load_one(
        kind="rumour", municipalities=["Atlantis"], channels=["pigeon"], coverage="moon"
    )
    assert (entry.kind, entry.coverage, entry.channels) == ("service", "all_lapland", [])
    assert [remark.split()[-1] for remark in remarks] == ["'Atlantis'", "'pigeon'"]


def test_the_day_it_was_updated_is_the_day_it_is_fresh_from():
    entry, _ = load_one(updated="2026-04-01")
    assert str(entry.last_confirmed) == "2026-04-01"
    assert entry.updated_at == datetime(2026, 4, 1, tzinfo=UTC)


def test_a_short_first_sentence_is_the_summary():
    entry, _ = load_one(text="Opastamme puhelimen käytössä. Oman laitteen voi ottaa mukaan.")
    assert entry.texts["summary"][0] == "Opastamme puhelimen käytössä."
    assert entry.texts["body"][0] == "Oman laitteen voi ottaa mukaan."


@pytest.mark.parametrize("text", ["pitkä " * 60, "pitkä " * 60 + ". Ja toinen."])
def test_a_long_one_is_description_and_nothing_is_lost(text):
    entry, _ = load_one(text=text)
    assert entry.texts.keys() == {"title", "body"}
    assert entry.texts["body"][0].split() == text.split()


def test_translations_share_a_key():
    rows = [
        {"id": "x1", "locale": "fi", "title": "Digitukea"},
        {"id": "x2", "locale": "sv", "title": "Digitalt stöd", "translation_of": "x1"},
        {"id": "x3", "locale": "fi", "title": "Muuta"},
    ]
    judged = parse_judged_set({"documents": rows, "queries": [{"query": "digituki"}]})
    load(judged.documents)
    keys = dict(Entry.objects.values_list("title", "key"))
    assert keys["Digitukea"] == keys["Digitalt stöd"] != keys["Muuta"]
