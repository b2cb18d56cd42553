"""How a sign-up comes to its seats, or to its place in the queue, while many try the same."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.functional import cached_property  # Python 3.11's own keeps threads waiting

from training.courses import Offering
from training.signups import messages, portable, postgres
from training.signups.arithmetic import CONFIRM_WITHIN, QUEUE_CONFIRM_WITHIN
from training.signups.locks import alone, joining
from training.signups.models import SignUp
from training.signups.pools import PoolView
from training.signups.portable import Entry

Status = SignUp.Status


class Outcome(enum.Enum):
    """What came of signing up."""

    SEATED = "seated"
    WAITING = "waiting"
    FULL = "full"
    ALREADY = "already"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it, and the sign-up where this form has one.

    A contact who has signed up before gets none to be shown: that would tell her affairs to whoever
    types her address. She is told by mail, and the page says to all alike that mail is on its way.
    """

    outcome: Outcome
    signup: SignUp | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What a form for signing up says. `hold` is the hash of the token of the seats it holds.

    Without an address, which only a trainer may leave out, nothing is mailed.
    """

    key: uuid.UUID
    email: str
    language: str
    names: tuple[str, ...]
    size: int
    role: str
    answers: tuple[tuple[int | None, str], ...]
    hold: str
    address_confirmed: bool


@dataclass(frozen=True)
class Joiner:
    """A form on its way into a pool, with what would be written if it is seated or has to wait."""

    offering: Offering
    pool: int
    form: Form
    now: datetime

    @cached_property
    def seated(self) -> Entry:
        if self.form.address_confirmed:
            return self._entry(Status.CONFIRMED, messages.CONFIRMED, CONFIRM_WITHIN)
        return self._entry(Status.UNCONFIRMED, messages.CONFIRM, CONFIRM_WITHIN)

    @cached_property
    def waiting(self) -> Entry:
        return self._entry(Status.WAITING, messages.WAITING, QUEUE_CONFIRM_WITHIN)

    def _entry(self, status: Status, kind: str, confirm_within: timedelta) -> Entry:
        form, confirmed = self.form, self.form.address_confirmed
        signup = SignUp(
            key=form.key,
            offering=self.offering,
            pool_id=self.pool,
            email=form.email,
            language=form.language,
            status=status,
            size=form.size,
            confirm_until=None if confirmed else self.now + confirm_within,
            address_confirmed_at=self.now if confirmed else None,
            created_at=self.now,
            changed_at=self.now,
        )
        message = messages.letter(kind, signup, self.offering) if signup.email else None
        return Entry(signup, form.names, form.answers, message, form.hold)


def two_stages(joiner: Joiner, pool: PoolView) -> Answer:
    """Take free seats without waiting; else look again, waiting for others, and queue.

    In two transactions: locks that the first look leaves behind last until its end, and two joiners
    who then wait for each other's would deadlock. Where there is one writer at a time the first
    stage would tell nothing new.
    """
    likely = bool(joiner.form.hold) or pool.free >= joiner.form.size or not pool.is_limited
    if connection.vendor == "postgresql" and pool.is_limited and likely:
        entry = joiner.seated
        with transaction.atomic(durable=True):
            if postgres.seat(entry, joiner.now, waits=False):
                return Answer(Outcome.SEATED, entry.signup)
        likely = False
    return second_stage(joiner, seat_first=likely)


def second_stage(joiner: Joiner, *, seat_first: bool) -> Answer:
    """Under the offering's lock: seats if there are enough, else the end of the queue.

    Joiners share the lock, so nothing is released between the look and the queueing. To count a
    waiting list of limited length one has to be alone.
    """
    writing = postgres if connection.vendor == "postgresql" else portable
    offering, length = joiner.offering, joiner.offering.waiting_list_length
    _ = joiner.seated if seat_first else joiner.waiting  # composed before the lock
    with alone(offering.pk) if length else joining(offering.pk):
        if seat_first and writing.seat(joiner.seated, joiner.now):
            return Answer(Outcome.SEATED, joiner.seated.signup)
        if length != 0 and writing.queue(joiner.waiting, joiner.now, length):
            return Answer(Outcome.WAITING, joiner.waiting.signup)
        if writing.seat(joiner.seated, joiner.now):
            return Answer(Outcome.SEATED, joiner.seated.signup)
    return Answer(Outcome.FULL)


def who_was_first(joiner: Joiner) -> Answer | None:
    """What stands in the way of a row that has to be the only one, where something does: this form
    itself, sent before, or an earlier sign-up of the same contact."""
    same = SignUp.objects.filter(key=joiner.form.key).first()
    if same is not None:
        outcome = Outcome.WAITING if same.status == Status.WAITING else Outcome.SEATED
        return Answer(Outcome.OVER if same.status in SignUp.OVER else outcome, same)
    live = SignUp.objects.of_contact(joiner.form.email).live()
    earlier = live.filter(offering=joiner.offering).first()
    if earlier is None:
        return None
    messages.send_already(earlier, joiner.now)
    return Answer(Outcome.ALREADY)
