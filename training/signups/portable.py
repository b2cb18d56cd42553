"""Writing a sign-up with its seats by Django's own means, for a database with one writer."""

from dataclasses import dataclass
from datetime import datetime

from site_core.outbox.models import Message
from training.signups.models import Answer, Attendee, Pool, Seat, SignUp


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written in one go: a sign-up, its people, what they answer, and its mail where it has
    an address, none of them written yet."""

    signup: SignUp
    names: tuple[str, ...]
    answers: tuple[tuple[int | None, str], ...]
    message: Message | None
    hold: str = ""
    """The hash of the form's hold, or nothing."""

    @property
    def seat_state(self) -> Seat.State:
        """The state of its seats, should it get any."""
        unconfirmed = self.signup.status == SignUp.Status.UNCONFIRMED
        return Seat.State.HELD if unconfirmed else Seat.State.TAKEN


def seat(entry: Entry, now: datetime, *, waits: bool = True) -> bool:
    """Write the sign-up with all its seats, or nothing where there are too few.

    A pool without a number of places needs no seats. `waits` is for seats that somebody else is
    just taking or giving back.
    """
    signup = entry.signup
    limited = Pool.objects.filter(pk=signup.pool_id, places__isnull=False).exists()
    needed = signup.size if limited else 0
    seats = _picked(entry, now, needed, waits=waits)
    if len(seats) < needed:
        return False
    _write(entry)
    Seat.objects.filter(pk__in=seats).update(
        state=entry.seat_state, held_until=signup.confirm_until, hold="", signup=signup
    )
    return True


def queue(entry: Entry, now: datetime, length: int | None) -> bool:
    """Write the sign-up as waiting, if its seats are not there and the waiting list has room.

    Not in a pool that is not offered any more, where it would wait for ever.
    The few seats there are, are kept for the queue from now on.
    """
    signup = entry.signup
    if not Pool.objects.offered().filter(pk=signup.pool_id, places__isnull=False).exists():
        return False
    seats = _picked(entry, now, signup.size)
    if len(seats) >= signup.size:
        return False
    if length is not None:
        waiting = SignUp.objects.queue().filter(offering=signup.offering_id).count()
        if waiting >= length:
            return False
    _write(entry)
    Seat.objects.filter(pk__in=seats, state=Seat.State.FREE).update(state=Seat.State.KEPT)
    return True


def _picked(entry: Entry, now: datetime, count: int, *, waits: bool = True) -> list[int]:
    seats = Seat.objects.filter(pool=entry.signup.pool_id).takeable(entry.hold, now)
    return list(seats.select_for_update(skip_locked=not waits).values_list("pk", flat=True)[:count])


def _write(entry: Entry) -> None:
    entry.signup.save(force_insert=True)
    Attendee.objects.bulk_create(
        Attendee(signup=entry.signup, name=name, position=position)
        for position, name in enumerate(entry.names, start=1)
    )
    Answer.objects.bulk_create(
        Answer(signup=entry.signup, question_id=question, value=value)
        for question, value in entry.answers
    )
    if entry.message is not None:
        entry.message.save(force_insert=True)
