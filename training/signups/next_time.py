"""Who wants to hear when a course is held again: asked, confirmed by mail, told once, forgotten.

Nobody learns here whether an address is on the list already: asking again sends the same mail.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from site_core.outbox.actions import send
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.links import absolute
from site_core.outbox.models import Message
from training.courses import Course, Offering
from training.signups.enrolment import State, state_of
from training.signups.facts import title_of
from training.signups.links import next_time_url
from training.signups.models import NextTime

CONFIRM = register_kind(
    MessageKind("next_time_confirm", templates="emails/next_time_confirm", keeps_body=False)
)
CONFIRM_WITHIN = timedelta(days=7)
TOLD = register_kind(
    MessageKind("next_time_told", templates="emails/next_time_told", keeps_body=False)
)


@transaction.atomic
def ask(course: Course, email: str, *, language: str, now: datetime | None = None) -> None:
    """Note the wish and send the mail with which it is confirmed, once an hour at most."""
    now = now or timezone.now()
    wish = _wish(course, email) or _new(course, email, language, now) or _wish(course, email)
    if wish is not None:
        send(
            CONFIRM.code,
            to=wish.email,
            language=language,
            key=f"{CONFIRM.code}:{wish.key}:{now:%Y%m%d%H}",
            context={"course": _title(course, language), "link": next_time_url(wish, language)},
        )


def confirm(wish: NextTime, *, now: datetime | None = None) -> None:
    """Note that the address is hers who asked; done twice it is done once."""
    NextTime.objects.filter(pk=wish.pk, confirmed_at=None).update(
        confirmed_at=now or timezone.now()
    )


@transaction.atomic
def stop(wish: NextTime) -> None:
    """Erase a wish with the mails about it."""
    keys = Q(key=f"{TOLD.code}:{wish.key}") | Q(key__startswith=f"{CONFIRM.code}:{wish.key}:")
    Message.objects.filter(keys).delete()
    NextTime.objects.filter(pk=wish.pk).delete()


@transaction.atomic
def tell(course: Course, *, now: datetime | None = None) -> int:
    """Tell who asked before a group was made that is open now, and erase the wishes.

    Returns how many were told. Where the course has no public page nobody is told yet.
    """
    now = now or timezone.now()
    newest = _newest_open(course, now)
    page = course.pages.filter(entry__is_public=True).first()
    if newest is None or page is None:
        return 0
    wishes = NextTime.objects.confirmed().filter(course=course, newest__lt=newest)
    found = list(wishes.select_for_update(skip_locked=True))
    for wish in found:
        with translation.override(wish.language):
            link = absolute(reverse("signup", args=[page.translation_key]))
        send(
            TOLD.code,
            to=wish.email,
            language=wish.language,
            key=f"{TOLD.code}:{wish.key}",
            context={"course": _title(course, wish.language), "link": link},
        )
    NextTime.objects.filter(pk__in=[wish.pk for wish in found]).delete()
    return len(found)


def tell_all(now: datetime) -> int:
    """`tell` for every course that somebody waits for."""
    courses = Course.objects.filter(next_times__confirmed_at__isnull=False).distinct()
    return sum(tell(course, now=now) for course in courses)


def forget_unconfirmed(now: datetime) -> int:
    """Erase wishes whose address nobody confirmed in time."""
    old = NextTime.objects.filter(confirmed_at=None, created_at__lt=now - CONFIRM_WITHIN)
    return old.delete()[0]


def _wish(course: Course, email: str) -> NextTime | None:
    return NextTime.objects.of_contact(email).filter(course=course).first()


def _new(course: Course, email: str, language: str, now: datetime) -> NextTime | None:
    """A new wish; None where the same came in at the same moment."""
    newest = course.offerings.order_by("-pk").values_list("pk", flat=True).first()
    wish = NextTime(
        course=course, email=email, language=language, newest=newest or 0, created_at=now
    )
    try:
        with transaction.atomic():
            wish.save(force_insert=True)
    except IntegrityError:
        return None
    return wish


def _newest_open(course: Course, now: datetime) -> int | None:
    offerings: list[Offering] = list(course.offerings.prefetch_related("sessions"))
    found = (
        each.pk
        for each in offerings
        if state_of(each, course, list(each.sessions.all()), now) is State.OPEN
    )
    return max(found, default=None)


def _title(course: Course, language: str) -> str:
    offering = Offering(course=course)
    return title_of(offering, language)[0]
