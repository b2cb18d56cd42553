"""The search page: all browsing and searching of residents, its state in the address."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.facets import known_codes
from search.listing import build_listing
from search.urlstate import SearchState
from site_core.languages.registry import DEFAULT, LANGUAGES
from site_core.languages.switcher import switcher


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a listing or search: 200 for every address, 400 with a message for one too long.

    Template `search/search.html`, context besides that of `base.html` (page_title, canonical,
    alternates, switcher, noindex, current):

    listing: a `search.listing.Listing`, which documents itself. Its `heading` is the h1,
    `strong_total` and `cards` are what answers, `related_total` and `related_cards` what only
    resembles the query, `total` is both. `groups` and `chosen` serve `components/facets.html` (with
    `kept_by_filters` as hidden), `chips` and `clear_url` `components/chips.html`, `pages`,
    `previous_url` and `next_url` `components/pages.html`; `sorts` and `audiences` are links
    (`label`, `url`, `selected`), `ways` the steps on where nothing was found (`label` of the filter
    to drop, `url`, `count`), `kept_by_search` the hidden pairs of `components/seek.html`.
    search_url: where both forms go. too_long: true with status 400.
    """
    too_long = False
    try:
        parameters = request.GET
    except TooManyFieldsSent:
        too_long = True
        # Whatever renders the page may read the parameters again.
        parameters = request.GET = QueryDict()
    language = get_language() or DEFAULT
    state = SearchState.parse(parameters, known_codes())
    listing = build_listing(state, language, timezone.now(), request.path)
    alternates = [] if state.is_filtered else _alternates(request.path)
    context = {
        "listing": listing,
        "search_url": request.path,
        "too_long": too_long,
        "page_title": str(listing.heading),
        "canonical": _absolute(request.path + state.query_string()),
        "alternates": alternates,
        "switcher": switcher(
            language, path=request.path, query=state.query_string().removeprefix("?")
        ),
        "noindex": too_long or state.is_filtered,
        "current": _menu_item(state),
    }
    return render(request, "search/search.html", context, status=400 if too_long else 200)


def _menu_item(state: SearchState) -> str:
    """The item of the menu that the listing belongs to: its one kind, or all kinds of services."""
    services = {"service", "activity", "event", "volunteer"}
    if len(state.kind) > 1 and services.issuperset(state.kind):
        return "service"
    return state.kind[0] if len(state.kind) == 1 else ""


def _alternates(path: str) -> list[tuple[str, str]]:
    """hreflang pairs of the plain listing, which exists in every language."""
    _, _, rest = path.lstrip("/").partition("/")
    pairs = [(code, _absolute(f"/{code}/{rest}")) for code in LANGUAGES]
    return [*pairs, ("x-default", _absolute(f"/{DEFAULT}/{rest}"))]


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
