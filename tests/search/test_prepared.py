"""A prepared query finds what its queryset would, and refuses one it could fill in wrongly."""

import uuid

import pytest

from search.entries.prepared import Prepared
from search.models import Entry
from tests.search.making import NOW, make_entry

pytestmark = pytest.mark.django_db


def test_versions_are_those_of_the_queryset():
    key, owner = uuid.uuid4(), uuid.uuid4()
    finnish = make_entry("Neuvonta", key=key, organisation_key=owner)
    make_entry("Rådgivning", language="sv", key=key, organisation_key=owner)
    make_entry("Neuvoja ry", key=owner, kind="organisation")
    make_entry("Ráđđi", language="se", key=key, visible_until=NOW)
    make_entry("Muu")
    found = Entry.objects.versions_of(finnish, NOW)
    expected = Entry.objects.related_to(finnish, NOW)
    assert {row.pk for row in found} == {row.pk for row in expected}
    assert {(row.key, row.language, row.path) for row in found} == {
        (row.key, row.language, row.path) for row in expected
    }
    assert len(found) == 3


def test_a_page_without_an_organisation_has_its_own_versions():
    entry = make_entry("Etusivu")
    assert [row.pk for row in Entry.objects.versions_of(entry, NOW)] == [entry.pk]


def test_an_address_shows_the_visible_entry_before_a_tombstone():
    gone, shown = make_entry("Ennen", is_public=False), make_entry("Nyt")
    Entry.objects.filter(pk=gone.pk).update(path=shown.path)
    assert Entry.objects.at(shown.path) == shown
    assert Entry.objects.at("/fi/ei-ole/") is None


def test_a_sample_that_the_query_lacks_is_an_error():
    with pytest.raises(ValueError, match="missing"):
        Prepared(lambda entries, path: entries.all(), {"path": "/a/"})(Entry, path="/b/")
