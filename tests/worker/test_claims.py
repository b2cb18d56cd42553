"""A loop is one worker's at a time, and free again when that worker is dead."""

import time
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models.functions import Now

from site_core.worker import claims
from site_core.worker.health import loops_run
from site_core.worker.models import Heartbeat, LoopState

pytestmark = pytest.mark.django_db


def moved(**times: timedelta) -> None:
    """Write other times into all rows, counted from now on."""
    LoopState.objects.update(**{name: Now() + span for name, span in times.items()})


def names() -> list[str]:
    return [loop.name for loop in claims.due()]


def test_a_claimed_loop_is_nobody_elses(add):
    add("a")
    assert claims.claim("a", "one")
    assert not claims.claim("a", "two")
    assert not claims.claim("a", "two", even_early=True)
    assert names() == []


def test_a_dead_workers_claim_ends(add):
    add("a")
    claims.claim("a", "one")
    moved(claimed_until=timedelta(seconds=1))
    assert not claims.claim("a", "two")
    moved(claimed_until=timedelta(seconds=-1))
    assert names() == ["a"]
    assert claims.claim("a", "two")


def test_what_a_worker_holds_is_renewed_and_nothing_else(add):
    add("a")
    add("b")
    claims.claim("a", "one")
    claims.claim("b", "two")
    moved(claimed_until=timedelta(seconds=-1))
    claims.renew("one")
    assert names() == ["b"]


def test_after_a_tick_it_is_due_again_in_time(add):
    loop = add("a", every=60)
    claims.claim("a", "one")
    claims.finish(loop, "one", 7)
    assert names() == []
    assert not claims.claim("a", "two")
    assert LoopState.objects.get().last_done == 7
    moved(due_at=timedelta(seconds=-1))
    assert claims.claim("a", "two")


def test_who_lost_a_claim_gives_nothing_back(add):
    loop = add("a")
    claims.claim("a", "one")
    moved(claimed_until=timedelta(seconds=-1))
    claims.claim("a", "two")
    claims.finish(loop, "one", 1)
    claims.fail(loop, "one", RuntimeError())
    assert LoopState.objects.get().claimed_by == "two"
    assert not claims.claim("a", "three")


def test_each_failure_doubles_the_wait_up_to_five_minutes(add):
    loop = add("a", every=5)
    waits = []
    for _ in range(8):
        claims.claim("a", "one", even_early=True)
        waits.append(claims.fail(loop, "one", RuntimeError("x" * 400)).total_seconds())
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    state = LoopState.objects.get()
    assert (state.failures, len(state.last_error)) == (8, 300)
    claims.claim("a", "one", even_early=True)
    claims.finish(loop, "one", 0)
    state.refresh_from_db()
    assert (state.failures, state.last_error) == (0, "")


def test_a_rare_loop_that_fails_is_not_tried_more_often(add):
    assert claims.fail(add("a", every=3600), "one", RuntimeError()) == timedelta(hours=1)


@pytest.mark.parametrize("every", [0.5, 3600])
def test_a_loop_says_how_long_it_waits_at_most(add, every):
    loop = add("a", every=every, patience=timedelta(seconds=15))
    waits = []
    for _ in range(7):
        claims.claim("a", "one", even_early=True)
        waits.append(claims.fail(loop, "one", RuntimeError()))
    assert max(waits) == waits[-1] == timedelta(seconds=15)


def test_a_loop_that_nobody_needs_here_is_left_alone(add):
    needed = False
    add("a", when=lambda: needed)
    assert names() == []
    LoopState.objects.update(due_at=Now() - timedelta(hours=1))
    assert loops_run() == []
    needed = True
    assert names() == ["a"]
    assert len(loops_run()) == 1


def test_the_longest_waiting_comes_first_and_costs_one_query(add, django_assert_num_queries):
    for name in "abc":
        add(name)
    for name, seconds in (("a", -1), ("b", -9), ("c", 60)):
        LoopState.objects.filter(name=name).update(due_at=Now() + timedelta(seconds=seconds))
    with django_assert_num_queries(1):
        assert names() == ["b", "a"]


def test_a_loop_that_is_gone_is_left_alone(add, loops):
    add("a")
    loops.clear()
    assert names() == []
    assert LoopState.objects.count() == 1


def test_a_beat_says_that_one_lives():
    Heartbeat.objects.create(worker="one", host="h", pid=1, started_at=Now(), seen_at=Now())
    Heartbeat.objects.update(seen_at=Now() - timedelta(hours=1))
    claims.renew("one")
    assert Heartbeat.objects.filter(seen_at__gt=Now() - claims.ALIVE).count() == 1


def winners(claim) -> int:
    """How many of six threads get a claim at the same moment."""
    barrier, won = Barrier(6), []

    def attempt(number: int) -> None:
        connection.ensure_connection()
        barrier.wait()
        if claim("a", str(number)):
            won.append(number)
        connection.close()

    threads = [Thread(target=attempt, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(won)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_one_wins(add):
    add("a")
    assert winners(claims.claim) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_control_reading_before_writing_lets_several_in(add):
    add("a")

    def naive(name: str, worker: str) -> bool:
        free = LoopState.objects.filter(name=name, claimed_until__isnull=True).exists()
        time.sleep(0.3)
        if free:
            LoopState.objects.filter(name=name).update(claimed_by=worker, claimed_until=Now())
        return free

    assert winners(naive) > 1
