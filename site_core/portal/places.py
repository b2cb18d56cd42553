"""What the page of a municipality shows: counts, cards, points, what is coming, news."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, Count, F, Q, Value, When
from django.http import HttpRequest

from search.entries.querysets import EntryQuerySet, filed_under
from search.models import Entry, EntryFacet
from site_core.languages.fallback import Phrase, say
from site_core.pages.cards import actions, card, entry_url, phrase, text_of
from site_core.pages.detail import REMOTE_KINDS, WHEN
from site_core.pages.distance import kilometres
from site_core.pages.moments import next_start
from site_core.pages.spoken_hours import Openness, say_moment
from site_core.pages.whereabouts import whereabouts
from site_core.taxonomy.labels import label, labels_for
from site_core.taxonomy.places import neighbours, seat

from .ways import (
    SERVICES,
    WayIn,
    counts_of_services,
    municipalities,
    offered,
    page_addresses,
    topics,
)

ON_THE_SPOT: Final = ("in_person", "service_point", "home_visit")
SAMI: Final = ("se", "smn", "sms")
COMING: Final = ("event", "activity", "training")
SHOWN: Final = {"services": 6, "points": 12, "coming": 6, "news": 4}
"""How many of each group one statement brings."""


@dataclass(frozen=True, slots=True)
class PointRow:
    """A service point: whether it is open, and how far from the centre; 0 for the place's own."""

    name: Phrase
    url: str
    openness: Openness | None
    kilometres: int


@dataclass(frozen=True, slots=True)
class ComingRow:
    """Something that begins at a time."""

    title: Phrase
    url: str
    when: Phrase
    iso: str
    remote: bool


def municipality_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """Three queries: totals, counts by situation and neighbour, and all that is listed."""
    code = entry.facts["code"]
    serving = _serving(language, now).filter(filed_under("municipality", [code]))
    totals = _totals(serving)
    counts = _counts(serving, _serving(language, now), code)
    groups = _groups(code, language, now)
    return {
        "current": "municipality",
        "code": code,
        "names": _names(entry, code),
        "intro": phrase(entry.texts.get("short"), language),
        "phone_note": phrase(entry.facts.get("phone_note"), language),
        "total": totals["total"],
        "remote": totals["remote"],
        "ways": list(_ways(code, totals, counts)),
        "near": bool(counts["municipality"]),
        "situations": _situations(code, counts),
        "cards": [card(found, language, now) for found in groups["services"]],
        "all_url": offered(municipality=[code]),
        "points": _points(code, groups["points"], language, now),
        "coming": [_coming(found, language, now) for found in groups["coming"]],
        "news": [card(found, language, now) for found in groups["news"]],
    }


def municipality_index_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """All municipalities with their counts: three queries."""
    counts, addresses = counts_of_services(language, now), page_addresses(language, now)
    return {
        "current": "municipality",
        "municipalities": municipalities(counts, addresses, language),
    }


def topic_index_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """All life situations and themes that something answers, with their counts: three queries."""
    counts, addresses = counts_of_services(language, now), page_addresses(language, now)
    return {
        "situations": topics("situation", counts, addresses),
        "themes": topics("theme", counts, addresses),
    }


def _serving(language: str, now: datetime) -> EntryQuerySet:
    """Services and activities for residents, each once."""
    entries = Entry.objects.public(now).for_audience().shown_in(language, now)
    return entries.filter(kind__in=SERVICES)


def _totals(serving: EntryQuerySet) -> dict[str, int]:
    marked = serving.annotate(
        is_remote=filed_under("channel", REMOTE_KINDS),
        is_here=filed_under("channel", ON_THE_SPOT),
        is_sami=filed_under("language", SAMI),
    )
    return marked.aggregate(
        total=Count("pk"),
        remote=Count("pk", filter=Q(is_remote=True)),
        here=Count("pk", filter=Q(is_here=True)),
        sami=Count("pk", filter=Q(is_sami=True)),
    )


