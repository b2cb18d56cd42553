"""Entries as documents: complete in themselves, and never newer than they say."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from search.analysis.terms import with_lesser
from search.engines import database_engine, forget_entries
from search.engines.elasticsearch.mapping import MAPPINGS
from search.entries.building import EMPTY
from search.models import Entry
from search.sync.documents import build_documents
from tests.search.making import NOW, make_entry

pytestmark = pytest.mark.django_db


def bodies(*entries: Entry) -> list[dict]:
    built = {made.entry_id: made.body for made in build_documents([e.pk for e in entries])}
    return [built[entry.pk] for entry in entries]


def pair(**values) -> tuple[Entry, Entry]:
    """A page in Finnish and in Swedish."""
    key = uuid.uuid4()
    finnish = make_entry("Velkaneuvonta", key=key, **values)
    return finnish, make_entry("Skuldrådgivning", language="sv", key=key)


def hide(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).raise_version(**EMPTY)
    forget_entries([entry.pk])


def test_a_document_is_found_by_the_words_of_all_versions():
    finnish, swedish = bodies(*pair())
    terms = database_engine().terms_of(Entry.objects.values_list("pk", flat=True)).values()
    assert finnish["terms"] == swedish["terms"]
    assert set(finnish["terms"].split(" ")) == with_lesser(set().union(*terms))
    assert len(set(map(len, terms))) == 2


def test_each_reader_is_shown_one_version():
    finnish, swedish = bodies(*pair())
    assert finnish["shown_for"] == ["fi", "se", "smn", "sms"]
    assert swedish["shown_for"] == ["sv"]
    assert finnish["shown_later"] == swedish["shown_later"] == {}


def test_another_version_stands_in_once_the_better_one_has_expired():
    finnish, swedish = bodies(*pair(visible_until=NOW + timedelta(hours=1)))
    assert swedish["shown_for"] == ["sv"]
    assert swedish["shown_later"] == dict.fromkeys(
        ["fi", "se", "smn", "sms"], NOW + timedelta(hours=1)
    )
    assert finnish["shown_later"] == {}


def test_a_hidden_entry_leaves_its_readers_to_the_others_and_says_nothing():
    finnish, swedish = pair()
    hide(finnish)
    hidden, shown = bodies(finnish, swedish)
    assert hidden == {"version": 2, "gone": True}
    assert shown["shown_for"] == ["fi", "sv", "se", "smn", "sms"]
    assert not any("velka" in term for term in shown["terms"])


def test_what_lists_do_not_offer_is_shown_to_nobody():
    (body,) = bodies(make_entry("Etusivu", kind="home"))
    assert (body["shown_for"], body["shown_later"]) == ([], {})


def test_a_document_has_the_codes_of_its_entry_and_no_field_of_its_own():
    entry = make_entry(
        "Neuvontaa",
        facets={"municipality": ["890", "732"], "place": ["890"], "coverage": ["municipal"]},
        starts_at=NOW,
        last_confirmed=NOW.date(),
    )
    (body,) = bodies(entry)
    assert body["facet_municipality"] == ["732", "890"]
    assert body["facet_place"] == ["890"]
    assert {"municipality:732", "municipality:890"} <= set(body["facets"])
    assert "place:890" not in body["facets"]
    assert (body["starts_at"], body["confirmed"]) == (NOW, NOW.date())
    assert body.keys() <= MAPPINGS["properties"].keys()


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(django_assert_num_queries, count):
    entries = [entry for _ in range(count) for entry in pair()]
    with django_assert_num_queries(4):
        assert len(build_documents([entry.pk for entry in entries])) == 2 * count


@pytest.mark.race
@pytest.mark.parametrize("statement", range(4))
def test_what_is_written_meanwhile_makes_a_document_newer_than_it_says(statement):
    """The other way round a change would be lost: acknowledged without having been sent."""
    entry = make_entry("Ennen")
    asked = 0

    def write_once(execute, sql, parameters, many, context):
        nonlocal asked
        answer, asked = execute(sql, parameters, many, context), asked + 1
        if asked == statement + 1:
            Entry.objects.filter(pk=entry.pk).raise_version(sort_key="later")
        return answer

    with connection.execute_wrapper(write_once):
        (built,) = build_documents([entry.pk])
    assert asked > statement
    assert built.version == 1
    assert Entry.objects.get(pk=entry.pk).version == 2
