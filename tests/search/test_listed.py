"""The narrow rows that the database's search reads follow whatever happens to any version."""

import uuid
from datetime import timedelta

import pytest

from search.engines import database, forget_entries
from search.entries.building import EMPTY
from search.entries.listed import entries_astray, renew_listed
from search.models import Code, Entry, EntryFacet, ListedEntry
from search.sync.rebuilding import renew_terms
from tests.factories.pages import ServicePageFactory, publish, stored, translate

from .making import NOW, find, make_entry, titles

pytestmark = pytest.mark.django_db


def pair(**values) -> tuple[Entry, Entry]:
    """A page in Finnish and in Swedish."""
    key = uuid.uuid4()
    swedish = make_entry("Skuldrådgivning", language="sv", key=key)
    return make_entry("Velkaneuvonta", key=key, **values), swedish


def shown(reader: str, now=NOW) -> list[str]:
    """What is found without words and by those of both versions; it must be the same."""
    (found,) = {tuple(titles(find(reader, now, q=q))) for q in ("", "velkaneuvonta")}
    assert find(reader, now, q="skuldrådgivning").total == len(found)
    return list(found)


def test_a_better_version_takes_its_readers_over_and_leaves_them():
    finnish, swedish = pair()
    assert shown("se") == ["Velkaneuvonta"]
    assert shown("sv") == ["Skuldrådgivning"]
    Entry.objects.filter(pk=swedish.pk).raise_version(**EMPTY)
    forget_entries([swedish.pk])
    for query in ("", "velkaneuvonta"):
        assert titles(find("sv", q=query)) == ["Velkaneuvonta"]
    assert find("sv", q="skuldrådgivning").total == 0
    assert list(ListedEntry.objects.values_list("pk", flat=True)) == [finnish.pk]


def test_a_version_that_expires_leaves_its_readers_on_the_second():
    end = NOW + timedelta(hours=1)
    pair(visible_until=end)
    assert shown("se", end - timedelta(seconds=1)) == ["Velkaneuvonta"]
    for query in ("", "skuldrådgivning"):
        assert titles(find("se", end, q=query)) == ["Skuldrådgivning"]
    assert find("se", end, q="velkaneuvonta").total == 0
    assert find("sv", end, q="skuldrådgivning").total == 1


def test_a_version_is_found_by_what_another_says_now(portal):
    page = ServicePageFactory(title="Velkaneuvonta")
    swedish = translate(page, "sv", title="Skuldrådgivning")

    def found(query: str) -> list[str]:
        return titles(find("sv", q=query))

    assert found("velkaneuvonta") == found("skuldrådgivning") == ["Skuldrådgivning"]
    page = stored(page)
    page.title = "Kuljetus"
    publish(page)
    assert found("velkaneuvonta") == []
    assert found("kuljetus") == ["Skuldrådgivning"]
    stored(swedish).unpublish()
    assert found("skuldrådgivning") == []
    assert found("kuljetus") == ["Kuljetus"]
    publish(stored(swedish))
    assert found("kuljetus") == ["Skuldrådgivning"]
    stored(page).delete()
    assert found("kuljetus") == []
    assert found("skuldrådgivning") == ["Skuldrådgivning"]
    assert not entries_astray(set(Entry.objects.values_list("key", flat=True)))


@pytest.mark.parametrize(
    "fault",
    [
        {"shown_for": " sv "},
        {"shown_later": {"fi": 0}},
        {"codes": []},
        {"visible_until": NOW},
        {"sort_key": "x"},
    ],
)
def test_a_row_gone_astray_is_found_and_mended(fault):
    right, wrong = make_entry("Yksi"), make_entry("Kaksi")
    keys = [right.key, wrong.key]
    assert entries_astray(keys) == set()
    ListedEntry.objects.filter(pk=wrong.pk).update(**fault)
    assert entries_astray(keys) == {wrong.pk}
    renew_listed(keys)
    assert entries_astray(keys) == set()


def test_what_no_list_has_is_listed_by_the_set_up():
    make_entry("Velkaneuvonta")
    ListedEntry.objects.all().delete()
    assert Entry.objects.unlisted().count() == 1
    assert find().total == 0
    assert renew_terms()
    assert titles(find()) == ["Velkaneuvonta"]
    assert not Entry.objects.unlisted().exists()


def test_a_code_has_one_number():
    first = make_entry("Yksi", facets={"theme": ["money"]})
    numbers = dict(Code.objects.values_list("code", "pk"))
    make_entry("Kaksi", facets={"theme": ["money", "family"], "place": ["890"]})
    assert {code: pk for code, pk in Code.objects.values_list("code", "pk") if code in numbers} == (
        numbers
    )
    EntryFacet.objects.filter(entry=first, facet="theme").delete()
    renew_listed([first.key])
    assert first.listed.codes == [numbers["service"]]


def test_a_code_numbered_while_a_question_runs_is_not_counted_yet(monkeypatch):
    make_entry("Yksi", facets={"theme": ["money"]})
    assert find().facets["theme"] == {"money": 1}
    monkeypatch.setattr(database.Code, "objects", Code.objects.none())
    found = find()
    assert titles(found) == ["Yksi"]
    assert found.facets == {}


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(django_assert_num_queries, count):
    keys = [pair()[0].key for _ in range(count)]
    with django_assert_num_queries(5):
        renew_listed(keys)
    with django_assert_num_queries(4):
        entries_astray(keys)
