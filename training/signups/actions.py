"""What happens to seats and sign-ups: held, claimed, confirmed, cancelled; capacity is changed.

Every verb is transactions of its own and must be called outside any other. All raise Busy when too
many are at it at the same moment, with nothing done; ValidationError where the facts are wrong.
Nothing here writes an address, a name or a token to a log.
"""

import hashlib
import secrets
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from training.courses import Offering
from training.rights import require_run
from training.signups import messages
from training.signups.arithmetic import FORM_HOLD, has_lapsed, is_open, over_by
from training.signups.claiming import Answer, Form, Joiner, Outcome, two_stages, who_was_first
from training.signups.errors import Busy, Closed, Lapsed
from training.signups.locks import Again, alone, brief, patiently
from training.signups.models import Pool, Seat, SignUp
from training.signups.pools import PoolView, set_places, unsettled, view_pool
from training.signups.settling import (
    DRAFTS,
    NOBODYS,
    cancelling_draft,
    change,
    end,
    promotion_drafts,
    settle,
)

State, Status = Seat.State, SignUp.Status

CLOSED = gettext_lazy("One cannot sign up for this course at the moment.")
TOO_LARGE = gettext_lazy("One sign-up for this group is for at most %(most)s.")


@dataclass(frozen=True, slots=True)
class Hold:
    """Seats held for a form. Without `until` there is no limit and nothing that needs holding."""

    token: str = ""
    until: datetime | None = None


@patiently
def hold(
    offering: Offering, *, size: int = 1, role: str = "", now: datetime | None = None
) -> Hold | None:
    """Hold seats while a form is filled in; None where there are not that many to be had.

    The token is the form's alone; only its hash is stored. Call it for what is sent, not for what
    is merely looked at.
    """
    now = now or timezone.now()
    _require_possible(offering, size, now)
    pool = pool_for(offering, role, now)
    if not pool.is_limited:
        return Hold()
    token = secrets.token_urlsafe(24)
    with brief():
        free = Seat.objects.filter(pool=pool.pk).takeable("", now)
        picked = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:size])
        if len(picked) < size:
            return None
        until = now + FORM_HOLD
        held = {"state": State.HELD, "held_until": until, "hold": hashed(token)}
        Seat.objects.filter(pk__in=picked).update(**held)
    return Hold(token, until)


@patiently
def drop_hold(offering: Offering, token: str, *, now: datetime | None = None) -> None:
    """Give back what a form holds, to whoever waits first."""
    now = now or timezone.now()
    held = Seat.objects.filter(hold=hashed(token), pool__offering=offering)
    if not held.exists():
        return
    drafts = promotion_drafts(offering)
    with alone(offering.pk):
        held.update(state=State.KEPT, **NOBODYS)
        settle(offering, now, drafts)


def claim(
    offering: Offering,
    *,
    email: str,
    language: str,
    names: Iterable[str] = (),
    size: int | None = None,
    role: str = "",
    answers: Mapping[int | None, str] | None = None,
    token: str = "",
    key: uuid.UUID | None = None,
    address_confirmed: bool = False,
    now: datetime | None = None,
) -> Answer:
    """Sign up a contact, for one seat or for all seats of a group: seated, else last in the queue.

    `answers` are by the key of their question; those under None are the needs, see `needs`.
    `token` is that of a hold; `key` is the form's own number: the same form twice is one sign-up.
    With `address_confirmed`, for a person who is logged in, nothing is left to confirm. Where an
    address has a live sign-up already, it gets a mail about that one.
    """
    names = tuple(names)
    form = Form(
        key=key or uuid.uuid4(),
        email=email,
        language=language,
        names=names,
        size=size or len(names) or 1,
        role=role,
        answers=tuple((answers or {}).items()),
        hold=hashed(token) if token else "",
        address_confirmed=address_confirmed,
    )
    answer = _claim(offering, form, now)
    if token:
        with suppress(Busy):  # what is left of it lapses by itself
            drop_hold(offering, token, now=now)
    return answer


@patiently
def _claim(offering: Offering, form: Form, now: datetime | None) -> Answer:
    now = now or timezone.now()
    _require_possible(offering, form.size, now)
    pool = pool_for(offering, form.role, now)
    joiner = Joiner(offering, pool.pk, form, now)
    try:
        answer = two_stages(joiner, pool)
    except IntegrityError as fault:
        answer = None
        if not Offering.objects.filter(pk=offering.pk).exists():  # removed while she was typing
            raise Closed(CLOSED) from None
        if "unique" not in str(fault).lower():  # the database's own words may hold the address
            raise IntegrityError("The database refused a sign-up.") from None
    if answer is None or answer.outcome is Outcome.FULL:
        answer = who_was_first(joiner) or answer
    if answer is None or (
        answer.outcome is Outcome.FULL and pool_for(offering, form.role, now).pk != pool.pk
    ):
        raise Again
    if answer.outcome is Outcome.OVER:  # the form was gone back to, after its sign-up had ended
        return _claim(offering, replace(form, key=uuid.uuid4()), now)
    return answer


