"""Offerings with seats, people who sign up, and what must be true of both."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count
from icalendar import Calendar

from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory
from training.courses import Offering
from training.signups import messages
from training.signups.actions import Answer, change_capacity, claim
from training.signups.arithmetic import is_stranded, over_by
from training.signups.models import Pool, Seat, SignUp

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
State, Status = Seat.State, SignUp.Status


def offering_with(capacity: int | None, *, reserved: dict[str, int] | None = None, **fields: Any):
    """A group of a course with so many places."""
    offering = OfferingFactory(**{"largest_group": 5, **fields})
    change_capacity(offering, capacity, reserved=reserved, now=NOW)
    return offering


def join(offering: Offering, who: str, size: int = 1, *, confirmed: bool = True, **more) -> Answer:
    """Sign up somebody whose address is known already, unless it says otherwise."""
    return claim(
        offering,
        **{
            "email": f"{who}@example.org",
            "language": "fi",
            "size": size,
            "address_confirmed": confirmed,
            "now": NOW,
            **more,
        },
    )


def of(offering: Offering, who: str) -> SignUp:
    """The latest sign-up of somebody."""
    return SignUp.objects.filter(offering=offering, email=f"{who}@example.org").latest("pk")


def standing(offering: Offering) -> dict[str, str]:
    """Everybody's status, by name, in the order of signing up."""
    rows = SignUp.objects.filter(offering=offering).order_by("pk")
    return {row.email.partition("@")[0]: row.status for row in rows}


def seats(offering: Offering) -> Counter:
    """How many seats there are in each state, retired ones left out."""
    rows = Seat.objects.live().filter(pool__offering=offering)
    return Counter(rows.values_list("state", flat=True))


def told(signup: SignUp) -> list[str]:
    """The kinds of mail about changes of a sign-up, in their order."""
    mails = Message.objects.filter(key__contains=str(signup.key)).order_by("pk")
    return [mail.kind for mail in mails if mail.kind in messages.CHANGES]


def faults(offering: Offering, *, now: datetime | None = None) -> list[str]:
    """What is wrong with an offering at rest: nothing, whatever has happened to it."""
    found = []
    live = Seat.objects.live().filter(pool__offering=offering)
    capacity = Offering.objects.get(pk=offering.pk).capacity
    idle = live.filter(state__in=Seat.IDLE).count()
    if over_by(live.count(), capacity) and idle:
        found.append(f"oversold: {idle} idle seats above the capacity")
    if capacity is not None and live.count() < capacity:
        found.append("seats lost")
    for signup in SignUp.objects.filter(offering=offering).annotate(had=Count("seats")):
        due = signup.size if signup.status in SignUp.SEATED and capacity is not None else 0
        if signup.had != due:
            found.append(f"seats: {signup.status} has {signup.had} of {due}")
    for pool in Pool.objects.filter(offering=offering, places__isnull=False):
        first = SignUp.objects.queue().filter(pool=pool).first()
        rows = Seat.objects.idle().filter(pool=pool)
        if is_stranded(rows.count(), first and first.size):
            found.append("stranded")
        if first is not None and rows.filter(state=State.FREE).exists():
            found.append("free beside a queue")
        if first is None and rows.filter(state=State.KEPT).exists():
            found.append("kept for nobody")
    found += changes_without_their_mail(offering)
    return found


def changes_without_their_mail(offering: Offering) -> list[str]:
    """Versions of sign-ups that have not exactly one mail, or none where there is no address."""
    expected = Counter(
        f"{signup.key}:{version}"
        for signup in SignUp.objects.filter(offering=offering).exclude(email="")
        for version in range(1, signup.version + 1)
    )
    keys = {str(signup.key) for signup in SignUp.objects.filter(offering=offering)}
    mails = Counter(
        key.partition(":")[2]
        for key in Message.objects.filter(kind__in=messages.CHANGES).values_list("key", flat=True)
        if key.split(":")[1] in keys
    )
    return [f"mail: {key}" for key in (expected - mails) + (mails - expected)]


def later(**span: float) -> datetime:
    """A time after `NOW`."""
    return NOW + timedelta(**span)


def mail_to(signup: SignUp, kind: str) -> Message:
    """The one mail of a kind about a sign-up."""
    return Message.objects.get(key__startswith=f"{kind}:{signup.key}:")


def events(mail: Message) -> list[tuple[str, Any]]:
    """Each event of a mail's calendar as a program reads it, with the method of its object."""
    return [
        (str(calendar["METHOD"]), event)
        for calendar in Calendar.from_ical(mail.calendar or "", multiple=True)
        for event in calendar.walk("VEVENT")
    ]
