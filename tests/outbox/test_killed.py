"""The worker dies, loses its database or has a double: nothing is lost, at most one repeats."""

import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from site_core.outbox import delivery, leases
from site_core.outbox.delivery import deliver_due
from site_core.outbox.models import Message
from tests.support.database import break_connection
from tests.support.forking import KILLED, end_of, fork, kill_self

from .making import later, notes, states

pytestmark = [
    pytest.mark.fault,
    pytest.mark.django_db(transaction=True),
    # Python 3.12 warns where other threads run; the child uses nothing of theirs.
    pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning"),
]
AFTER_LEASE = leases.LEASE.total_seconds() + 1


def deliver_and_die(at: int, *, sent_first: bool) -> None:
    """Deliver in a child that is killed at a mail, after the server took it or before."""

    def deed() -> None:
        count = 0

        def deadly(function):
            def call(*args, **kwargs):
                nonlocal count
                count += 1
                if count == at:
                    kill_self()
                return function(*args, **kwargs)

            return call

        if sent_first:
            leases.mark_sent = deadly(leases.mark_sent)
        else:
            delivery.built = deadly(delivery.built)
        deliver_due(timezone.now())

    assert end_of(fork(deed)) == KILLED


def test_killed_between_send_and_commit_repeats_that_one_mail(sink):
    written = notes(6)
    deliver_and_die(3, sent_first=True)
    assert (len(sink.mails), states()) == (3, ["sent"] * 2 + ["sending"] * 4)
    assert deliver_due(timezone.now()) == 0  # its lease is another's until it has run out
    assert deliver_due(later(seconds=AFTER_LEASE)) == 4
    assert states() == ["sent"] * 6
    assert sink.ids == {each.message_id: 1 + (each == written[2]) for each in written}


def test_killed_before_it_is_sent_repeats_nothing(sink):
    notes(6)
    deliver_and_die(3, sent_first=False)
    assert len(sink.mails) == 2
    assert deliver_due(later(seconds=AFTER_LEASE)) == 4
    assert (len(sink.ids), set(sink.ids.values())) == (6, {1})


def test_three_kills_repeat_three_at_most(sink, monkeypatch):
    notes(12)
    moment = timezone.now
    for kill in range(3):
        monkeypatch.setattr(timezone, "now", lambda kill=kill: moment() + leases.LEASE * 2 * kill)
        deliver_and_die(2, sent_first=True)
    assert deliver_due(later(seconds=AFTER_LEASE * 2)) == 9
    assert len(sink.ids) == 12
    assert sum(sink.ids.values()) - 12 == 3


def test_the_control_one_commit_for_all_repeats_all(sink):
    """With one transaction around a batch, what a kill repeats is all that was sent."""
    notes(6)

    def deed() -> None:
        with transaction.atomic():
            deliver_due(timezone.now())
            kill_self()

    assert end_of(fork(deed)) == KILLED
    deliver_due(timezone.now())
    assert set(sink.ids.values()) == {2}


def test_a_deed_killed_before_its_commit_sends_nothing(sink):
    def deed() -> None:
        with transaction.atomic():
            notes(2)
            kill_self()

    assert end_of(fork(deed)) == KILLED
    assert deliver_due(timezone.now()) == 0
    assert sink.mails == []


def race(deed) -> None:
    """Run a deed in two processes that begin together."""
    begin = time.time() + 0.3

    def wait_and_do() -> None:
        connection.ensure_connection()
        time.sleep(max(0, begin - time.time()))
        deed()

    children = [fork(wait_and_do) for _ in range(2)]
    assert [end_of(child) for child in children] == [0, 0]


@pytest.mark.race
def test_two_workers_at_once_send_each_mail_once(sink, monkeypatch):
    monkeypatch.setattr(leases, "BATCH", 4)
    notes(40)
    race(lambda: deliver_due(timezone.now()))
    assert states() == ["sent"] * 40
    assert (len(sink.ids), set(sink.ids.values())) == (40, {1})


@pytest.mark.race
def test_the_control_without_claims_two_workers_send_twice(sink, monkeypatch):
    def unclaimed(now):
        found = list(Message.objects.due(now)[: leases.BATCH])
        time.sleep(0.5)  # both have read before one writes
        return found

    monkeypatch.setattr(leases, "claim_batch", unclaimed)
    monkeypatch.setattr(
        leases, "mark_sent", lambda one, now: Message.objects.filter(pk=one.pk).update(state="sent")
    )
    notes(5)
    race(lambda: deliver_due(timezone.now()))
    assert set(sink.ids.values()) == {2}


def test_a_database_restarted_between_send_and_commit_repeats_nothing(sink, monkeypatch):
    monkeypatch.setattr(delivery, "RECORD_PAUSE", 0.1)
    sink.on_taken = lambda count: broken.append(count)
    broken: list[int] = []
    notes(4)
    mark = leases.mark_sent

    def mark_over_a_broken_connection(message, now):
        if len(broken) == 2:
            broken.append(0)
            break_connection()
        return mark(message, now)

    monkeypatch.setattr(leases, "mark_sent", mark_over_a_broken_connection)
    assert deliver_due(timezone.now()) == 4
    assert states() == ["sent"] * 4
    assert (len(sink.ids), set(sink.ids.values())) == (4, {1})


def test_the_control_without_a_second_try_the_mail_is_repeated(sink, monkeypatch):
    monkeypatch.setattr(delivery, "RECORD_TRIES", 1)
    notes(2)
    mark = leases.mark_sent

    def mark_over_a_broken_connection(message, now):
        break_connection()
        return mark(message, now)

    monkeypatch.setattr(leases, "mark_sent", mark_over_a_broken_connection)
    with pytest.raises(DatabaseError):
        deliver_due(timezone.now())
    connection.close()
    monkeypatch.setattr(leases, "mark_sent", mark)
    deliver_due(later(seconds=AFTER_LEASE))
    assert sorted(sink.ids.values()) == [1, 2]


def test_a_worker_that_was_given_up_changes_nothing_any_more(sink):
    notes(1)
    (mine,) = leases.claim_batch(timezone.now())
    (theirs,) = leases.claim_batch(later(seconds=AFTER_LEASE))
    assert not leases.mark_dead(mine, "late", timezone.now())
    leases.give_back([mine])
    assert states() == ["sending"]
    assert leases.mark_sent(theirs, timezone.now())
    assert states() == ["sent"]
