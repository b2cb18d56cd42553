"""What a list shows of an entry, and the direct actions an entry offers.

Nothing here knows the `Entry` model: anything with its attributes will do, so that a preview of a
draft looks as the published page will. Everything a reader sees is a `Phrase`, a text with its
language, and templates mark what is not in hers.

Amber, the colour of a lit window, is given only to a channel where a person answers, and only
while its hours say so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from site_core.dates import format_date, local_day
from site_core.languages.fallback import Phrase, active_language, say
from site_core.languages.registry import LANGUAGES
from site_core.pages.enrolment import OPEN, enrolment
from site_core.pages.hours import OpenState, hours_state
from site_core.pages.icons import CHANNEL_ICONS
from site_core.pages.spoken_hours import Openness, openness, say_moment
from site_core.taxonomy.labels import label

HoursState = Callable[[dict[str, Any], datetime], OpenState]
Spans = tuple[tuple[int, int], ...]
"""Places in a text in code points, each end exclusive; in order, none overlapping."""

ANSWERED: Final = frozenset({"phone", "chat", "video", "sms", "in_person", "service_point"})
"""Channels where a person answers: only these can be lit."""

NUMBERED: Final = frozenset({"phone", "sms"})
TOLD: Final = frozenset({"email", "printable_form", "in_person", "service_point", "home_visit"})
"""Channels whose address, form or number is told below the verb."""

LINK_SCHEMES: Final = frozenset({"http", "https", "tel", "sms", "mailto"})
FACTS_SHOWN: Final = 2
UNBREAKABLE: Final = "\N{NO-BREAK SPACE}"

VERBS: Final[dict[str, str]] = {
    "video": gettext_noop("Join by video"),
    "chat": gettext_noop("Open the chat"),
    "web_form": gettext_noop("Fill in the form"),
    "e_service": gettext_noop("Use the e-service"),
    "calculator": gettext_noop("Open the calculator"),
    "phone": gettext_noop("Call %(number)s"),
    "sms": gettext_noop("Send a text message to %(number)s"),
    "email": gettext_noop("Write an e-mail"),
    "printable_form": gettext_noop("Print the form"),
    "in_person": gettext_noop("Visit"),
    "service_point": gettext_noop("Visit a service point"),
    "home_visit": gettext_noop("Ask for a home visit"),
}

KIND_NAMES: Final[dict[str, str]] = {
    "service": gettext_noop("Service"),
    "activity": gettext_noop("Recurring activity"),
    "event": gettext_noop("Event"),
    "volunteer": gettext_noop("Volunteer task"),
    "training": gettext_noop("Training"),
    "news": gettext_noop("News item"),
    "organisation": gettext_noop("Organisation"),
    "service_point": gettext_noop("Service point"),
    "page": gettext_noop("Page"),
    "portal": gettext_noop("Page"),
}

DESCRIBED_IN: Final[dict[str, str]] = {
    "fi": gettext_noop("Described in Finnish"),
    "sv": gettext_noop("Described in Swedish"),
    "se": gettext_noop("Described in Northern Sámi"),
    "smn": gettext_noop("Described in Inari Sámi"),
    "sms": gettext_noop("Described in Skolt Sámi"),
}

COVERAGE_NAMES: Final[dict[str, str]] = {
    "all_lapland": gettext_noop("The whole of Lapland"),
    "whole_country": gettext_noop("The whole country"),
    "remote": gettext_noop("Remotely, wherever you are"),
}


class EntryLike(Protocol):
    """The attributes of a published entry that cards and detail pages read."""

    key: Any
    language: str
    kind: str
    path: str
    texts: dict[str, list[str]]
    organisation_name: str
    organisation_key: Any
    coverage: str
    channels: list[dict[str, Any]]
    facts: dict[str, Any]
    picture: dict[str, Any] | None
    starts_at: datetime | None
    last_confirmed: Any
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Action:
    """One direct action. `href` is empty where there is only a place to go to.

    `details` are short sentences below the verb; `openness` says when somebody answers.
    """

    id: str
    kind: str
    icon: str
    verb: Phrase
    href: str
    details: tuple[Phrase, ...] = ()
    openness: Openness | None = None
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One item of a facts line: words, shown with commas between, beside an icon or a window."""

    words: tuple[Phrase, ...]
    icon: str = ""
    openness: Openness | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """Where a card shows the words that were looked for.

    `excerpt` is a sentence that holds them where neither title nor summary does.
    """

    title: Spans = ()
    summary: Spans = ()
    excerpt: Phrase | None = None
    in_excerpt: Spans = ()

    def __bool__(self) -> bool:
        return bool(self.title or self.summary or self.in_excerpt)


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in a list. `described_in` is set where its text is not in the reader's language.

    `met` is empty but in answers to a query.
    """

    url: str
    kind: Phrase
    title: Phrase
    by: str
    summary: Phrase | None
    described_in: Phrase | None
    facts: tuple[Fact, ...]
    action: Action | None
    picture: dict[str, Any] | None
    date: str
    date_iso: str
    met: Met = Met()

    @property
    def lit(self) -> bool:
        """Whether somebody answers at the card's own action right now."""
        return self.action is not None and self.action.lit