@patiently
def confirm(signup: SignUp, *, now: datetime | None = None) -> SignUp:
    """Note that the contact's address is hers; a seat held for her is taken for good then.

    Done twice it is done once. Raises Lapsed where it is too late.
    """
    now = now or timezone.now()
    offering = signup.offering
    with brief():
        row = SignUp.objects.select_for_update(no_key=True).get(pk=signup.pk)
        if row.status in SignUp.OVER or has_lapsed(row.confirm_until, now):
            raise Lapsed(_("This sign-up is over. You can sign up again."))
        if row.address_confirmed_at:
            return row
        confirmed = {"confirm_until": None, "address_confirmed_at": now}
        if row.status == Status.WAITING:
            SignUp.objects.filter(pk=row.pk).update(**confirmed)
        else:
            own = list(row.seats.order_by("pk").select_for_update())
            row.seats.filter(pk__in=[seat.pk for seat in own]).update(
                state=State.TAKEN, held_until=None
            )
            fields = {"status": Status.CONFIRMED, **confirmed}
            change(row, offering, messages.CONFIRMED, now, {}, **fields)
    row.refresh_from_db()
    return row


@patiently
def cancel(signup: SignUp, *, by: Any = None, note: str = "", now: datetime | None = None) -> bool:
    """End a sign-up; whoever waits first is promoted in the same transaction.

    False where it was over already. The participant may do so until the group's `cancel_until`;
    `by`, a person who may run the course, at any time; her `note` stands in the mail only.
    """
    now = now or timezone.now()
    offering = signup.offering
    require_run(by, offering.course)
    if by is None and has_lapsed(offering.cancel_until, now):
        raise Closed(_("The time in which this can be cancelled is over. Ask the organiser."))
    drafts = promotion_drafts(offering) | cancelling_draft(signup, offering, note=note)
    with alone(offering.pk):
        row = SignUp.objects.select_for_update(no_key=True).get(pk=signup.pk)
        if row.status in SignUp.OVER:
            return False
        if row.version != signup.version:  # something happened to it meanwhile
            drafts |= cancelling_draft(row, offering, note=note)
        end(row, offering, Status.CANCELLED, now, drafts)
        settle(offering, now, drafts)
        if by is not None:
            log(
                instance=offering, action="training.cancel_signup", user=by, data={"signup": row.pk}
            )
    return True


@patiently
def change_capacity(
    offering: Offering,
    capacity: int | None,
    *,
    reserved: Mapping[str, int] | None = None,
    by: Any = None,
    now: datetime | None = None,
) -> int:
    """Set how many places there are (None: no limit), and how many of them are for which role.

    More places go to whoever waits first. Fewer take away what nobody has; returns by how many
    seats the offering is over afterwards, which are taken away as they are given back. What is
    reserved stays as it is unless it is told.
    """
    now = now or timezone.now()
    require_run(by, offering.course)
    gained = None if capacity is None else max(DRAFTS, capacity - (offering.capacity or 0))
    drafts = promotion_drafts(offering, gained)
    with alone(offering.pk):
        set_places(offering, capacity, reserved)
        settle(offering, now, drafts)
        live = Seat.objects.live().filter(pool__offering=offering).count()
        if by is not None:
            data = {"capacity": capacity, "reserved": dict(reserved or {})}
            log(instance=offering, action="training.change_capacity", user=by, data=data)
    return over_by(live, capacity)


@patiently
def settle_one(offering: Offering, *, now: datetime | None = None) -> int:
    """End what lapsed in one offering and seat whoever waits; returns how much that was."""
    now = now or timezone.now()
    drafts = promotion_drafts(offering)
    with alone(offering.pk):
        return settle(offering, now, drafts)


def sweep(now: datetime | None = None) -> int:
    """Settle every offering in which something lapsed or a seat lies idle beside a queue."""
    now = now or timezone.now()
    return sum(settle_one(offering, now=now) for offering in unsettled(now))


def hashed(token: str) -> str:
    """What is stored of a hold's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def pool_for(offering: Offering, role: str, now: datetime) -> PoolView:
    """The pool as it stands, with what has lapsed given to whoever waits first."""
    pool = view_pool(offering, role, now)
    if pool is None:
        _open_pools(offering, now)
    elif pool.has_lapsed:
        settle_one(offering, now=now)
    else:
        return pool
    return view_pool(offering, role, now) or pool_for(offering, role, now)


def _open_pools(offering: Offering, now: datetime) -> None:
    """Make the pools of an offering for the first one who comes."""
    with alone(offering.pk):
        if not Pool.objects.filter(offering=offering).exists():
            try:
                offering.refresh_from_db(fields=["capacity"])
            except Offering.DoesNotExist:
                raise Closed(CLOSED) from None
            set_places(offering, offering.capacity, {})
            settle(offering, now)


def _require_possible(offering: Offering, size: int, now: datetime) -> None:
    course = offering.course
    if offering.cancelled_at is not None:
        raise Closed(_("This course is cancelled."))
    if not is_open(course.enrolment_opens_at, course.enrolment_closes_at, now):
        raise Closed(CLOSED)
    require_size(offering, size)


def require_size(offering: Offering, size: int) -> None:
    """Raise ValidationError unless so many people may be in one sign-up."""
    if not 1 <= size <= offering.largest_group:
        raise ValidationError(TOO_LARGE, params={"most": offering.largest_group})
