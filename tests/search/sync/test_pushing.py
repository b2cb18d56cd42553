"""What waits is pushed until the engine has acknowledged that very version."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from search.engines import forget_entries
from search.engines.elasticsearch.engine import own_alias
from search.engines.elasticsearch.mapping import index_name
from search.entries.building import EMPTY
from search.models import Entry
from search.sync import pushing
from search.sync.documents import build_documents
from search.sync.indices import EngineError, survey
from search.sync.pushing import push, push_waiting
from site_core.worker.loops import wanted
from tests.factories.pages import ServicePageFactory, publish, stored, translate
from tests.search.making import make_entry

from .looking import document, found, in_step

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

LOOPS = {"search", "search index", "search repair"}


def current(entry: Entry) -> Entry:
    return Entry.objects.get(pk=entry.pk)


def test_loops_run_only_where_there_is_an_engine(settings):
    settings.SEARCH_URL = ""
    assert not LOOPS & wanted().keys()
    settings.SEARCH_URL = "http://127.0.0.1:9"
    assert wanted().keys() >= LOOPS


def test_what_is_published_changed_and_hidden_follows(index, portal):
    page = ServicePageFactory(title="Velkaneuvonta")
    assert push_waiting() > 0
    assert found("velkaneuvonnasta") == [page.entry.pk]
    page.title = "Kirjastoauto"
    page = publish(page)
    push_waiting()
    assert (found("velkaneuvonta"), found("kirjastoauto")) == ([], [page.entry.pk])
    page.unpublish()
    push_waiting()
    assert found("kirjastoauto") == []
    assert document(index, page.entry) == {"version": current(page.entry).version, "gone": True}
    assert in_step()
    assert push_waiting() == 0


def test_a_deleted_page_leaves_no_trace(index, portal):
    page = ServicePageFactory(title="Velkaneuvonta")
    push_waiting()
    entry = page.entry
    page.delete()
    push_waiting()
    assert found("velkaneuvonta") == []
    assert document(index, entry).keys() == {"version", "gone"}


def test_a_translation_changes_who_is_shown_the_original(index, portal):
    page = ServicePageFactory(title="Velkaneuvonta")
    push_waiting()
    assert found("velkaneuvonta", "sv") == [page.entry.pk]
    swedish = translate(page, "sv", title="Skuldrådgivning")
    push_waiting()
    assert found("velkaneuvonta", "sv") == [swedish.entry.pk]
    assert found("skuldrådgivning", "fi") == [page.entry.pk]
    swedish.title = "Ekonomirådgivning"
    publish(swedish)
    push_waiting()
    assert found("ekonomirådgivning", "fi") == [page.entry.pk]
    assert found("skuldrådgivning", "fi") == []
    stored(swedish).unpublish()
    push_waiting()
    assert found("velkaneuvonta", "sv") == [page.entry.pk]
    assert found("ekonomirådgivning", "fi") == []


def test_a_version_that_expires_is_stood_in_for_at_once(index, portal):
    """The engine minds the time itself; the worker's unpublishing then makes it lasting."""
    page = ServicePageFactory(title="Velkaneuvonta")
    swedish = translate(page, "sv", title="Skuldrådgivning")
    swedish.expire_at = timezone.now() + timedelta(seconds=2)
    publish(swedish)
    push_waiting()
    assert found("velkaneuvonta", "sv") == [swedish.entry.pk]
    later = timezone.now() + timedelta(seconds=3)
    assert found("velkaneuvonta", "sv", now=later) == [page.entry.pk]
    stored(swedish).unpublish()
    push_waiting()
    assert "sv" in document(index, page.entry)["shown_for"]


def test_a_late_write_loses(index):
    entry = make_entry("Velkaneuvonta")
    late = build_documents([entry.pk])
    Entry.objects.filter(pk=entry.pk).raise_version(**EMPTY)
    forget_entries([entry.pk])
    push_waiting()
    push(own_alias(), late, in_use=True)
    assert document(index, entry) == {"version": 2, "gone": True}
    assert in_step()


def test_only_the_version_that_was_sent_is_acknowledged(index):
    entry = make_entry("Velkaneuvonta")
    sent = build_documents([entry.pk])
    Entry.objects.filter(pk=entry.pk).raise_version()
    push(own_alias(), sent, in_use=True)
    assert current(entry) in Entry.objects.waiting()
    assert push_waiting() == 1
    assert in_step()


