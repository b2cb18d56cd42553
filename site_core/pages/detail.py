"""What the page of an entry shows: its parts in words for one reader, ready for the template.

It reads an entry alone, as `cards` does, so the published page and the preview of a draft are the
same. Nothing is fetched but the labels of the vocabularies, which are kept in the process.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_noop

from site_core.dates import EN_DASH, format_date, format_span, format_time, local_day
from site_core.languages.fallback import Phrase, language_phrase, say
from site_core.languages.registry import LANGUAGES
from site_core.pages.cards import (
    Action,
    EntryLike,
    actions,
    coverage_names,
    day_shown,
    described_in,
    kind_name,
    phrase,
    service_language,
    service_languages,
    text_of,
)
from site_core.pages.enrolment import Enrolment, enrolment
from site_core.pages.recurrence import Recurrence, occurrences
from site_core.pages.spoken_hours import HoursView, hours_view, say_moment
from site_core.taxonomy.labels import label

TIMES_SHOWN: Final = 6
TIMES_AHEAD: Final = timedelta(days=190)
WHEN: Final = gettext_noop("%(weekday)s %(date)s at %(time)s")
RECORDING: Final[dict[str, str]] = {
    "none": gettext_noop("Not recorded"),
    "participants": gettext_noop("Recorded for participants"),
    "public": gettext_noop("Recorded for everyone"),
}
PRICES: Final[dict[str, str]] = {
    "free": gettext_noop("Free of charge"),
    "paid": gettext_noop("Costs something"),
}
ELECTRONIC: Final = frozenset({"video", "chat", "web_form", "e_service", "calculator"})
REMOTE_KINDS: Final = frozenset({"video", "chat", "phone", "web_form", "e_service", "sms"})
JOINED_BY_LINK: Final = frozenset({"video", "chat", "web_form", "e_service"})
PLACES: Final = frozenset({"organisation", "service_point"})
"""Kinds whose telephone is a way to them, no remote service of its own."""

ORGANISATION_KINDS: Final[dict[str, str]] = {
    "association": gettext_noop("Association"),
    "firm": gettext_noop("Firm"),
    "municipality": gettext_noop("Municipality"),
    "joint_authority": gettext_noop("Joint authority"),
    "wellbeing_county": gettext_noop("Wellbeing services county"),
    "state": gettext_noop("State authority"),
    "informal_group": gettext_noop("Informal group"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """Kind or state in a word."""

    words: Phrase
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to know or have before one starts."""

    icon: str
    words: Phrase


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its name: its values, a link for the first, small print below."""

    name: Phrase
    values: tuple[Phrase, ...]
    url: str = ""
    small: tuple[Phrase, ...] = ()
    date_iso: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """A table of hours and the channels that keep them."""

    titles: tuple[Phrase, ...]
    view: HoursView


@dataclass(frozen=True, slots=True)
class Time:
    """One time to take part: when, machine-readable too, where, and whether it was cancelled.

    `url` leads to the place where it is one of the portal's service points.
    """

    words: Phrase
    iso: str
    where: Phrase | None = None
    cancelled: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A parallel group of a course with its times."""

    name: Phrase | None
    times: tuple[Time, ...]

    @property
    def has_places(self) -> bool:
        """Whether any time names its place."""
        return any(time.where for time in self.times)


