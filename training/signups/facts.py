"""What mails and calendars tell of a group: read once for each language, however many are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from site_core.dates import format_span
from site_core.languages import fallback
from site_core.languages.registry import DEFAULT, LANGUAGES
from site_core.taxonomy.labels import label
from training.calendars import Address, Entry
from training.courses import Offering, Session


@dataclass(frozen=True, slots=True)
class Facts:
    """A group in one language. `sessions` are all of them, cancelled ones too, soonest first."""

    language: str
    course: str
    course_language: str
    group: str
    organizer: Address
    sessions: tuple[Session, ...]

    def coming(self, now: datetime) -> list[Session]:
        """What is held and not over yet."""
        return [each for each in self.sessions if each.cancelled_at is None and each.ends_at > now]

    def not_over(self, now: datetime) -> list[Session]:
        """What is or was still to come."""
        return [each for each in self.sessions if each.ends_at > now]

    def entry(self, session: Session, *, url: str = "") -> Entry:
        """A session for a calendar."""
        return Entry(
            uid=f"{session.uid}@{urlsplit(settings.BASE_URL).hostname}",
            sequence=session.sequence,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            summary=self.course,
            language=self.course_language,
            location=where(session, self.language),
            url=url,
            is_cancelled=session.cancelled_at is not None,
        )


def facts_of(offering: Offering, language: str) -> Facts:
    """Read them: three queries."""
    course, course_language = title_of(offering, language)
    return Facts(
        language=language if language in LANGUAGES else DEFAULT,
        course=course,
        course_language=course_language,
        group=offering.name,
        organizer=Address(settings.DEFAULT_FROM_EMAIL, offering.course.organisation.name),
        sessions=tuple(offering.sessions.select_related("municipality").order_by("starts_at")),
    )


def title_of(offering: Offering, language: str) -> tuple[str, str]:
    """What the course is called on its page, and in which language: in the one that is asked for,
    else in any, else at its desk."""
    pages = offering.course.pages.filter(live=True).order_by("locale__language_code")
    titles = dict(pages.values_list("locale__language_code", "title"))
    if language in titles:
        return titles[language], language
    desk = (offering.course.text_language, offering.course.title)
    other, title = next(iter(titles.items()), desk)
    return title, other


def told(sessions: Iterable[Session], language: str) -> list[dict[str, Any]]:
    """Sessions for a mail's template."""
    return [
        {
            "when": format_span(each.starts_at, each.ends_at),
            "is_remote": each.is_remote,
            "where": where(each, language),
        }
        for each in sessions
    ]


def where(session: Any, language: str) -> str:
    """Where a session, or what one was before a change, is held, in one line."""
    with translation.override(language if language in LANGUAGES else DEFAULT):
        if session.is_remote:
            return fallback.say("Remotely").text
        municipality = getattr(session, "municipality", None)
        town = label("municipality", municipality.code).text if municipality else ""
    known = town and town.casefold() not in session.place.casefold()
    return ", ".join([session.place, town] if known else [session.place])
