"""What the page of a service point shows beside its entry: the place, and what lies round it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from search.entries.querysets import filed_under
from search.models import Entry
from services.point_words import ACCESS, DEVICES, HELP, HELP_ICONS
from site_core.languages.fallback import Phrase, say
from site_core.pages.cards import Action, actions, entry_url, phrase, text_of
from site_core.pages.detail import WHEN, FactRow, Step, detail
from site_core.pages.distance import nearest
from site_core.pages.jsonld import opening_hours, schema_of
from site_core.pages.moments import next_start
from site_core.pages.spoken_hours import Openness, say_moment
from site_core.pages.whereabouts import whereabouts
from site_core.taxonomy.labels import label

VISITED: Final = ("in_person", "service_point")
"""Channels that are the place itself; the others are ways to book."""

JOINED_BY: Final = ("video", "web_form", "e_service")
JOINED_KINDS: Final = ("service", "activity", "event")
JOINED_SHOWN: Final = 8
NEAR_SHOWN: Final = 3
YES: Final = gettext_noop("Yes, when booking and at the point")


@dataclass(frozen=True, slots=True)
class Joinable:
    """Something one can take part in from the point, and when or how."""

    title: Phrase
    url: str
    when: Phrase | None


@dataclass(frozen=True, slots=True)
class NearPoint:
    """Another point, with whole kilometres as the crow flies."""

    name: Phrase
    url: str
    kilometres: int


@dataclass(frozen=True, slots=True)
class PointView:
    """The parts of the page that only a service point has."""

    openness: Openness | None
    bookings: tuple[Action, ...]
    places: tuple[Action, ...]
    booking: Phrase | None
    access: tuple[Phrase, ...]
    access_note: Phrase | None
    help: tuple[Step, ...]
    facts: tuple[FactRow, ...]
    joinable: tuple[Joinable, ...]
    near: tuple[NearPoint, ...]


def point_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """The point's own view. One query finds the other points and what can be joined from here."""
    others = list(_around(entry, language, now))
    found = actions(entry, now)
    places = tuple(action for action in found if action.kind in VISITED)
    joined = [other for other in others if other.kind != entry.kind]
    points = [other for other in others if other.kind == entry.kind]
    view = PointView(
        openness=_openness(places) or _openness(found),
        bookings=tuple(action for action in found if action.kind not in VISITED),
        places=places,
        booking=phrase(entry.facts.get("booking"), language),
        access=_in_words(entry.facts.get("access"), ACCESS),
        access_note=phrase(entry.facts.get("access_note"), language),
        help=tuple(
            Step(HELP_ICONS[code], say(HELP[code]))
            for code in entry.facts.get("help") or []
            if code in HELP
        ),
        facts=tuple(_facts(entry, language, now)),
        joinable=tuple(_joinable(other, language, now) for other in joined),
        near=tuple(_near(entry, points, language)),
    )
    return {"point": view}


def point_schema(entry: Entry, url: str) -> dict[str, Any]:
    """A service point as schema.org has a Place, with its hours."""
    at = entry.facts.get("at")
    visits = [channel for channel in entry.channels if channel["kind"] in VISITED]
    phones = [channel["value"] for channel in entry.channels if channel["kind"] == "phone"]
    return schema_of(
        "Place",
        entry,
        url,
        address=next((channel["value"] for channel in visits if channel.get("value")), None),
        telephone=phones[0] if phones else None,
        geo=at and {"@type": "GeoCoordinates", "latitude": at[0], "longitude": at[1]},
        openingHoursSpecification=[
            row for channel in visits for row in opening_hours(channel.get("hours"))
        ],
        isAccessibleForFree=True,
        publicAccess=True,
    )


def _around(entry: Entry, language: str, now: datetime) -> Any:
    """All other points, and the first few things to join: those with a coming time first."""
    here = entry.facts.get("municipalities") or []
    joinable = (
        Q(kind__in=JOINED_KINDS)
        & Q(filed_under("channel", JOINED_BY))
        & Q(filed_under("municipality", here))
    )
    coming = Case(When(starts_at__gt=now, then=F("starts_at")))
    return (
        Entry.objects.public(now)
        .for_audience()
        .shown_in(language, now)
        .filter(Q(kind=entry.kind) | joinable)
        .exclude(key=entry.key)
        .numbered(
            Case(When(kind=entry.kind, then=Value("point")), default=Value("joinable")),
            [coming.asc(nulls_last=True), F("sort_key")],
        )
        .filter(Q(group="point") | Q(number__lte=JOINED_SHOWN))
        .order_by("group", "number")
    )


def _openness(found: Iterable[Action]) -> Openness | None:
    return next((action.openness for action in found if action.openness), None)


def _in_words(codes: Iterable[str] | None, words: Mapping[str, str]) -> tuple[Phrase, ...]:
    return tuple(say(words[code]) for code in codes or [] if code in words)


def _facts(entry: Entry, language: str, now: datetime) -> Iterable[FactRow]:
    """The facts every entry has, with the point's own before the last, the day of confirmation."""
    rows = list(detail(entry, language, now).facts)
    last = [rows.pop()] if rows and rows[-1].date_iso else []
    yield from rows
    role, email = phrase(entry.facts.get("contact_role"), language), _email(entry)
    if role or email:
        yield FactRow(
            name=say("Contact person"),
            values=(role or email,),
            url=f"mailto:{email.text}" if email else "",
            small=(email,) if role and email else (),
        )
    devices = _in_words(entry.facts.get("devices"), DEVICES)
    if devices:
        yield FactRow(say("Devices"), devices)
    if entry.facts.get("pseudonym"):
        yield FactRow(say("With a made-up name"), (say(YES),))
    yield from last


def _email(entry: Entry) -> Phrase | None:
    address = entry.facts.get("contact_email")
    return Phrase(address, None) if address else None


def _joinable(entry: Entry, language: str, now: datetime) -> Joinable:
    """Its next time if it has one, else when somebody answers, else by what one joins."""
    start = next_start(entry, now)
    remote = [action for action in actions(entry, now) if action.kind in JOINED_BY]
    if start and start >= now:
        when: Phrase | None = say_moment(WHEN, start)
    else:
        openness = _openness(remote)
        kinds = [label("Channel", action.kind) for action in remote]
        when = openness.words if openness else next(iter(kinds), None)
    return Joinable(
        text_of(entry, "title", language) or Phrase("", None), entry_url(entry, language), when
    )


def _near(entry: Entry, points: Iterable[Entry], language: str) -> Iterable[NearPoint]:
    origin = whereabouts(entry)
    if origin is None:
        return
    placed = [(point, place) for point in points if (place := whereabouts(point))]
    for point, kilometres in nearest(origin, placed, NEAR_SHOWN):
        name = text_of(point, "title", language) or Phrase("", None)
        yield NearPoint(name, entry_url(point, language), kilometres)
