"""The breaker before the engine: who gets through, and what an outcome decides."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from search.engines.breaker import Breaker


class Clock:
    """A clock that stands until it is moved. A slow one lets other threads run meanwhile."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slow = False

    def __call__(self) -> float:
        if self.slow:
            sleep(0.005)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock) -> Breaker:
    return Breaker(patience=2.0, trial_patience=0.3, pause=5.0, clock=clock)


def broken(breaker: Breaker) -> Breaker:
    assert breaker.failed(breaker.admit())
    return breaker


def test_all_is_well(breaker):
    for _ in range(3):
        admission = breaker.admit()
        assert admission.seconds == 2.0
        assert not breaker.succeeded(admission)
    assert not breaker.is_open


def test_the_first_failure_turns_everybody_away(breaker, clock):
    broken(breaker)
    assert breaker.is_open
    for _ in range(50):
        assert breaker.admit() is None
        clock.now += 0.0999


def test_one_trial_with_little_patience_every_pause(breaker, clock):
    broken(breaker)
    for _ in range(3):
        clock.now += 5.0
        trial = breaker.admit()
        assert trial.seconds == 0.3
        assert breaker.admit() is None
        assert not breaker.failed(trial), "it was open before"
        clock.now += 4.9
        assert breaker.admit() is None
        clock.now -= 4.9
    assert breaker.is_open


def test_a_trial_that_succeeds_closes(breaker, clock):
    broken(breaker)
    clock.now += 5.0
    assert breaker.succeeded(breaker.admit())
    assert not breaker.is_open
    assert breaker.admit().seconds == 2.0


def test_a_trial_that_never_ends_does_not_hold_up_the_next(breaker, clock):
    broken(breaker)
    clock.now += 5.0
    lost = breaker.admit()
    clock.now += 5.0
    assert breaker.succeeded(breaker.admit())
    assert not breaker.failed(lost), "it tells of an engine that was"
    assert not breaker.is_open


def test_outcomes_of_calls_before_the_turn_decide_nothing(breaker, clock):
    early, late = breaker.admit(), breaker.admit()
    broken(breaker)
    assert not breaker.succeeded(early)
    assert breaker.is_open
    clock.now += 5.0
    assert breaker.succeeded(breaker.admit())
    assert not breaker.failed(late)
    assert not breaker.is_open


def test_only_one_failure_of_many_is_told(breaker):
    admissions = [breaker.admit() for _ in range(8)]
    assert [breaker.failed(admission) for admission in admissions] == [True] + [False] * 7


def test_trials_are_no_more_patient_than_calls(clock):
    breaker = broken(Breaker(patience=0.1, clock=clock))
    clock.now += 5.0
    assert breaker.admit().seconds == 0.1


def test_of_many_threads_one_tries(breaker, clock):
    broken(breaker)
    clock.now += 5.0
    clock.slow = True
    together = Barrier(16)

    def ask(_: int):
        together.wait()
        return breaker.admit()

    with ThreadPoolExecutor(16) as threads:
        admissions = list(threads.map(ask, range(16)))
    assert sum(admission is not None for admission in admissions) == 1
