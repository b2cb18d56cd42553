"""What the rounds look for is really there without the protocol, and the database's own guard."""

from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from tests.support.forking import wait_until
from tests.training.signups.making import faults, join, of, offering_with, seats, standing
from training.signups import actions, claiming, locks, postgres
from training.signups.actions import cancel
from training.signups.errors import Busy
from training.signups.locks import alone
from training.signups.models import Seat, SignUp

from .crowd import Chance, Gone, crowd, spoiled

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="there is one writer at a time"),
]
SEATS, JOINERS = 20, 60


def test_check_then_insert_oversells():
    """Without seat rows: an unlimited group, counted before one is let in."""
    offering = offering_with(None)
    seated = SignUp.objects.filter(offering=offering, status__in=SignUp.SEATED)

    def check_then_insert(number: int) -> None:
        with transaction.atomic():
            if seated.count() < SEATS:
                now = timezone.now()
                SignUp.objects.create(
                    offering=offering,
                    pool=offering.pools.get(),
                    email=f"p{number}@example.org",
                    language="fi",
                    status=SignUp.Status.CONFIRMED,
                    address_confirmed_at=now,
                    created_at=now,
                    changed_at=now,
                )

    crowd([lambda n=n: check_then_insert(n) for n in range(JOINERS)], threads=JOINERS)
    assert seated.count() > SEATS


class Stage:
    """Stops somebody in the midst of her first transaction, until she is sent on or is gone."""

    def __init__(self, patch) -> None:
        self.reached, self.go, self.gone = {}, {}, set()
        self.deeds, self.answers = {}, {}
        patch.setattr(postgres, "seat", self.stopping(postgres.seat))

    def stopping(self, seat):
        def call(entry, now, *, waits=True):
            answer, who = seat(entry, now, waits=waits), entry.signup.email[0]
            if not waits and who in self.reached:
                self.reached[who].set()
                assert self.go[who].wait(20)
                if who in self.gone:
                    raise Gone
            return answer

        return call

    def enter(self, who: str, offering, size: int = 1, *, stops: bool = True, **more) -> None:
        """Somebody joins, and stops before the end of her first transaction, if she is to."""
        if stops:
            self.reached[who], self.go[who] = Event(), Event()

        def run() -> None:
            deed = lambda: join(offering, who, size, now=None, **more)  # noqa: E731
            (self.answers[who],) = crowd([deed], threads=1)

        self.deeds[who] = Thread(target=run)
        self.deeds[who].start()
        if stops:
            assert self.reached[who].wait(20)

    def leave(self, *names: str, gone: bool = False) -> None:
        """Those who stopped go on, all at once, or are gone."""
        self.gone.update(names if gone else ())
        for who in names:
            self.go[who].set()
        for who in names:
            self.deeds[who].join(30)

    def wait_for(self, who: str) -> None:
        """Until somebody is done or waits for another's lock."""
        wait_until(lambda: not self.deeds[who].is_alive() or waiting_for_locks())


def waiting_for_locks() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize("skips", [False, True], ids=["the protocol", "control"])
def test_looking_again_with_skip_locked_strands(monkeypatch, skips):
    """The last seat is given back by somebody who was gone just when the next one looked."""
    if skips:
        picked = postgres.PICKED.replace("{skip_locked}", "SKIP LOCKED")
        monkeypatch.setattr(postgres, "PICKED", picked)
    offering, stage = offering_with(1), Stage(monkeypatch)
    stage.enter("a", offering)
    stage.enter("b", offering, stops=False)
    stage.wait_for("b")
    stage.leave("a", gone=True)
    stage.deeds["b"].join(30)
    assert ("stranded" in faults(offering)) == skips
    assert standing(offering) == {"b": "waiting" if skips else "confirmed"}


@contextmanager
def inside(offering_id):
    """As `locks.joining`, in a transaction that is open already."""
    locks._lock("pg_advisory_xact_lock_shared", offering_id)
    yield


def one_transaction(joiner, pool):
    """Both stages in one transaction, so that the first one's locks last through the second."""
    with transaction.atomic():
        if postgres.seat(joiner.seated, joiner.now, waits=False):
            return claiming.Answer(claiming.Outcome.SEATED, joiner.seated.signup)
        return claiming.second_stage(joiner, seat_first=False)


