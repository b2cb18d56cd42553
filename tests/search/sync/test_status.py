"""What an operator reads: how the engine is, in clear words, and an exit code for monitoring."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from search.engines.elasticsearch.engine import own_alias
from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, index_name
from search.models import Entry
from search.sync.indices import survey
from search.sync.pushing import push_waiting
from search.sync.status import find_status
from site_core.worker.health import find_faults
from tests.search.making import make_entry

from .test_rebuilding import OTHER, missing, stale, surplus, too_new

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def told(capsys, *options: str) -> tuple[int, str]:
    code = 0
    try:
        call_command("search_status", *options)
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


def late(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).raise_version()
    Entry.objects.update(waiting_since=timezone.now() - timedelta(minutes=7))


def test_all_is_well(index, capsys):
    make_entry("Palvelu")
    push_waiting()
    code, words = told(capsys)
    assert code == 0
    assert words.splitlines()[-1] == "All is well."
    assert survey().index in words
    code, words = told(capsys, "--json")
    status = json.loads(words)
    assert code == 0
    assert status["engine"]["reachable"]
    assert status["engine"]["version"].startswith("9.")
    assert status["engine"]["health"] == "green"
    assert status["index"]["mapping_is_ours"]
    assert status["queue"] == {"waiting": 0, "lag_seconds": 0.0}
    assert status["drift"] == {"missing": [], "stale": [], "too_new": [], "surplus": []}
    assert status["faults"] == []


def test_what_has_waited_for_a_moment_is_no_fault(index, capsys):
    make_entry("Palvelu")
    code, words = told(capsys)
    assert code == 0
    assert "waiting:     1, the oldest for" in words


@pytest.mark.fault
def test_what_waits_for_too_long(index, capsys):
    entry = make_entry("Palvelu")
    push_waiting()
    late(entry)
    code, words = told(capsys)
    assert code == 1
    assert "1 entries wait for the search engine, the oldest for 7 minutes." in words
    assert any("the oldest for 7 minutes" in fault for fault in find_faults())


@pytest.mark.fault
@pytest.mark.parametrize("fault", [missing, stale, too_new, surplus])
def test_drift_is_told(index, capsys, fault):
    entry = make_entry("Palvelu")
    push_waiting()
    what, which = fault(index, entry)
    code, words = told(capsys, "--json")
    assert code == 1
    assert json.loads(words)["drift"][what] == list(which)
    assert len(json.loads(words)["faults"]) == 1


@pytest.mark.fault
def test_an_engine_that_cannot_be_reached(index, capsys, settings):
    entry = make_entry("Palvelu")
    late(entry)
    settings.SEARCH_URL = "http://127.0.0.1:9"
    code, words = told(capsys)
    assert code == 1
    assert "The engine does not answer" in words
    assert "1 entries wait" in words
    assert not json.loads(told(capsys, "--json")[1])["engine"]["reachable"]


@pytest.mark.fault
def test_no_index_and_a_foreign_one(elastic, index, capsys):
    index.indices.put_mapping(index=survey().index, **OTHER)
    code, words = told(capsys)
    assert code == 1
    assert "is not ours" in words
    index.indices.delete(index=survey().live[0])
    code, words = told(capsys)
    assert code == 1
    assert "No index is in use" in words


@pytest.mark.fault
def test_an_index_that_may_only_be_read(index, capsys):
    index.indices.put_settings(
        index=survey().index, settings={"index.blocks.read_only_allow_delete": True}
    )
    code, words = told(capsys)
    assert code == 1
    assert "refuses to be written (read_only_allow_delete)" in words


@pytest.mark.fault
def test_a_lost_shard(elastic, capsys):
    """A shard that may be allocated nowhere is red, as one whose disk is lost."""
    elastic.indices.create(
        index=index_name(own_alias(), timezone.now()),
        mappings=MAPPINGS,
        settings={**SETTINGS, "index.routing.allocation.require._name": "nowhere"},
        aliases={own_alias(): {}},
        wait_for_active_shards="0",
        timeout="1s",
    )
    code, words = told(capsys)
    assert code == 1
    assert "red" in words


def test_no_engine_is_no_fault(settings, capsys):
    make_entry("Palvelu")
    late(Entry.objects.get())
    settings.SEARCH_URL = ""
    assert told(capsys) == (0, "No search engine: SEARCH_URL is empty, the database answers.\n")
    assert not any("wait for the search engine" in fault for fault in find_faults())
    assert find_status().faults() == []