def test_what_the_engine_has_already_is_acknowledged(index):
    """As after a worker was killed between the engine's answer and the acknowledgement."""
    entry = make_entry("Velkaneuvonta")
    push_waiting()
    Entry.objects.filter(pk=entry.pk).wait_again()
    assert push_waiting() == 1
    assert in_step()


def test_an_engine_that_knows_a_later_state_is_overtaken(index):
    """As after the database was put back to yesterday's."""
    entry = make_entry("Velkaneuvonta")
    Entry.objects.filter(pk=entry.pk).update(version=7)
    push_waiting()
    Entry.objects.filter(pk=entry.pk).update(version=3, sort_key="of yesterday")
    push_waiting()
    assert current(entry).version == 8
    push_waiting()
    assert document(index, entry)["sort_key"] == "of yesterday"
    assert in_step()


def test_what_the_engine_refuses_is_told_and_holds_up_nobody(index, caplog, monkeypatch):
    bad, good = make_entry("Huono"), make_entry("Hyvä")
    documents = {made.entry_id: made for made in build_documents([bad.pk, good.pk])}
    strange = replace(documents[bad.pk], body={"unknown": 1})
    with caplog.at_level(logging.ERROR):
        assert push(own_alias(), [strange, documents[good.pk]], in_use=True) == 1
    assert f"refuses entry {bad.pk}" in caplog.text
    assert list(Entry.objects.waiting()) == [bad]
    assert current(good) in Entry.objects.settled()
    assert push_waiting() == 0
    monkeypatch.setattr(pushing, "_refused", dict.fromkeys(pushing._refused, 0.0))
    assert push_waiting() == 1
    assert in_step()


def test_what_was_refused_is_sent_once_it_is_written_again(index):
    bad = make_entry("Huono")
    (made,) = build_documents([bad.pk])
    push(own_alias(), [replace(made, body={"unknown": 1})], in_use=True)
    assert push_waiting() == 0
    Entry.objects.filter(pk=bad.pk).raise_version()
    assert push_waiting() == 1


def test_more_than_one_batch(index, monkeypatch):
    monkeypatch.setattr(pushing, "BATCH", 2)
    entries = [make_entry(f"Palvelu {number}") for number in range(5)]
    assert push_waiting() == len(entries)
    assert in_step()


def test_a_tick_ends_and_the_next_goes_on(index, monkeypatch):
    monkeypatch.setattr(pushing, "BATCH", 2)
    monkeypatch.setattr(pushing, "BUDGET", 0)
    for number in range(3):
        make_entry(f"Palvelu {number}")
    assert [push_waiting(), push_waiting(), push_waiting()] == [2, 1, 0]


@pytest.mark.fault
def test_nothing_is_written_where_no_index_is_in_use(elastic, settings):
    entry = make_entry("Velkaneuvonta")
    assert push_waiting() == 0
    with pytest.raises(EngineError, match="not an alias"):
        push(own_alias(), build_documents([entry.pk]), in_use=True)
    assert not elastic.indices.get(index=f"{settings.SEARCH_INDEX}*").body
    assert list(Entry.objects.waiting()) == [entry]


@pytest.mark.fault
def test_nothing_is_written_to_an_index_that_is_not_ours(elastic):
    name = index_name(own_alias(), timezone.now())
    elastic.indices.create(index=name, aliases={own_alias(): {}})
    make_entry("Velkaneuvonta")
    assert push_waiting() == 0
    assert elastic.count(index=name)["count"] == 0


@pytest.mark.fault
@pytest.mark.parametrize("block", ["write", "read_only_allow_delete"])
def test_an_index_that_may_only_be_read(index, block):
    live = survey().index
    entry = make_entry("Velkaneuvonta")
    index.indices.put_settings(index=live, settings={f"index.blocks.{block}": True})
    with pytest.raises(EngineError, match="blocked"):
        push_waiting()
    assert list(Entry.objects.waiting()) == [entry]
    index.indices.put_settings(index=live, settings={f"index.blocks.{block}": None})
    assert push_waiting() == 1
    assert in_step()


def test_waiting_begins_with_the_first_change_that_was_not_sent(index):
    entry = make_entry("Velkaneuvonta")
    push_waiting()
    before = timezone.now() - timedelta(hours=1)
    Entry.objects.filter(pk=entry.pk).update(waiting_since=before)
    Entry.objects.filter(pk=entry.pk).raise_version()
    began = current(entry).waiting_since
    assert began > before
    Entry.objects.filter(pk=entry.pk).raise_version()
    assert current(entry).waiting_since == began
