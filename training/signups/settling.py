"""Putting an offering in order: what lapsed is over, seats go to whoever waits first, then to all.

The one way in which a seat becomes free, so nobody overtakes the queue. Called under the offering's
lock, alone (`locks.alone`), in the transaction of what happened.
"""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from site_core.outbox.models import Message
from training.courses import Offering
from training.signups import messages
from training.signups.arithmetic import (
    QUEUE_CONFIRM_WITHIN,
    PoolSeats,
    corrections,
    served,
)
from training.signups.models import Pool, Seat, SignUp

State, Status = Seat.State, SignUp.Status

NOBODYS = {"held_until": None, "hold": "", "signup": None}
DRAFTS = 3
"""For how many of those who wait first the mail is composed before the lock is taken."""
QUEUE_PART = 50

Drafts = dict[str, Message]


def settle(offering: Offering, now: datetime, drafts: Drafts | None = None) -> int:
    """Do all of it; returns how many sign-ups and holds changed."""
    drafts = drafts or {}
    changed = _end_lapsed(offering, now, drafts)
    _correct(offering)
    for pool in _pools_with_queue(offering):
        changed += _promote(pool, offering, now, drafts)
    waited_for = SignUp.objects.queue().filter(pool=OuterRef("pool"))
    Seat.objects.filter(~Exists(waited_for), pool__offering=offering, state=State.KEPT).update(
        state=State.FREE
    )
    return changed


def end(signup: SignUp, offering: Offering, status: Status, now: datetime, drafts: Drafts) -> None:
    """Write the end of a live sign-up, whose row is locked; its seats are kept for the queue."""
    Seat.objects.filter(signup=signup).update(state=State.KEPT, **NOBODYS)
    kind = messages.CANCELLED if status == Status.CANCELLED else messages.LAPSED
    change(signup, offering, kind, now, drafts, status=status, confirm_until=None)


def change(
    signup: SignUp,
    offering: Offering,
    kind: str,
    now: datetime,
    drafts: Drafts,
    **fields: object,
) -> None:
    """Write a change of status of a sign-up, whose row is locked, with the mail about it.

    Whoever was signed up by hand may have no address, and gets no mail then.
    """
    was = signup.status
    for name, value in {**fields, "changed_at": now, "version": signup.version + 1}.items():
        setattr(signup, name, value)
    if signup.email:
        message = drafts.pop(messages.key_of(kind, signup), None)
        message = message or messages.letter(kind, signup, offering, was=was, now=now)
        message.save(force_insert=True)
    signup.save(update_fields=[*fields, "changed_at", "version"])


def promotion_drafts(offering: Offering, most: int | None = DRAFTS) -> Drafts:
    """The mails that will be due if those who wait first, so many of them, are promoted now."""
    drafts: Drafts = {}
    for signup in SignUp.objects.queue().filter(offering=offering)[:most]:
        drafts |= promotion_draft(signup, offering)
    return drafts


def promotion_draft(signup: SignUp, offering: Offering) -> Drafts:
    """The mail that is due if this one is promoted now; nothing where there is no address."""
    if not signup.email:
        return {}
    seated = copy(signup)
    seated.version += 1
    seated.status = _status_when_seated(signup)
    message = messages.letter(messages.PROMOTED, seated, offering)
    return {message.key: message}


def cancelling_draft(
    signup: SignUp, offering: Offering, kind: str = messages.CANCELLED, **more: Any
) -> Drafts:
    """The mail that is due if this one is cancelled now; nothing where there is no address.

    `more` is for `messages.letter`.
    """
    if not signup.email:
        return {}
    over = copy(signup)
    over.version += 1
    over.status = Status.CANCELLED
    message = messages.letter(kind, over, offering, was=signup.status, **more)
    return {message.key: message}


