"""What the home page shows: ways in by life situation and municipality, and what is on now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from search.engines import current_engine
from search.engines.base import SearchRequest
from search.models import Entry
from search.urlstate import SearchState
from site_core.languages.fallback import Phrase, label_phrase
from site_core.pages.cards import card
from site_core.taxonomy.labels import icons_for, label, labels_for, municipality_choices

SERVICES = ("service", "activity", "event", "volunteer")
NEWS_SHOWN = 3
COURSES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WayIn:
    """A counted link into the listing."""

    code: str
    label: Phrase
    url: str
    count: int
    icon: str = ""


def home_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """Four queries: all counts at once, their page, news, coming courses.

    A situation nobody answers is not offered.
    """
    counts = _counts(language, now)
    return {
        "situations": _situations(counts.get("situation", {})),
        "municipalities": _municipalities(counts.get("municipality", {}), language),
        "municipality_choices": municipality_choices(language),
        "total": sum(counts.get("audience", {}).values()),
        "news": [
            card(found, language, now)
            for found in _shown("news", language, now).order_by("-facts__date")[:NEWS_SHOWN]
        ],
        "courses": [
            card(found, language, now)
            for found in _shown("training", language, now)
            .filter(starts_at__gt=now - timedelta(hours=1))
            .order_by("starts_at")[:COURSES_SHOWN]
        ],
        "og_type": "website",
    }


def _counts(language: str, now: datetime) -> Any:
    state = SearchState(kind=SERVICES)
    return current_engine().search(SearchRequest.of(state, language, now)).facets


def _situations(counts: dict[str, int]) -> list[WayIn]:
    icons = icons_for("LifeSituation")
    return [
        WayIn(code, label_phrase(labels), _listing("situation", code), counts[code], icons[code])
        for code, labels in labels_for("LifeSituation").items()
        if counts.get(code)
    ]


def _municipalities(counts: dict[str, int], language: str) -> list[WayIn]:
    return [
        WayIn(
            code,
            label("Municipality", code),
            _listing("municipality", code),
            counts.get(code, 0),
        )
        for code, _name in municipality_choices(language)
    ]


def _listing(facet: str, code: str) -> str:
    kinds = "&".join(f"kind={kind}" for kind in SERVICES)
    return f"{reverse('search')}?{facet}={code}&{kinds}"


def _shown(kind: str, language: str, now: datetime) -> Any:
    return Entry.objects.public(now).for_audience().filter(kind=kind).shown_in(language, now)
