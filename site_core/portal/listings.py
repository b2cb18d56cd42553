"""Index pages: the first page of a listing, under an address in the page's own language."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from search.listing import build_listing
from search.models import Entry
from search.urlstate import SearchState


def listing_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """The listing an index page opens with; filters lead on to the search page.

    `own` narrows it to the organisation the index lies under.
    """
    own = str(entry.organisation_key) if entry.facts.get("own") else ""
    state = SearchState(
        kind=tuple(entry.facts.get("kinds") or ()), organisation=(own,) if own else ()
    )
    search_url = reverse("search")
    return {
        "listing": build_listing(state, language, now, search_url),
        "search_url": search_url,
        "current": state.kind[0] if state.kind else "",
    }