def _end_lapsed(offering: Offering, now: datetime, drafts: Drafts) -> int:
    forms = Seat.objects.lapsed(now).filter(pool__offering=offering, signup=None).order_by("pk")
    locked = list(forms.select_for_update(of=["self"]).values_list("pk", flat=True))
    if locked:
        Seat.objects.filter(pk__in=locked).update(state=State.KEPT, **NOBODYS)
    over = SignUp.objects.lapsed(now).filter(offering=offering).order_by("pk")
    for signup in (found := list(over.select_for_update(no_key=True))):
        end(signup, offering, Status.LAPSED, now, drafts)
    return len(locked) + len(found)


def _correct(offering: Offering) -> None:
    """Bring every pool to its places as far as idle seats allow.

    Counted again before seats are added: of those to be taken away some may just have been sold.
    """
    changes = _corrections(offering)
    losses = {pool: number for pool, number in changes.items() if number < 0}
    for pool, number in losses.items():
        _retire(pool, -number)
    for pool, number in (_corrections(offering) if losses else changes).items():
        if number > 0:
            add_seats(pool, number)


def _corrections(offering: Offering) -> Mapping[int, int]:
    pools = Pool.objects.filter(offering=offering, places__isnull=False).annotate(
        live=Count("seats", filter=~Q(seats__state=State.RETIRED)),
        idle=Count("seats", filter=Q(seats__state__in=Seat.IDLE)),
    )
    counted = [PoolSeats(pool.pk, pool.live, pool.idle, pool.places) for pool in pools]
    return corrections(counted, sum(pool.places for pool in counted))


def _retire(pool: int, number: int) -> None:
    idle = Seat.objects.idle().filter(pool=pool).order_by("pk").select_for_update()
    chosen = list(idle.values_list("pk", flat=True)[:number])
    Seat.objects.filter(pk__in=chosen).update(state=State.RETIRED)


def add_seats(pool: int, number: int) -> None:
    """Put so many more seats into a pool, kept for its queue."""
    retired = Seat.objects.filter(pool=pool, state=State.RETIRED).order_by("pk")
    again = list(retired.values_list("pk", flat=True)[:number])
    Seat.objects.filter(pk__in=again).update(state=State.KEPT)
    Seat.objects.bulk_create(
        Seat(pool_id=pool, state=State.KEPT) for _new in range(number - len(again))
    )


def _pools_with_queue(offering: Offering) -> list[Pool]:
    waiting = SignUp.objects.queue().filter(pool=OuterRef("pk"))
    return list(Pool.objects.filter(Exists(waiting), offering=offering).order_by("pk"))


def _promote(pool: Pool, offering: Offering, now: datetime, drafts: Drafts) -> int:
    """Seat the head of the queue as far as the pool's idle seats go."""
    seats = []
    if pool.places is not None:
        # Kept seats are nobody else's; a free one beside a queue is a fault, mended when it can be.
        idle = Seat.objects.idle().filter(pool=pool).order_by("pk")
        idle = idle.select_for_update(skip_locked=True)
        seats = list(idle.values_list("pk", flat=True))
    promoted = 0
    while head := list(
        SignUp.objects.queue().filter(pool=pool).select_for_update(no_key=True)[:QUEUE_PART]
    ):
        sizes = [signup.size if pool.places is not None else 0 for signup in head]
        count = served(len(seats), sizes)
        for signup, size in list(zip(head, sizes, strict=True))[:count]:
            own, seats = seats[:size], seats[size:]
            give_seats(signup, own, offering, now, drafts)
        promoted += count
        if count < len(head):
            break
    return promoted


def give_seats(
    signup: SignUp, seats: list[int], offering: Offering, now: datetime, drafts: Drafts
) -> None:
    """Write that one who waits, whose row is locked, has these seats of her pool from now on."""
    status = _status_when_seated(signup)
    until = now + QUEUE_CONFIRM_WITHIN if status == Status.UNCONFIRMED else None
    state = State.HELD if until else State.TAKEN
    Seat.objects.filter(pk__in=seats).update(state=state, held_until=until, signup=signup)
    change(signup, offering, messages.PROMOTED, now, drafts, status=status, confirm_until=until)


def _status_when_seated(signup: SignUp) -> Status:
    return Status.CONFIRMED if signup.address_confirmed_at else Status.UNCONFIRMED
