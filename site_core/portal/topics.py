"""What the page of a topic shows: all that answers it, a choice of place, related topics."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from search.listing import Listing, build_listing
from search.models import Entry
from search.urlstate import SearchState
from site_core.pages.cards import phrase
from site_core.taxonomy.labels import municipality_choices

from .ways import VOCABULARIES, Addresses, WayIn, page_addresses, topics

RELATED_SHOWN: Final = 6


def topic_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """The listing of the topic's facet, four queries, and one for the pages of related topics."""
    facet, code = entry.facts["facet"], entry.facts["code"]
    search_url = reverse("search")
    listing = build_listing(SearchState(**{facet: (code,)}), language, now, search_url)
    return {
        "intro": phrase(entry.texts.get("short"), language),
        "facet": facet,
        "code": code,
        "listing": listing,
        "search_url": search_url,
        "municipality_choices": municipality_choices(language),
        "related": _related(facet, listing, page_addresses(language, now)),
    }


def _related(facet: str, listing: Listing, addresses: Addresses) -> list[WayIn]:
    """Topics of the other vocabulary that the same services are filed under, the most first."""
    other = next(name for name in VOCABULARIES if name != facet)
    options = [
        option for group in listing.groups if group.name == other for option in group.options
    ]
    counts = {other: {option.code: option.count for option in options}}
    ways = [
        WayIn(way.code, way.label, way.url, None, way.icon)
        for way in sorted(topics(other, counts, addresses), key=lambda way: -(way.count or 0))
    ]
    return ways[:RELATED_SHOWN]
