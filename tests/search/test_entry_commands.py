"""Rebuilding and checking: what disagrees is found, named and mended."""

import pytest
from django.core.management import call_command

from search.entries.actions import find_disagreements, rebuild_entries, repair_entries
from search.models import Entry, EntryFacet, ListedEntry
from tests.factories.pages import ServicePageFactory, stored


def wrong_text(page):
    Entry.objects.filter(page_id=page.pk).update(title="Väärä")
    return "title"


def wrong_facet(page):
    EntryFacet.objects.create(entry=page.entry, facet="theme", code="nothing")
    return "facets"


def wrong_row_of_lists(page):
    ListedEntry.objects.filter(pk=page.entry.pk).update(shown_for="")
    return "listed"


def shown_though_unpublished(page):
    page.unpublish()
    Entry.objects.filter(page_id=page.pk).update(is_public=True)
    return "is_public"


def no_entry(page):
    Entry.objects.filter(page_id=page.pk).delete()
    return "no entry"


def no_page(page):
    Entry.objects.filter(page_id=page.pk).update(page=None)
    page.delete()
    return "public without a page"


FAULTS = [wrong_text, wrong_facet, wrong_row_of_lists, shown_though_unpublished, no_entry, no_page]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_mended(portal, capsys, fault):
    ServicePageFactory()
    what = fault(ServicePageFactory())
    with pytest.raises(SystemExit) as end:
        call_command("check_entries")
    assert end.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert what in lines[0]
    with pytest.raises(SystemExit):
        call_command("check_entries", "--repair")
    capsys.readouterr()
    call_command("check_entries")
    assert capsys.readouterr().out == "Pages and entries agree.\n"


@pytest.mark.parametrize("fault", FAULTS)
def test_rebuilding_mends_too(portal, fault):
    fault(ServicePageFactory())
    rebuild_entries()
    assert find_disagreements() == []


def test_rebuilding_changes_nothing_that_is_right(portal, capsys):
    ServicePageFactory()
    columns = [field.attname for field in Entry._meta.concrete_fields if field.name != "version"]
    before = list(Entry.objects.order_by("pk").values(*columns))
    call_command("rebuild_entries")
    assert list(Entry.objects.order_by("pk").values(*columns)) == before
    assert "pages" in capsys.readouterr().out


def test_rebuilding_makes_all_of_an_emptied_table(portal):
    page = ServicePageFactory()
    Entry.objects.all().delete()
    rebuild_entries()
    assert stored(page).entry.is_public
    assert find_disagreements() == []


def test_a_repair_leaves_what_is_right(portal):
    page, other = ServicePageFactory(), ServicePageFactory()
    version = other.entry.version
    wrong_text(page)
    assert [found.page_id for found in repair_entries()] == [page.pk]
    assert stored(other).entry.version == version


def test_what_is_hidden_is_found_by_nobody(portal):
    """A hidden entry keeps its address and nothing that its page says."""
    page = ServicePageFactory(title="Kanarialintu", summary="Kanarialintu")
    page.unpublish()
    entry = stored(page).entry
    row = {field.name: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    assert "Kanarialintu" not in str(row)
    assert not entry.facet_rows.exists()