@pytest.mark.parametrize("in_one", [False, True], ids=["the protocol", "control"])
def test_both_stages_in_one_transaction_deadlock(monkeypatch, in_one):
    """Two groups find one seat each, since somebody has the other; then each waits for both."""
    if in_one:
        monkeypatch.setattr(actions, "two_stages", one_transaction)
        monkeypatch.setattr(claiming, "joining", inside)  # here: threads would restore each other's
        monkeypatch.setattr(locks, "TRIES", 1)
    offering, stage = offering_with(2), Stage(monkeypatch)
    stage.enter("s", offering)
    stage.enter("x", offering, 2)
    stage.leave("s", gone=True)
    stage.enter("y", offering, 2)
    stage.leave("x", "y")
    fallen = [answer for answer in stage.answers.values() if isinstance(answer, Busy)]
    assert [fault.__cause__.__cause__.sqlstate for fault in fallen] == ["40P01"] * in_one
    if not in_one:
        assert sorted(standing(offering).values()) == ["confirmed", "waiting"]
        assert faults(offering) == []


def test_a_seat_that_is_just_being_sold_is_not_given_to_another_pool_as_well(monkeypatch):
    offering, stage = offering_with(2, reserved={"client": 2}), Stage(monkeypatch)
    stage.enter("a", offering, role="client")
    change = Thread(
        target=crowd, args=[[lambda: actions.change_capacity(offering, 2, reserved={})]]
    )
    change.start()
    wait_until(waiting_for_locks)
    stage.leave("a")
    change.join(30)
    assert seats(offering) == {"taken": 1, "free": 1}
    assert faults(offering) == []


def test_who_comes_into_a_pool_that_is_just_given_up_waits_with_all_others(monkeypatch):
    offering = offering_with(1, reserved={"client": 1})
    join(offering, "a", role="client", now=None)
    first_look = actions.view_pool

    def view_then_lose(*args):
        found = first_look(*args)
        monkeypatch.setattr(actions, "view_pool", first_look)
        crowd([lambda: actions.change_capacity(offering, 1, reserved={})], threads=1)
        return found

    monkeypatch.setattr(actions, "view_pool", view_then_lose)
    (answer,) = crowd([lambda: join(offering, "b", role="client", now=None)], threads=1)
    assert (answer.outcome, answer.signup.pool.role) == (claiming.Outcome.WAITING, "")
    cancel(of(offering, "a"))
    assert standing(offering)["b"] == "confirmed"
    assert faults(offering) == []


def test_the_database_refuses_a_seated_sign_up_without_its_seats():
    offering = offering_with(1)
    join(offering, "a", now=None)
    join(offering, "b", now=None)
    second = SignUp.objects.filter(pk=of(offering, "b").pk)
    with pytest.raises(IntegrityError, match="has 0 of 1 seats"):
        second.update(status="confirmed")
    with pytest.raises(IntegrityError, match="has 0 of 1 seats"):
        Seat.objects.update(signup=second.get())
    with pytest.raises(IntegrityError, match="has 1 of 2 seats"):
        SignUp.objects.filter(pk=of(offering, "a").pk).update(size=2)
    assert faults(offering) == []


def test_who_does_not_get_the_lock_is_told_after_three_tries(monkeypatch):
    monkeypatch.setattr(locks, "LOCK_TIMEOUT", "50ms")
    offering = offering_with(0)
    tries = []
    monkeypatch.setattr(locks.time, "sleep", tries.append)

    def wait_in_vain():
        with pytest.raises(Busy) as caught:
            join(offering, "a", now=None)
        assert "example.org" not in str(caught.value)

    with alone(offering.pk):
        (answer,) = crowd([wait_in_vain], threads=1)
    assert answer is None
    assert len(tries) == 2
    assert not SignUp.objects.exists()


def test_somebody_who_is_gone_leaves_nothing(monkeypatch):
    offering = offering_with(1)
    everybody = Chance(1)
    monkeypatch.setattr(postgres, "seat", spoiled(postgres.seat, everybody, 1, 0))
    (answer,) = crowd([lambda: join(offering, "a", now=None)], threads=1)
    assert isinstance(answer, Gone)
    assert faults(offering) == []
    assert not SignUp.objects.exists()


def test_two_cancel_and_sign_up_again_at_once():
    offering = offering_with(1)
    for who in "abc":
        join(offering, who, now=None)
    first = of(offering, "a")
    deeds = [lambda: cancel(first), lambda: cancel(first), lambda: join(offering, "a", now=None)]
    answers = crowd(deeds * 2, threads=6)
    assert not [answer for answer in answers if isinstance(answer, OperationalError)]
    assert [answer for answer in answers if answer is True] == [True]
    assert faults(offering) == []
