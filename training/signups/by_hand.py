"""What a trainer does for people by hand: seat one out of turn, write one down at the counter.

As in `actions`, every verb is transactions of its own. Both take the offering's lock alone and end
in `settle`, so that what holds of seats and queue holds afterwards too.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from training.courses import Offering
from training.rights import require_run
from training.signups import portable, postgres
from training.signups.actions import pool_for, require_size
from training.signups.claiming import Form, Joiner
from training.signups.errors import Closed, Lapsed
from training.signups.locks import alone, patiently
from training.signups.models import Pool, Seat, SignUp
from training.signups.settling import (
    add_seats,
    give_seats,
    promotion_draft,
    promotion_drafts,
    settle,
)

Status = SignUp.Status


class Reason(TextChoices):
    """Why somebody is seated out of turn. Chosen, not written: the log names no participant."""

    FITS = "fits", _("A place is free that the first in the queue cannot use")
    PROMISED = "promised", _("A place had been promised")
    MISTAKE = "mistake", _("A mistake of ours is put right")
    MOVED = "moved", _("Comes from another group")
    OTHER = "other", _("Another reason")


@patiently
def promote_by_hand(
    signup: SignUp,
    reason: str,
    *,
    by: Any,
    add_places: bool = False,
    now: datetime | None = None,
) -> SignUp:
    """Seat one who waits before it is her turn; nobody loses a seat by it, and it is logged.

    She gets idle seats of her pool, which were kept for somebody before her who needs more of them.
    Where there are too few, `add_places` adds the missing ones to the group's places; without it
    ValidationError. One who has come to her seats meanwhile keeps them and nothing happens; raises
    Lapsed where her sign-up is over.
    """
    now, offering, reason = now or timezone.now(), signup.offering, Reason(reason)
    require_run(by, offering.course)
    drafts = promotion_drafts(offering) | promotion_draft(signup, offering)
    with alone(offering.pk):
        settle(offering, now, drafts)
        row = SignUp.objects.select_for_update(no_key=True).get(pk=signup.pk)
        if row.status in SignUp.OVER:
            raise Lapsed(_("This sign-up is over."))
        if row.status in SignUp.SEATED:
            return row
        missing = row.size - len(_idle(row))
        if missing > 0:
            if not add_places:
                raise ValidationError(_("There are too few free places. Add the missing ones."))
            _add_places(row.pool_id, offering, missing)
        give_seats(row, _idle(row), offering, now, drafts)
        settle(offering, now, drafts)
        data = {"signup": row.pk, "reason": reason.value, "added": max(0, missing)}
        log(instance=offering, action="training.promote_by_hand", user=by, data=data)
    return row


@patiently
def sign_up_by_hand(
    offering: Offering,
    names: Iterable[str],
    *,
    email: str = "",
    language: str,
    by: Any,
    role: str = "",
    key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> SignUp:
    """Write down somebody who is at the counter or on the phone: seated, else last in the queue.

    For when enrolment is closed, too. Without an address she gets no mail; with one it counts as
    confirmed, since the trainer answers for it. `key` is the form's own number, so the same form
    twice is one sign-up. Raises ValidationError where the address has a live sign-up already, and
    where the waiting list is full.
    """
    now, key, names = now or timezone.now(), key or uuid.uuid4(), tuple(names)
    require_run(by, offering.course)
    if offering.cancelled_at is not None:
        raise Closed(_("This course is cancelled."))
    require_size(offering, len(names))
    form = Form(key, email, language, names, len(names), role, (), "", address_confirmed=True)
    joiner = Joiner(offering, pool_for(offering, role, now).pk, form, now)
    entries = joiner.seated, joiner.waiting
    drafts = promotion_drafts(offering)
    with alone(offering.pk):
        earlier = SignUp.objects.filter(key=key).first()
        if earlier is not None:
            return _own(earlier, offering)
        settle(offering, now, drafts)
        _refuse_twice(offering, email)
        signup = _written(offering, *entries, now)
        data = {"signup": signup.pk, "people": signup.size, "status": signup.status}
        log(instance=offering, action="training.sign_up_by_hand", user=by, data=data)
    return signup


def _idle(signup: SignUp) -> list[int]:
    """As many idle seats of her pool as she needs, or as there are, locked."""
    idle = Seat.objects.idle().filter(pool=signup.pool_id).order_by("pk")
    locked = idle.select_for_update(skip_locked=True)
    return list(locked.values_list("pk", flat=True)[: signup.size])


def _add_places(pool: int, offering: Offering, number: int) -> None:
    """More places for one pool, with their seats. What is over stays over by as many."""
    Pool.objects.filter(pk=pool).update(places=F("places") + number)
    Offering.objects.filter(pk=offering.pk).update(capacity=F("capacity") + number)
    offering.refresh_from_db(fields=["capacity"])
    add_seats(pool, number)


def _own(earlier: SignUp, offering: Offering) -> SignUp:
    if earlier.offering_id != offering.pk:
        raise ValidationError(_("This form belongs to another group."))
    return earlier


def _refuse_twice(offering: Offering, email: str) -> None:
    live = SignUp.objects.of_contact(email).live().filter(offering=offering)
    if email and live.exists():
        raise ValidationError({"email": _("This address has signed up for this group already.")})


def _written(
    offering: Offering, seated: portable.Entry, waiting: portable.Entry, now: datetime
) -> SignUp:
    writing = postgres if connection.vendor == "postgresql" else portable
    if writing.seat(seated, now):
        return seated.signup
    length = offering.waiting_list_length
    if length != 0 and writing.queue(waiting, now, length):
        return waiting.signup
    _refuse_twice(offering, seated.signup.email)  # she came herself, at the same moment
    raise ValidationError(_("The group and its waiting list are full."))