def card(
    entry: EntryLike,
    language: str,
    now: datetime,
    *,
    met: Met | None = None,
    hours_state: HoursState = hours_state,
) -> Card:
    """Build the card of an entry for a reader of `language` at `now` (an aware time)."""
    offered = actions(entry, now, hours_state=hours_state)
    published = day_shown(entry) if entry.kind == "news" else None
    return Card(
        url=entry_url(entry, language),
        kind=kind_name(entry.kind),
        title=text_of(entry, "title", language) or Phrase("", None),
        by=entry.organisation_name if entry.kind != "organisation" else "",
        summary=text_of(entry, "summary", language),
        described_in=described_in(entry, language),
        facts=tuple(_facts(entry, offered, now)),
        action=_main_action(offered),
        picture=entry.picture,
        date=format_date(published) if published else "",
        date_iso=published.isoformat() if published else "",
        met=met or Met(),
    )


def actions(
    entry: EntryLike, now: datetime, *, hours_state: HoursState = hours_state
) -> list[Action]:
    """All direct actions of an entry, in its own order but those with someone there now first."""
    found = [_action(channel, now, hours_state) for channel in entry.channels]
    sign_up = enrolment(entry, active_language(), now)
    if sign_up and sign_up.state == OPEN:
        found.append(Action("sign-up", "sign_up", "form", say("Sign up"), sign_up.url))
    return sorted(found, key=lambda action: not action.lit)


def entry_url(entry: EntryLike, language: str) -> str:
    """The address that fits the reader: the page in her language, else her view of the entry."""
    if entry.language == language:
        return entry.path
    return f"/{language}/e/{entry.key}/"


def text_of(entry: EntryLike, field: str, language: str) -> Phrase | None:
    """One text of an entry, or None where it has none."""
    return phrase(entry.texts.get(field), language)


def phrase(marked: list[str] | None, language: str) -> Phrase | None:
    """A stored `[text, language]` pair as a phrase for a reader of `language`."""
    if not marked or not marked[0]:
        return None
    text, written_in = marked
    return Phrase(text, None if written_in == language else written_in)


def day_shown(entry: EntryLike) -> date | None:
    """The day a news item bears, else the day the entry was first published in Helsinki."""
    if entry.facts.get("date"):
        return date.fromisoformat(entry.facts["date"])
    return local_day(entry.published_at) if entry.published_at else None


def kind_name(kind: str) -> Phrase:
    """What kind of thing it is, in a word."""
    return say(KIND_NAMES[kind])


def described_in(entry: EntryLike, language: str) -> Phrase | None:
    """The language of the description where it is not the reader's, else None.

    Where the sentence does not exist in the reader's language, the name of the language may.
    """
    title = entry.texts.get("title") or ["", entry.language]
    if title[1] == language:
        return None
    told = say(DESCRIBED_IN[title[1]])
    return told if told.lang is None else say(LANGUAGES[title[1]].name)


def service_languages(entry: EntryLike) -> dict[str, list[Phrase]]:
    """Languages one is served in, by code and in order, each with the notes its channels give."""
    found: dict[str, list[Phrase]] = {code: [] for code in entry.facts.get("languages") or []}
    for channel in entry.channels:
        for given in channel.get("languages") or []:
            notes = found.setdefault(given["code"], [])
            if given.get("note"):
                notes.append(Phrase(*given["note"]))
    return found


