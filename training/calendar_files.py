"""The calendars that are fetched: a course's, for everybody, and a participant's own.

Neither holds a link to join or a link with which one acts: calendars are handed on.
"""

from datetime import datetime

from django.utils import timezone

from search.models import Entry as PublicEntry
from site_core.outbox.links import absolute
from training import calendars
from training.courses import Course
from training.signups.facts import facts_of
from training.signups.models import SignUp


def public_calendar(course: Course, language: str, *, now: datetime | None = None) -> bytes:
    """All sessions of a course's groups, those cancelled as such: a program that keeps the file up
    to date takes them out."""
    now = now or timezone.now()
    groups = [
        facts_of(offering, language)
        for offering in course.offerings.select_related("course__organisation")
    ]
    url = _address(course, language)
    one_group = len(groups) == 1
    entries = []
    for facts in groups:
        for session in facts.sessions:
            entry = facts.entry(session, url=url)
            if not one_group:
                entry = calendars.of_group(entry, facts.group)
            entries.append(entry)
    return calendars.published(
        entries, organizer=groups[0].organizer, name=groups[0].course, now=now
    )


def personal_calendar(signup: SignUp, language: str, *, now: datetime | None = None) -> bytes:
    """The sessions of a participant's group; cancelled where her place is not hers any more."""
    now = now or timezone.now()
    offering = signup.offering
    facts = facts_of(offering, language)
    entries = [facts.entry(session) for session in facts.sessions]
    if signup.status != SignUp.Status.CONFIRMED:
        entries = [calendars.withdrawn(entry) for entry in entries]
    return calendars.published(entries, organizer=facts.organizer, name=facts.course, now=now)


def _address(course: Course, language: str) -> str:
    """Where the public reads of the course: in the language, else in any; "" where nowhere."""
    entries = PublicEntry.objects.filter(page__trainingpage__course=course, is_public=True)
    paths = dict(entries.order_by("language").values_list("language", "path"))
    path = paths.get(language) or next(iter(paths.values()), "")
    return absolute(path) if path else ""