@dataclass(frozen=True, slots=True)
class Language:
    """A language one is served in, and what is said about it."""

    name: Phrase
    told: Phrase | None
    notes: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the page of an entry shows. `notice_language` is set where the text falls back.

    `points` is the query of a listing of service points where it can be used, or nothing.
    """

    kind: str
    tags: tuple[Tag, ...]
    title: Phrase
    short: Phrase | None
    summary: Phrase | None
    alert: Phrase | None
    body: Phrase | None
    notice_language: Phrase | None
    actions: tuple[Action, ...]
    steps: tuple[Step, ...]
    hours: tuple[Hours, ...]
    groups: tuple[Group, ...]
    enrolment: Enrolment | None
    served_in: tuple[Phrase, ...]
    languages: tuple[Language, ...]
    referral: tuple[FactRow, ...]
    facts: tuple[FactRow, ...]
    picture: dict[str, Any] | None
    points: str
    byline: str
    published: str
    published_iso: str


def detail(entry: EntryLike, language: str, now: datetime) -> Detail:
    """Build the page of an entry for a reader of `language` at `now` (an aware time)."""
    published = day_shown(entry)
    return Detail(
        kind=entry.kind,
        tags=tuple(_tags(entry)),
        title=text_of(entry, "title", language) or Phrase("", None),
        short=text_of(entry, "short", language),
        summary=text_of(entry, "summary", language),
        alert=phrase(entry.facts.get("alert"), language),
        body=text_of(entry, "body", language),
        notice_language=_notice(entry, language),
        actions=tuple(actions(entry, now)),
        steps=tuple(_steps(entry, language)),
        hours=tuple(_hours(entry, now)),
        groups=tuple(_groups(entry, language, now)),
        enrolment=enrolment(entry, language, now),
        served_in=_served_in(entry),
        languages=tuple(_languages(entry)),
        referral=tuple(_referral(entry, language)),
        facts=tuple(_facts(entry, language)),
        picture=entry.picture,
        points=_points(entry),
        byline=entry.facts.get("byline") or "",
        published=format_date(published) if published else "",
        published_iso=published.isoformat() if published else "",
    )


def _notice(entry: EntryLike, language: str) -> Phrase | None:
    """Name of the language the main text is in, where that is not the reader's."""
    shown = entry.texts.get("body") or entry.texts.get("title")
    if shown is None or shown[1] == language:
        return None
    return described_in(entry, language) or language_phrase(shown[1])


def _points(entry: EntryLike) -> str:
    """Where one can join with help: the points of the entry's municipalities, or all of them."""
    by_link = any(channel["kind"] in JOINED_BY_LINK for channel in entry.channels)
    if entry.kind in PLACES or not (by_link or entry.facts.get("remote")):
        return ""
    places = [("municipality", code) for code in entry.facts.get("municipalities") or []]
    return urlencode([("kind", "service_point"), *places])


def _tags(entry: EntryLike) -> Iterable[Tag]:
    yield Tag(kind_name(entry.kind))
    by_channel = any(channel["kind"] in REMOTE_KINDS for channel in entry.channels)
    if entry.facts.get("remote") or (by_channel and entry.kind not in PLACES):
        yield Tag(say("Remotely"), icon="video")
    if entry.facts.get("price") == "free":
        yield Tag(say("Free of charge"))


def _steps(entry: EntryLike, language: str) -> Iterable[Step]:
    """What to know first; each thing once, however many channels say it."""
    channels = entry.channels
    if any(channel.get("anonymous") for channel in channels):
        yield Step("person", say("You do not have to give your name."))
    sign_ins = {channel.get("sign_in") for channel in channels if channel["kind"] in ELECTRONIC}
    if sign_ins == {"none"}:
        yield Step("check", say("You do not have to log in."))
    elif "light" in sign_ins:
        yield Step("key", say("You log in with a user name and a password."))
    needs = dict.fromkeys(tuple(channel["device"]) for channel in channels if channel.get("device"))
    for need in needs:
        words = phrase(list(need), language)
        if words:
            yield Step("device", words)
    before = phrase(entry.facts.get("prerequisites"), language)
    if before:
        yield Step("info", before)
    if entry.facts.get("confidential"):
        yield Step("shield", say("The address is secret. Make contact first."))


def _hours(entry: EntryLike, now: datetime) -> Iterable[Hours]:
    """One table for all channels that keep the same hours."""
    titles: list[tuple[dict[str, Any], list[Phrase]]] = []
    for channel in entry.channels:
        hours = channel.get("hours")
        if not hours:
            continue
        own = channel.get("label")
        title = Phrase(*own) if own else label("Channel", channel["kind"])
        same = next((found for kept, found in titles if kept == hours), None)
        if same is None:
            titles.append((hours, [title]))
        else:
            same.append(title)
    for hours, found in titles:
        yield Hours(tuple(found), hours_view(hours, now))


def _groups(entry: EntryLike, language: str, now: datetime) -> Iterable[Group]:
    """The groups of a course with their sessions, or the next times of an activity or event."""
    for offering in entry.facts.get("offerings") or []:
        yield Group(
            name=Phrase(offering["name"], None) if offering.get("name") else None,
            times=tuple(_session(session, language) for session in offering["sessions"]),
        )
    times = list(_next_times(entry.facts.get("occurrences") or [], now))
    if times:
        yield Group(name=None, times=tuple(times))