def service_language(code: str) -> Phrase:
    """A language of service by its own name, or by its label where it is not one of the five."""
    if code in LANGUAGES:
        return Phrase(LANGUAGES[code].own_name, code)
    return label("ServiceLanguage", code)


def coverage_names(entry: EntryLike, limit: int = FACTS_SHOWN) -> tuple[Phrase, ...]:
    """Where the entry serves: its area in a phrase, or its municipalities up to `limit`."""
    if entry.coverage in COVERAGE_NAMES:
        return (say(COVERAGE_NAMES[entry.coverage]),)
    codes = entry.facts.get("municipalities") or []
    if len(codes) > limit:
        count = len(codes)
        return (say("%(count)s municipality", plural="%(count)s municipalities", count=count),)
    return tuple(label("Municipality", code) for code in codes)


def safe_href(href: str) -> str:
    """The address if a reader may follow it, else nothing: a site path, web, phone or mail."""
    scheme = urlsplit(href).scheme.lower()
    is_path = not scheme and href.startswith("/") and not href.startswith("//")
    return href if is_path or scheme in LINK_SCHEMES else ""


def _action(channel: dict[str, Any], now: datetime, hours_state: HoursState) -> Action:
    kind = channel["kind"]
    hours = channel.get("hours")
    state = openness(hours_state(hours, now), now) if hours else None
    return Action(
        id=channel.get("id") or "",
        kind=kind,
        icon=CHANNEL_ICONS[kind],
        verb=_verb(channel),
        href=safe_href(channel.get("href") or ""),
        details=tuple(_details(channel)),
        openness=state,
        lit=bool(state and state.open and kind in ANSWERED),
    )


def _verb(channel: dict[str, Any]) -> Phrase:
    """What to press: the organisation's own words or the usual ones, a number always with them."""
    own = Phrase(*channel["label"]) if channel.get("label") else None
    if channel["kind"] not in NUMBERED:
        return own or say(VERBS[channel["kind"]])
    number = (channel.get("value") or "").replace(" ", UNBREAKABLE)
    if own:
        return Phrase(f"{own.text}: {number}", own.lang)
    return say(VERBS[channel["kind"]], number=number)


def _details(channel: dict[str, Any]) -> Iterable[Phrase]:
    """What stands below the verb: where, what is good to know, what it costs."""
    if channel.get("value") and channel["kind"] in TOLD:
        yield Phrase(channel["value"], None)
    if channel.get("sign_in") == "strong":
        yield say("You identify yourself with bank codes or a mobile certificate")
    for name in ("note", "cost"):
        if channel.get(name):
            text, language = channel[name]
            yield Phrase(text.rstrip("."), language)


def _main_action(offered: Iterable[Action]) -> Action | None:
    """The one action of a card: the first that leads somewhere; lit ones come first."""
    return next((action for action in offered if action.href), None)


def _facts(entry: EntryLike, offered: list[Action], now: datetime) -> Iterable[Fact]:
    """The facts line: open state, next time, ways, languages, area, price; none is repeated."""
    if entry.kind == "news":
        return
    state = next((action.openness for action in offered if action.openness), None)
    if state:
        yield Fact((state.words,), openness=state)
    if entry.starts_at and entry.starts_at >= now:
        yield Fact((say_moment(_starts(entry.kind), entry.starts_at),), icon="cal")
    kinds = dict.fromkeys(action.kind for action in offered if action.kind in CHANNEL_ICONS)
    for kind in list(kinds)[:FACTS_SHOWN]:
        yield Fact((label("Channel", kind),), icon=CHANNEL_ICONS[kind])
    languages = tuple(service_language(code) for code in service_languages(entry))
    if languages:
        yield Fact(languages, icon="speech")
    area = coverage_names(entry)
    if area:
        yield Fact(area, icon="point")
    if entry.facts.get("price") == "free":
        yield Fact((say("Free of charge"),))


def _starts(kind: str) -> str:
    if kind in {"event", "training"}:
        return gettext_noop("Starts %(weekday)s %(date)s at %(time)s")
    return gettext_noop("Next %(weekday)s %(date)s at %(time)s")
