"""What the home page shows: ways in by life situation and municipality, and what is on now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.db.models import F
from django.http import HttpRequest

from search.entries.querysets import filed_under
from search.models import Entry
from site_core.pages.cards import Card, card
from site_core.taxonomy.labels import municipality_choices

from .ways import SERVICES, counts_of_services, municipalities, page_addresses, topics

NEWS_SHOWN: Final = 3
COURSES_SHOWN: Final = 3
OPEN_SHOWN: Final = 3
OPEN_TRIED: Final = 60
"""Most entries looked at for who answers now; of one organisation at most OPEN_EACH."""
OPEN_EACH: Final = 3
ANSWERING: Final = ("phone", "chat", "video", "sms")


def home_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """Six queries: all counts at once, their page, addresses, who may answer, news, courses.

    A situation nobody answers is not offered.
    """
    counts = counts_of_services(language, now)
    addresses = page_addresses(language, now)
    return {
        "situations": topics("situation", counts, addresses),
        "municipalities": municipalities(counts, addresses, language),
        "municipality_choices": municipality_choices(language),
        "total": sum(counts.get("audience", {}).values()),
        "open_cards": list(islice(_answering(language, now), OPEN_SHOWN)),
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


def _answering(language: str, now: datetime) -> Iterator[Card]:
    """Cards of those who answer this very minute, of one organisation at most one."""
    asked = (
        Entry.objects.public(now)
        .for_audience()
        .shown_in(language, now)
        .filter(filed_under("channel", ANSWERING), kind__in=SERVICES)
        .numbered(F("organisation_id"), [F("sort_key")])
        .filter(number__lte=OPEN_EACH)
        .order_by("number", "sort_key")[:OPEN_TRIED]
    )
    seen = set()
    for entry in asked:
        shown = card(entry, language, now)
        answers = shown.action and shown.action.lit and shown.action.kind in ANSWERING
        if answers and entry.organisation_id not in seen:
            seen.add(entry.organisation_id)
            yield shown


def _shown(kind: str, language: str, now: datetime) -> Any:
    return Entry.objects.public(now).for_audience().filter(kind=kind).shown_in(language, now)