def _session(session: dict[str, Any], language: str) -> Time:
    starts, ends = _moment(session["start"]), _moment(session["end"])
    if session.get("remote"):
        where = say("Remotely")
    elif session.get("place"):
        where = Phrase(session["place"], None)
    else:
        where = None
    cancelled = bool(session.get("cancelled"))
    url = f"/{language}/e/{session['point']}/" if session.get("point") else ""
    return Time(span_words(starts, ends), session["start"], where, cancelled, url)


def _next_times(rows: list[dict[str, Any]], now: datetime) -> Iterable[Time]:
    found = []
    for row in rows:
        recurrence = Recurrence(_moment(row["start"]), _moment(row["end"]), row.get("rule") or "")
        found += occurrences(recurrence, now, now + TIMES_AHEAD, limit=TIMES_SHOWN)
    for one in islice(sorted(found, key=lambda one: one.starts), TIMES_SHOWN):
        yield Time(span_words(one.starts, one.ends), one.starts.isoformat())


def span_words(starts: datetime, ends: datetime) -> Phrase:
    """A time to take part: weekday, day, start and end; more than a day is written in full."""
    if local_day(starts) != local_day(ends):
        return Phrase(format_span(starts, ends), None)
    words = say_moment(WHEN, starts)
    return Phrase(f"{words.text}{EN_DASH}{format_time(ends)}", words.lang)


def _served_in(entry: EntryLike) -> tuple[Phrase, ...]:
    return tuple(service_language(code) for code in service_languages(entry))


def _languages(entry: EntryLike) -> Iterable[Language]:
    """Each language of service with what is said about it; nothing where nothing is said."""
    served = service_languages(entry)
    if not any(served.values()):
        return
    for code, notes in served.items():
        own = service_language(code)
        told = say(LANGUAGES[code].name) if code in LANGUAGES and own.lang else None
        yield Language(
            name=own,
            told=told if told and told.text != own.text else None,
            notes=tuple(dict.fromkeys(notes)),
        )


def _referral(entry: EntryLike, language: str) -> Iterable[FactRow]:
    told = entry.facts.get("referral") or {}
    names = {
        "for": gettext_noop("Whom you can refer"),
        "how": gettext_noop("How to refer"),
        "reply": gettext_noop("When you get a reply"),
    }
    for field, name in names.items():
        words = phrase(told.get(field), language)
        if words:
            yield FactRow(say(name), (words,))


def _facts(entry: EntryLike, language: str) -> Iterable[FactRow]:
    """Who, for whom, where, price and when the facts were confirmed."""
    facts = entry.facts
    if facts.get("organisation_kind") in ORGANISATION_KINDS:
        kind = ORGANISATION_KINDS[facts["organisation_kind"]]
        yield FactRow(say("Type of organisation"), (say(kind),))
    elif entry.organisation_name:
        linked = entry.organisation_key and getattr(entry, "owner_is_public", True)
        url = f"/{language}/e/{entry.organisation_key}/" if linked else ""
        name = Phrase(entry.organisation_name, None)
        news = entry.kind == "news"
        yield FactRow(say("Published by") if news else say("Arranged by"), (name,), url=url)
    groups = tuple(label("TargetGroup", code) for code in facts.get("groups") or [])
    if groups:
        yield FactRow(say("For whom"), groups)
    served = service_languages(entry)
    if served and not any(served.values()):
        yield FactRow(say("Languages"), _served_in(entry))
    area = coverage_names(entry, limit=len(facts.get("municipalities") or []))
    if area:
        yield FactRow(say("Where"), area)
    yield from _price(facts, language)
    if facts.get("recording") in RECORDING:
        yield FactRow(say("Is it recorded?"), (say(RECORDING[facts["recording"]]),))
    if facts.get("website"):
        site = Phrase(facts["website"].split("://")[-1].rstrip("/"), None)
        yield FactRow(say("Website"), (site,), url=facts["website"])
    if entry.last_confirmed and entry.kind != "news":
        yield _confirmed(entry.last_confirmed)


def _price(facts: dict[str, Any], language: str) -> Iterable[FactRow]:
    price = facts.get("price")
    note = facts.get("price_note")
    told = say(PRICES[price]) if price in PRICES else None
    small = [phrase(note, language)] if note else []
    if facts.get("voucher"):
        small.append(say("You can pay with a service voucher."))
    if told or small:
        values = (told,) if told else (small.pop(0),)
        yield FactRow(say("Price"), values, small=tuple(small))


def _confirmed(day: date | str) -> FactRow:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    words = Phrase(format_date(day), None)
    return FactRow(say("Facts confirmed"), (words,), date_iso=day.isoformat())


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)
