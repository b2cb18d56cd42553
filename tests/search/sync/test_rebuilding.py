"""An index is built beside the one in use; whatever happens meanwhile, nothing is lost."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from search.analysis import tokens
from search.engines import database_engine, documents, index_entry
from search.engines.documents import analysis_name
from search.engines.elasticsearch.engine import own_alias
from search.engines.elasticsearch.mapping import index_name
from search.models import Entry
from search.sync import indices, rebuilding
from search.sync.indices import survey
from search.sync.pushing import push_waiting
from search.sync.rebuilding import LOOP, rebuild, repair, tend
from site_core.worker.models import LoopState
from site_core.worker.working import by_hand
from tests.search.making import make_entry
from tests.support.forking import KILLED, end_of, fork, kill_self

from .looking import found, in_step

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

OTHER = {"properties": {"added": {"type": "keyword"}}}


def entries(count: int = 3) -> list[Entry]:
    return [make_entry(f"Palvelu {number}") for number in range(count)]


def raised(*made: Entry) -> None:
    Entry.objects.filter(pk__in=[entry.pk for entry in made]).raise_version()


def test_an_index_is_built_where_there_is_none(elastic):
    made = entries()
    assert tend() == len(made)
    assert sorted(found("palvelu")) == [entry.pk for entry in made]
    assert in_step()
    assert tend() == 0


def test_building_takes_as_many_ticks_as_it_needs(elastic, monkeypatch):
    """The worker's other loops have their turn between two, and nobody reads half an index."""
    entries(5)
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    looks = iter(range(100))
    monkeypatch.setattr(rebuilding, "_is_over", lambda until: next(looks) % 2 == 1)
    ticks = 0
    while survey().index is None:
        tend()
        ticks += 1
    assert ticks == 3
    assert in_step()


def test_rebuilding_replaces_the_index_in_use(elastic):
    made = entries()
    tend()
    before = survey().index
    assert rebuild() == len(made)
    there = survey()
    assert there.index != before
    assert there.resting == ()
    assert in_step()


@pytest.mark.race
@pytest.mark.parametrize("step", ["created", "3 entries", "filled", "in use", "done"])
def test_what_changes_while_an_index_is_built_reaches_it(elastic, step):
    made = entries()
    tend()

    def change(now: str) -> None:
        if now == step:
            raised(made[0])
            make_entry("Uusi")
            push_waiting()

    rebuild(change)
    push_waiting()
    assert in_step()
    assert len(found("uusi")) == 1


@pytest.mark.fault
@pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")
@pytest.mark.parametrize("step", ["created", "3 entries", "filled", "in use", "done"])
def test_killed_while_it_builds(elastic, transactional_db, step):
    """Residents are answered as before, what was waiting still waits, the next run clears away."""
    made = entries()
    tend()
    raised(made[0])

    def build_and_die() -> None:
        rebuild(lambda now: kill_self() if now == step else None)

    assert end_of(fork(build_and_die)) == KILLED
    assert len(found("palvelu")) == len(made)
    push_waiting()
    assert in_step()
    rebuild()
    there = survey()
    assert (len(there.live), there.resting) == (1, ())
    assert in_step()


@pytest.mark.fault
def test_a_build_that_was_killed_is_cleared_away_by_the_worker(index):
    rest = indices.create()
    tend()
    assert rest not in index.indices.get(index=f"{own_alias()}*").body


@pytest.mark.fault
def test_the_worker_goes_on_with_what_it_began(elastic):
    entries()
    began = indices.create()
    tend()
    assert survey().index == began


@pytest.mark.fault
def test_a_mapping_changed_by_hand(index):
    made = entries()
    push_waiting()
    before = survey().index
    index.indices.put_mapping(index=before, **OTHER)
    raised(made[0])
    assert push_waiting() == 0
    tend()
    assert survey().index not in (None, before)
    assert in_step()
    assert before not in index.indices.get(index=f"{own_alias()}*").body


@pytest.mark.fault
def test_an_alias_that_leads_to_two(index):
    entries()
    second = index_name(own_alias(), datetime.now(UTC))
    index.indices.create(index=second, aliases={own_alias(): {}})
    tend()
    assert len(survey().live) == 1
    assert in_step()


