"""A trainer's courses as her list shows them: groups with seats, next session, next thing to do.

The same number of queries for one course and for twenty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import F, Min, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from site_core.languages.fallback import Phrase, say
from site_core.pages.spoken_hours import say_moment
from training.courses import Course, Offering, Session
from training.models import TrainingPage
from training.rights import run_by
from training.signups.arithmetic import is_open
from training.signups.standing import Standing, standings

ON_A_PAGE: Final = 20
WARNED: Final = timedelta(days=14)
"""How long before it begins a group with too few people is warned of."""

OPENS: Final = gettext_noop("Sign-up opens %(weekday)s %(date)s at %(time)s")
UNTIL: Final = gettext_noop("Sign-up is open until %(weekday)s %(date)s at %(time)s")
CLOSED: Final = gettext_noop("Sign-up closed %(weekday)s %(date)s at %(time)s")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group at this moment. `days_left` is set where it has too few people and begins soon."""

    offering: Offering
    standing: Standing
    sessions: list[Session]
    next_session: Session | None
    days_left: int | None

    @property
    def missing(self) -> int:
        """How many people it takes beside those who are in."""
        return max(0, (self.offering.minimum or 0) - self.standing.taken)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course in the list. `look` is that of its tag; the next thing is done at `next_url`."""

    course: Course
    page: TrainingPage | None
    groups: list[GroupRow]
    next_session: Session | None
    look: str
    enrolment: Phrase
    next_step: Phrase
    next_url: str

    @property
    def title(self) -> str:
        return self.course.title


def rows_of(
    request: HttpRequest, asked: str, number: str | None, now: datetime | None = None
) -> tuple[list[CourseRow], PageOfList]:
    """One page of the courses she may run, those held next first; `asked` narrows by words."""
    now = now or timezone.now()
    courses = run_by(request.user)
    if asked:
        courses = courses.filter(
            Q(title__icontains=asked)
            | Q(organisation__name__icontains=asked)
            | Q(pages__title__icontains=asked)
        ).distinct()
    found = Paginator(_ordered(courses, now), ON_A_PAGE).get_page(number)
    return _rows(request, list(found.object_list), now), found


def row_of(request: HttpRequest, course: Course, now: datetime | None = None) -> CourseRow:
    """One course as the list would show it, read again."""
    now = now or timezone.now()
    return _rows(request, [_whole(Course.objects.filter(pk=course.pk)).get()], now)[0]


def _ordered(courses: QuerySet[Course], now: datetime) -> QuerySet[Course]:
    coming = Q(offerings__sessions__ends_at__gt=now, offerings__sessions__cancelled_at=None)
    starts = Min("offerings__sessions__starts_at", filter=coming)
    return (
        _whole(courses).annotate(next_at=starts).order_by(F("next_at").asc(nulls_last=True), "pk")
    )


def _whole(courses: QuerySet[Course]) -> QuerySet[Course]:
    return courses.select_related("organisation").prefetch_related(
        "offerings__sessions__municipality",
        Prefetch("pages", TrainingPage.objects.select_related("locale").order_by("-live", "pk")),
    )


def _rows(request: HttpRequest, courses: list[Course], now: datetime) -> list[CourseRow]:
    offerings = [offering for course in courses for offering in course.offerings.all()]
    held = standings(offerings, now)
    rows = []
    for course in courses:
        groups = [_group(each, held[each.pk], now) for each in course.offerings.all()]
        rows.append(_row(request, course, groups, now))
    return rows


def _group(offering: Offering, standing: Standing, now: datetime) -> GroupRow:
    sessions = list(offering.sessions.all())
    coming = _coming(sessions, now)
    first = min((each.starts_at for each in sessions if not each.cancelled_at), default=None)
    days_left = None
    too_few = offering.minimum is not None and standing.taken < offering.minimum
    if too_few and first is not None and now < first <= now + WARNED:
        days_left = (timezone.localdate(first) - timezone.localdate(now)).days
    return GroupRow(offering, standing, sessions, coming, days_left)


def _coming(sessions: Iterable[Session], now: datetime) -> Session | None:
    return next((each for each in sessions if not each.cancelled_at and each.ends_at > now), None)


def _row(request: HttpRequest, course: Course, groups: list[GroupRow], now: datetime) -> CourseRow:
    pages = list(course.pages.all())
    page = pages[0] if pages else None
    coming = [group.next_session for group in groups if group.next_session]
    look, next_step, next_url = _next(request, course, page, groups, now)
    return CourseRow(
        course=course,
        page=page,
        groups=groups,
        next_session=min(coming, key=lambda each: each.starts_at, default=None),
        look=look,
        enrolment=_enrolment(course, bool(coming), now),
        next_step=next_step,
        next_url=next_url,
    )


def _enrolment(course: Course, is_coming: bool, now: datetime) -> Phrase:
    opens, closes = course.enrolment_opens_at, course.enrolment_closes_at
    if not is_coming:
        return say(gettext_noop("Nobody can sign up: nothing is coming."))
    if is_open(opens, closes, now):
        return say_moment(UNTIL, closes) if closes else say(gettext_noop("Sign-up is open."))
    if opens is not None and now < opens:
        return say_moment(OPENS, opens)
    return say_moment(CLOSED, closes)


def _next(
    request: HttpRequest,
    course: Course,
    page: TrainingPage | None,
    groups: list[GroupRow],
    now: datetime,
) -> tuple[str, Phrase, str]:
    """What asks for the trainer first: look, words, and where it is done."""
    groups = [group for group in groups if not group.offering.cancelled_at]
    for group in groups:
        if group.days_left is not None:
            words = say(
                "Too few people: %(missing)s more are needed and one day is left.",
                plural="Too few people: %(missing)s more are needed and %(count)s days are left.",
                count=group.days_left,
                missing=group.missing,
            )
            return "ember", words, reverse("desk_group", args=[course.pk, group.offering.pk])
    for group in groups:
        if not any(each.cancelled_at is None for each in group.sessions):
            words = say(gettext_noop("Tell when and where it is held."))
            return "light", words, reverse("desk_sessions_new", args=[course.pk, group.offering.pk])
    if page is None or not page.live:
        words = say(gettext_noop("Write its page and send it to be checked: nobody finds it yet."))
        return "light", words, page_url(request, course, page)
    for group in groups:
        if group.standing.over_by:
            words = say(
                "There is one person more than places. Nothing has to be done.",
                plural="There are %(count)s people more than places. Nothing has to be done.",
                count=group.standing.over_by,
            )
            return "", words, reverse("desk_group", args=[course.pk, group.offering.pk])
    return "", say(gettext_noop("Nothing to do now.")), ""


def page_url(request: HttpRequest, course: Course, page: Any) -> str:
    """Where the person writes the page of a course: at her desk, or as staff in the full editor."""
    member = request.roles.membership_in(course.organisation_id) is not None
    if page is None:
        return reverse("desk_new", args=["training"]) if member else ""
    return reverse("desk_edit" if member else "wagtailadmin_pages:edit", args=[page.pk])