def _counts(
    serving: EntryQuerySet, everywhere: EntryQuerySet, code: str
) -> Mapping[str, dict[str, int]]:
    """How many serve each situation here, and how many each neighbour has on the spot."""
    near = everywhere.filter(filed_under("channel", ON_THE_SPOT))
    rows = (
        EntryFacet.objects.filter(
            Q(facet="situation", entry__in=serving.values("pk"))
            | Q(facet="municipality", code__in=neighbours(code), entry__in=near.values("pk"))
        )
        .values_list("facet", "code")
        .annotate(Count("entry"))
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for facet, each, count in rows:
        found[facet][each] = count
    return found


def _groups(code: str, language: str, now: datetime) -> dict[str, list[Entry]]:
    """The first few services, points, coming times and news that concern the place."""
    here = filed_under("municipality", [code])
    near = Q(kind="service_point") & Q(filed_under("municipality", [code, *neighbours(code)]))
    group = Case(
        When(kind="service_point", then=Value("points")),
        When(kind="news", then=Value("news")),
        When(kind__in=COMING, starts_at__gt=now, then=Value("coming")),
        default=Value("services"),
    )
    order = [
        Case(When(group="coming", then=F("starts_at"))).asc(nulls_last=True),
        Case(When(group__in=("services", "points"), then=F("distance")), default=0),
        Case(When(group="news", then=F("published_at"))).desc(nulls_last=True),
        F("sort_key"),
    ]
    many = [Q(group=name, number__lte=limit) for name, limit in SHOWN.items()]
    found = (
        Entry.objects.public(now)
        .for_audience()
        .shown_in(language, now)
        .filter(near | Q(kind__in=(*SERVICES, "training", "news")) & Q(here))
        .nearest_to(code)
        .numbered(group, order)
        .filter(many[0] | many[1] | many[2] | many[3])
        .order_by("number")
    )
    groups: dict[str, list[Entry]] = {name: [] for name in SHOWN}
    for entry in found:
        groups[entry.group].append(entry)
    return groups


def _names(entry: Entry, code: str) -> list[Phrase]:
    """What else the place is called: in the Sámi languages, and in Finnish."""
    names = labels_for("Municipality").get(code, {})
    wanted = [name for name in (*SAMI, "fi") if name != entry.language and names.get(name)]
    return [Phrase(names[name], name) for name in wanted if names[name] != entry.title]


def _ways(
    code: str, totals: Mapping[str, int], counts: Mapping[str, Mapping[str, int]]
) -> Iterable[WayIn]:
    """How near help is; a way that gives nothing is not offered."""
    here = [code]
    rows = (
        ("remote", "video", say("Remotely to your home"), {"channel": REMOTE_KINDS}),
        ("here", "home", say("On the spot"), {"channel": ON_THE_SPOT}),
        ("sami", "speech", say("In a Sámi language"), {"language": SAMI}),
    )
    for name, icon, words, chosen in rows:
        if totals[name]:
            yield WayIn(name, words, offered(municipality=here, **chosen), totals[name], icon)
    for other, kilometres_there in _distances(code):
        count = counts["municipality"].get(other)
        if count:
            name = label("Municipality", other)
            words = say("Near by: %(place)s, %(km)s km", place=name.text, km=kilometres_there)
            url = offered(municipality=[other], channel=ON_THE_SPOT)
            yield WayIn(other, words, url, count, "road")


def _distances(code: str) -> list[tuple[str, int]]:
    """The neighbours with whole kilometres between the centres, nearest first."""
    origin = seat(code)
    found = [(other, place) for other in neighbours(code) if (place := seat(other))]
    rows = [(other, round(kilometres(origin, place))) for other, place in found if origin]
    return sorted(rows, key=lambda row: row[1])


def _situations(code: str, counts: Mapping[str, Mapping[str, int]]) -> list[WayIn]:
    """Life situations with what this place has for each."""
    found = topics("situation", counts, {})
    return [
        WayIn(each.code, each.label, _there(code, each.code), each.count, each.icon)
        for each in found
    ]


def _there(code: str, situation: str) -> str:
    return offered(municipality=[code], situation=[situation])


def _points(code: str, found: Iterable[Entry], language: str, now: datetime) -> list[PointRow]:
    """The place's own points first, then the neighbours' by distance from its centre."""
    origin, rows = seat(code), []
    for point in found:
        own = code in (point.facts.get("municipalities") or [])
        place = whereabouts(point)
        away = 0 if own or not (origin and place) else round(kilometres(origin, place))
        offers = actions(point, now)
        visits = [action for action in offers if action.kind in ON_THE_SPOT] or offers
        openness = next((action.openness for action in visits if action.openness), None)
        title = text_of(point, "title", language) or Phrase("", None)
        rows.append(PointRow(title, entry_url(point, language), openness, away))
    return sorted(rows, key=lambda row: row.kilometres)


def _coming(entry: Entry, language: str, now: datetime) -> ComingRow:
    start = next_start(entry, now) or entry.starts_at
    remote = any(channel["kind"] in REMOTE_KINDS for channel in entry.channels)
    return ComingRow(
        title=text_of(entry, "title", language) or Phrase("", None),
        url=entry_url(entry, language),
        when=say_moment(WHEN, start),
        iso=start.isoformat(),
        remote=remote or bool(entry.facts.get("remote")),
    )
