"""Wagtail's tasks run in the worker, and those of a killed worker are taken again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from site_core.worker import identity, stopping, tasks
from site_core.worker.models import Heartbeat
from tests.support.forking import KILLED, end_of, fork, kill_self

pytestmark = pytest.mark.django_db
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
calls: list[int] = []


@task()
def note_call(number: int) -> int:
    calls.append(number)
    return number


@task()
def fail() -> None:
    raise RuntimeError("No file")


@task()
def kill() -> None:
    kill_self()


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = DATABASE
    calls.clear()


def statuses() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def run() -> int:
    return tasks.run_tasks(timezone.now())


def test_what_is_enqueued_waits_for_the_worker():
    note_call.enqueue(1)
    assert calls == []
    assert run() == 1
    assert (calls, statuses()) == ([1], ["SUCCESSFUL"])
    assert run() == 0


def test_a_rolled_back_deed_leaves_no_task():
    with transaction.atomic():
        note_call.enqueue(1)
        transaction.set_rollback(True)
    assert run() == 0


def test_a_task_that_fails_stops_no_other():
    fail.enqueue()
    note_call.enqueue(2)
    assert run() == 2
    assert (calls, sorted(statuses())) == ([2], ["FAILED", "SUCCESSFUL"])


def test_a_round_is_bounded_and_ends_when_asked(monkeypatch):
    for number in range(5):
        note_call.enqueue(number)
    monkeypatch.setattr(tasks, "BATCH", 2)
    assert run() == 2
    stopping.ask()
    assert run() == 0
    stopping.forget()
    assert run() == 2


def test_slow_tasks_leave_the_other_loops_their_turn(monkeypatch):
    for number in range(3):
        note_call.enqueue(number)
    monkeypatch.setattr(tasks, "BUDGET", 0)
    assert run() == 1
    assert run() == 1


def running(*workers: str) -> DBTaskResult:
    note_call.enqueue(7)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=list(workers))
    return DBTaskResult.objects.get()


def beat(worker: str, ago: timedelta = timedelta()) -> None:
    Heartbeat.objects.create(worker=worker, host="h", pid=1, started_at=Now(), seen_at=Now() - ago)


@pytest.mark.fault
def test_the_task_of_a_dead_worker_is_taken_again():
    running("dead")
    beat("dead", timedelta(minutes=2))
    assert run() == 1
    assert calls == [7]


@pytest.mark.fault
def test_a_task_of_our_own_from_before_is_taken_again():
    running(identity.name())
    beat(identity.name())
    assert run() == 1


def test_the_task_of_a_living_worker_is_left_alone():
    running("alive")
    beat("alive")
    assert run() == 0
    assert statuses() == ["RUNNING"]


@pytest.mark.fault
def test_what_killed_three_workers_is_given_up():
    running("a", "b", "c")
    assert run() == 0
    assert statuses() == ["FAILED"]
    assert "KilledTooOften" in DBTaskResult.objects.get().exception_class_path


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")
def test_a_task_that_kills_is_tried_three_times_and_the_next_one_runs():
    kill.enqueue()
    note_call.enqueue(9)
    for _ in range(3):
        assert end_of(fork(run)) == KILLED
    assert run() == 1
    assert (calls, statuses()) == ([9], ["FAILED", "SUCCESSFUL"])


def test_old_results_are_forgotten():
    note_call.enqueue(1)
    fail.enqueue()
    run()

    def left(days: int) -> list[str]:
        tasks.forget_results(timezone.now() + timedelta(days=days))
        return statuses()

    assert sorted(left(0)) == ["FAILED", "SUCCESSFUL"]
    assert left(2) == ["FAILED"]
    assert left(31) == []