@pytest.mark.fault
def test_an_index_that_took_the_name_of_the_alias(elastic):
    entries()
    elastic.index(index=own_alias(), document={"title": "by somebody else"})
    tend()
    assert not survey().squatter
    assert in_step()


@pytest.mark.fault
def test_an_index_that_was_deleted(index):
    entries()
    push_waiting()
    index.indices.delete(index=survey().index)
    raised(Entry.objects.first())
    assert push_waiting() == 0
    tend()
    assert in_step()


def test_a_new_analysis_reads_everything_again(index, monkeypatch):
    entries()
    push_waiting()
    old = survey().index
    monkeypatch.setattr(documents, "ANALYSIS_VERSION", tokens.ANALYSIS_VERSION + 1)
    assert survey().live == ()
    tend()
    assert database_engine().outdated(analysis_name()) == []
    assert in_step()
    assert old in index.indices.get(index="test-*").body
    repair()
    assert old in index.indices.get(index="test-*").body
    monkeypatch.setattr(rebuilding, "KEPT", timedelta())
    repair()
    assert old not in index.indices.get(index="test-*").body


def test_what_an_older_release_read_meanwhile_is_read_again(index, monkeypatch):
    first, *_ = entries()
    push_waiting()
    with monkeypatch.context() as older:
        older.setattr(documents, "ANALYSIS_VERSION", tokens.ANALYSIS_VERSION - 1)
        index_entry(first)
    repair()
    assert list(Entry.objects.waiting()) == [first]
    assert database_engine().outdated(analysis_name()) == []
    push_waiting()
    assert in_step()


def missing(client, entry):
    # An engine remembers for a minute which version it deleted; told not to, until it refreshes
    # after its own clock, which moves five times a second, has moved on.
    client.indices.put_settings(index=survey().index, settings={"index.gc_deletes": "0s"})
    client.delete(index=own_alias(), id=str(entry.pk))
    time.sleep(0.6)
    client.indices.refresh(index=own_alias())
    return "missing", [entry.pk]


def stale(client, entry):
    Entry.objects.filter(pk=entry.pk).update(version=5, indexed_version=5)
    return "stale", [entry.pk]


def too_new(client, entry):
    Entry.objects.filter(pk=entry.pk).update(version=5)
    push_waiting()
    Entry.objects.filter(pk=entry.pk).update(version=2, indexed_version=2)
    return "too_new", {entry.pk: 5}


def surplus(client, entry):
    client.index(index=own_alias(), id="999999", document={"version": 1}, refresh=True)
    return "surplus", ["999999"]


@pytest.mark.fault
@pytest.mark.parametrize("fault", [missing, stale, too_new, surplus])
def test_drift_is_found_and_mended(index, fault):
    first, *_ = entries()
    push_waiting()
    what, which = fault(index, first)
    drift = repair()
    assert getattr(drift, what) == which
    assert len(drift) == 1
    push_waiting()
    assert in_step()
    assert len(repair()) == 0


@pytest.mark.fault
def test_a_worker_that_begins_compares_once(index):
    """What an older release acknowledged to an index of its own may be missing in ours."""
    first, *_ = entries()
    push_waiting()
    assert tend() == 0
    rebuilding._seen.clear()
    missing(index, first)
    assert tend() == 1
    push_waiting()
    assert in_step()


@pytest.mark.race
def test_two_cannot_build_at_once(index):
    with by_hand(LOOP) as mine:
        assert mine
        with pytest.raises(CommandError, match="Another process"):
            call_command("rebuild_search")
    call_command("rebuild_search")


@pytest.mark.fault
def test_a_killed_build_keeps_others_away_for_a_minute_only(index):
    with by_hand(LOOP):
        LoopState.objects.filter(name=LOOP).update(claimed_until=Now())
        call_command("rebuild_search")


def test_the_command_tells_how_many(elastic, capsys):
    entries()
    call_command("rebuild_search", verbosity=2)
    assert capsys.readouterr().out.splitlines() == [
        "created",
        "3 entries",
        "filled",
        "in use",
        "done",
        "3 entries",
    ]


def test_the_command_needs_an_engine(settings):
    settings.SEARCH_URL = ""
    with pytest.raises(CommandError, match="SEARCH_URL"):
        call_command("rebuild_search")
    settings.SEARCH_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="does not answer"):
        call_command("rebuild_search")
