"""One worker process: it goes on when a loop fails or the database is away, and ends in order."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.db.models.functions import Now

from site_core.worker import claims, stopping, working
from site_core.worker.loops import AwayError
from site_core.worker.models import Heartbeat, LoopState
from site_core.worker.working import Worker, by_hand
from tests.architecture.project import ROOT
from tests.support.database import break_connection
from tests.support.forking import KILLED, end_of, fork, wait_until

forking = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(working, "IDLE", 0)
    monkeypatch.setattr(working, "RECONNECT", (0,))


@pytest.fixture
def ticks(add):
    """Names of loops in the order in which they ticked."""
    ticked: list[str] = []

    def counted(name: str, fail: bool = False):
        def tick(now) -> int:
            ticked.append(name)
            if fail:
                raise RuntimeError(f"{name} is broken")
            return 1

        return tick

    add("broken", counted("broken", fail=True))
    add("sound", counted("sound"))
    return ticked


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_what_is_away_is_told_in_one_line(add, caplog):
    def tick(now) -> int:
        raise AwayError("it does not answer")

    add("a", tick)
    Worker().look()
    assert [
        record.getMessage() for record in caplog.records if record.name == working.__name__
    ] == ["The loop a has to wait: it does not answer"]
    assert not any(record.exc_info for record in caplog.records)
    assert LoopState.objects.get().failures == 1


@pytest.mark.race
@pytest.mark.django_db
def test_by_hand_and_by_a_worker_are_one_claim(add):
    add("a")
    assert claims.claim("a", "a worker")
    with by_hand("a") as mine:
        assert not mine
    claims.release("a worker")
    with by_hand("a") as mine:
        assert mine
        assert not claims.claim("a", "a worker", even_early=True)
    assert claims.claim("a", "a worker", even_early=True)


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_a_loop_that_fails_stops_no_other_and_waits_longer(ticks):
    worker = Worker()
    worker.look()
    assert sorted(ticks) == ["broken", "sound"]
    LoopState.objects.filter(name="sound").update(due_at=Now())
    worker.look()
    assert ticks.count("sound") == 2
    assert ticks.count("broken") == 1
    state = LoopState.objects.get(name="broken")
    assert (state.failures, state.last_error) == (1, "RuntimeError: broken is broken")
    assert state.claimed_by == ""


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_a_database_restarted_between_two_looks_is_found_again(ticks, monkeypatch):
    monkeypatch.setattr(working, "close_old_connections", lambda: None)  # nothing was noticed yet
    worker = Worker()
    worker.look()
    ticks.clear()
    LoopState.objects.update(due_at=Now())
    break_connection()
    worker.look()
    assert (ticks, worker.lost) == ([], 1)
    worker.look()
    assert (sorted(ticks), worker.lost) == (["broken", "sound"], 0)


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_a_database_restarted_within_a_tick_is_found_again(add):
    done = []

    def tick(now) -> int:
        done.append(1)
        if len(done) == 1:
            break_connection()
        return LoopState.objects.count()

    add("a", tick)
    worker = Worker()
    worker.look()
    worker.look()
    LoopState.objects.update(due_at=Now())
    worker.look()
    LoopState.objects.update(due_at=Now())
    worker.look()
    assert len(done) >= 2
    assert LoopState.objects.get().last_done == 1
    assert LoopState.objects.get().failures == 0


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_the_worker_tries_again_and_again(monkeypatch):
    monkeypatch.setattr(working, "RECONNECT", (1, 2, 5))
    waits: list[float] = []
    monkeypatch.setattr(stopping, "wait", waits.append)
    real = claims.due

    def away():
        raise working.DatabaseError("the server is starting up")

    monkeypatch.setattr(claims, "due", away)
    worker = Worker()
    for _ in range(4):
        worker.look()
    assert waits == [1, 2, 5, 5]
    monkeypatch.setattr(claims, "due", real)
    worker.look()
    assert worker.lost == 0


def run_in_child() -> int:
    """Start a worker as `manage.py worker` does, in a process of its own."""

    def deed() -> None:
        stopping.listen()
        Worker().run()

    return fork(deed)


def ran(name: str) -> bool:
    return LoopState.objects.filter(name=name, last_ran_at__isnull=False).exists()


@forking
@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_ends_after_the_current_item_and_signs_off(add, tmp_path, asked):
    items = tmp_path / "items"

    def tick(now) -> int:
        for number in range(200):
            if stopping.asked():
                break
            with items.open("a") as file:
                file.write(f"begin {number}\n")
                file.flush()
                time.sleep(0.1)
                file.write(f"end {number}\n")
        return 1

    add("slow", tick)
    child = run_in_child()
    wait_until(lambda: items.exists() and items.read_text())
    assert Heartbeat.objects.count() == 1
    os.kill(child, asked)
    assert end_of(child, 20) == 0
    lines = items.read_text().splitlines()
    assert len(lines) % 2 == 0
    assert len(lines) < 200
    assert not Heartbeat.objects.exists()
    assert LoopState.objects.get().claimed_by == ""


@forking
@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_loop_is_taken_over_when_its_lease_ends(add, tmp_path):
    def tick(now) -> int:
        (tmp_path / f"{os.getpid()}").touch()
        if len(list(tmp_path.iterdir())) == 1:
            time.sleep(60)
        return 1

    add("a", tick)
    first = run_in_child()
    wait_until(lambda: list(tmp_path.iterdir()))
    os.kill(first, signal.SIGKILL)
    assert end_of(first) == KILLED
    second = run_in_child()
    wait_until(lambda: Heartbeat.objects.filter(pid=second).exists())
    time.sleep(0.5)
    assert not ran("a")
    LoopState.objects.update(claimed_until=Now() - timedelta(seconds=1))
    wait_until(lambda: ran("a"))
    os.kill(second, signal.SIGTERM)
    assert end_of(second) == 0
    assert {path.name for path in tmp_path.iterdir()} == {str(first), str(second)}


@forking
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_tick_one_loop_at_the_same_moment(add, tmp_path):
    log = tmp_path / "log"

    def tick(now) -> int:
        for word in ("begin", "end"):
            with log.open("a") as file:
                file.write(f"{word} {os.getpid()}\n")
            time.sleep(0.02)
        return 1

    add("a", tick, every=0)
    children = [run_in_child() for _ in range(2)]
    wait_until(lambda: log.exists() and len(log.read_text().splitlines()) > 20)
    for child in children:
        os.kill(child, signal.SIGTERM)
    assert [end_of(child) for child in children] == [0, 0]
    lines = [line.split() for line in log.read_text().splitlines()]
    for begin, end in zip(lines[::2], lines[1::2], strict=True):
        assert (begin[0], end[0], begin[1]) == ("begin", "end", end[1])


@pytest.mark.django_db(transaction=True)
def test_a_pulse_keeps_the_claim_of_a_long_tick(add, monkeypatch):
    monkeypatch.setattr(claims, "BEAT", timedelta(seconds=0.05))
    add("a")
    claims.claim("a", "one")
    LoopState.objects.update(claimed_until=Now())
    pulse = working.Pulse("one")
    pulse.start()
    wait_until(lambda: LoopState.objects.filter(claimed_until__gt=Now()).exists())
    pulse.stop()
    assert not pulse.is_alive()
    assert LoopState.objects.get().claimed_by == "one"


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_the_command_works_until_it_is_asked_to_stop():
    database = connection.settings_dict["NAME"]
    url = f"sqlite:///{database}"
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    connection.close()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env={**os.environ, "DATABASE_URL": url}
    )
    wait_until(lambda: Heartbeat.objects.filter(pid=process.pid).exists(), 60)
    wait_until(lambda: ran("outbox"), 60)
    process.terminate()
    assert process.wait(30) == 0
    assert not Heartbeat.objects.exists()
