"""`manage.py worker --once` and `manage.py check_worker`."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.models.functions import Now
from django.utils import timezone

from site_core.worker import claims
from site_core.worker.loops import LOOPS, loop, run_all
from site_core.worker.models import Heartbeat, LoopState

pytestmark = pytest.mark.django_db


def test_once_runs_every_loop_due_or_not(add, capsys):
    add("a", lambda now: 3)
    LoopState.objects.update(due_at=Now() + timedelta(hours=1))
    call_command("worker", "--once")
    assert capsys.readouterr().out == "a: 3\n"
    assert LoopState.objects.get().claimed_by == ""


def test_once_leaves_alone_what_another_worker_is_at(add, capsys):
    add("a", lambda now: 1 / 0)
    claims.claim("a", "another")
    call_command("worker", "--once")
    assert capsys.readouterr().out == "a: another worker is at it\n"


@pytest.mark.fault
def test_once_tells_what_failed_and_stops_no_other(add, capsys):
    add("bad", lambda now: 1 / 0)
    add("good", lambda now: 1)
    with pytest.raises(CommandError, match="bad"):
        call_command("worker", "--once")
    assert capsys.readouterr().out == "good: 1\n"


@pytest.mark.parametrize("written", ["2027-01-02T03:04", "2027-01-02T01:04Z"])
def test_once_can_pretend_another_time(add, written):
    seen: list[datetime] = []
    add("a", lambda now: seen.extend([now, timezone.now()]) or 0)
    call_command("worker", "--once", "--at", written)
    moment = timezone.make_aware(datetime(2027, 1, 2, 3, 4))
    assert seen == [moment, moment]
    assert timezone.now() < moment


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--once", "--at", "2027-01-02T03:04"], False),
        (["--at", "2027-01-02T03:04"], True),
        (["--once", "--at", "tomorrow"], True),
        (["--once", "--at", "2027-13-02T03:04"], True),
    ],
)
def test_another_time_is_refused_in_production_and_nonsense_everywhere(
    add, settings, arguments, allowed
):
    add("a", lambda now: 1 / 0)
    settings.REHEARSALS = allowed
    with pytest.raises(CommandError):
        call_command("worker", *arguments)
    assert LoopState.objects.get().last_ran_at is None


def test_a_loop_has_a_name_of_its_own(add):
    add("a")
    with pytest.raises(ImproperlyConfigured):
        loop("a", every=timedelta(seconds=1))(lambda now: 0)


@pytest.mark.fault
def test_a_round_of_all_loops_tells_what_failed(add):
    add("bad", lambda now: 1 / 0)
    add("good", lambda now: 2)
    round_ = run_all()
    assert (round_.done, round_.failed) == ({"good": 2}, ["bad"])


def test_the_portals_own_loops_all_run_on_an_empty_portal(portal):
    assert {"outbox", "publishing", "tasks", "times"} <= set(LOOPS)
    assert run_all().failed == []


def checked(capsys) -> list[str]:
    """What the command says; it ends with 1 unless all is well."""
    code = 0
    try:
        call_command("check_worker")
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr().out.splitlines()
    assert code == (said != ["All is well."])
    return said


def alive() -> None:
    Heartbeat.objects.create(worker="one", host="h", pid=1, started_at=Now(), seen_at=Now())


def test_all_is_well_while_a_worker_lives(add, capsys):
    alive()
    add("a")
    assert checked(capsys) == ["All is well."]


def test_no_worker_is_a_fault(add, capsys):
    alive()
    Heartbeat.objects.update(seen_at=Now() - timedelta(minutes=2))
    assert checked(capsys) == ["No worker is running."]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"failures": 3, "last_error": "OSError: no disk"}, "failed 3 times: OSError: no disk"),
        ({"due_at": timedelta(minutes=-6)}, "was due at"),
        (
            {"claimed_at": timedelta(minutes=-20), "claimed_until": timedelta(minutes=1)},
            "has been at it since",
        ),
    ],
)
def test_a_loop_in_trouble_is_a_fault(add, capsys, fields, words):
    alive()
    add("a")
    LoopState.objects.update(
        **{
            name: Now() + value if isinstance(value, timedelta) else value
            for name, value in fields.items()
        }
    )
    (line,) = checked(capsys)
    assert "'a'" in line
    assert words in line
