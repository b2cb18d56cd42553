"""Who is in a group and who waits, as the trainer's list shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum

from site_core.languages.fallback import Phrase, say
from training.courses import Offering
from training.signups.arithmetic import Why, why_waiting
from training.signups.models import Pool, SignUp

Status = SignUp.Status
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the list: a page of its sign-ups, and how many people all of them are."""

    name: str
    page: Page
    people: int


def parts(group: Offering, asked: Mapping[str, str], now: datetime) -> dict[str, Part]:
    """The confirmed, the unconfirmed, the queue and those whose sign-up is over, by these names.

    `asked` holds the number of each part's page, under its name.
    """
    rows = SignUp.objects.filter(offering=group).select_related("pool")
    rows = rows.prefetch_related("attendees")
    found: dict[str, tuple[QuerySet[SignUp], tuple[Status, ...]]] = {
        "confirmed": (rows.filter(status=Status.CONFIRMED).order_by("pk"), (Status.CONFIRMED,)),
        "unconfirmed": (rows.filter(status=Status.UNCONFIRMED), (Status.UNCONFIRMED,)),
        "waiting": (rows.in_order().order_by("pool__role", "pk"), (Status.WAITING,)),
        "over": (rows.filter(status__in=SignUp.OVER).order_by("-changed_at", "-pk"), SignUp.OVER),
    }
    counted = SignUp.objects.filter(offering=group).order_by().values("status")
    people = {
        row["status"]: row["people"] for row in counted.annotate(Count("pk"), people=Sum("size"))
    }
    return {
        name: Part(
            name,
            Paginator(queryset, A_PAGE).get_page(asked.get(name)),
            sum(people.get(status, 0) for status in statuses),
        )
        for name, (queryset, statuses) in found.items()
    }


def tell_why(waiting: Page, group: Offering, over_by: int, now: datetime) -> None:
    """Give each of those who wait `why`, in words, and `idle`, the seats nobody in her pool has."""
    pools = Pool.objects.filter(offering=group).with_idle(now)
    idle = dict(pools.values_list("pk", "idle"))
    for signup in waiting:
        signup.idle = idle.get(signup.pool_id, 0)
        why = why_waiting(signup.place, first=signup.first, idle=signup.idle)
        signup.why = words_of(why, signup.first, signup.idle, over_by)


def words_of(why: Why, first: int, idle: int, over_by: int) -> Phrase:
    """Why somebody has no seat yet, in the reader's words."""
    if why is Why.DUE:
        return say("Gets a place within a minute.")
    if why is Why.TOO_FEW:
        return say(
            "Needs %(size)s places; one is free.",
            plural="Needs %(size)s places; %(count)s are free.",
            count=idle,
            size=first,
        )
    if why is Why.BEHIND_A_GROUP:
        return say(
            "A group of %(size)s stands first, and one place is free.",
            plural="A group of %(size)s stands first, and %(count)s places are free.",
            count=idle,
            size=first,
        )
    if over_by:
        return say(
            "There is one person more than there are places.",
            plural="There are %(count)s people more than there are places.",
            count=over_by,
        )
    return say("No place is free.")
