"""A listing ready to be shown: its rows, filters, sortings and pages, all with their addresses.

The search page and the index pages of the portal both show one; templates only lay it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from search.engines import current_engine
from search.engines.base import SearchRequest, SearchResult
from search.entries.kinds import KINDS
from search.facets import Chip, FacetGroup, chips, facet_groups
from search.marks import words_met
from search.models import Entry
from search.urlstate import AUDIENCES, SORTS, SearchState
from site_core.languages.fallback import Phrase, say
from site_core.pages.cards import Card, Met, card

PAGES_AROUND = 2

SORT_NAMES = {
    "relevance": gettext_noop("Best match first"),
    "nearest": gettext_noop("Nearest first"),
    "name": gettext_noop("By name"),
    "soonest": gettext_noop("Soonest first"),
    "newest": gettext_noop("Newest first"),
}

AUDIENCE_NAMES = {
    "residents": gettext_noop("For residents"),
    "professionals": gettext_noop("For professionals"),
}

PROFESSIONALS_LEAD = gettext_noop(
    "Services and channels between professionals, kept apart from residents' lists. "
    "Each tells whom to refer, how, and when you get a reply."
)


@dataclass(frozen=True)
class Row:
    """One entry found. `strong` is false for what only resembles the query."""

    entry: Entry
    card: Card
    strong: bool


@dataclass(frozen=True)
class Choice:
    """One of several ways to see the listing, as a link."""

    code: str
    label: Phrase
    url: str
    selected: bool


@dataclass(frozen=True)
class PageLink:
    """One page of the listing: `url` is empty for the page at hand, `number` None for a gap."""

    number: int | None
    url: str


@dataclass(frozen=True)
class Way:
    """A way on from a listing that shows nothing: what to drop, where it leads, what it gives."""

    label: Phrase
    url: str
    count: int


@dataclass(frozen=True)
class Listing:
    """Everything a template needs to show a listing.

    total: all that was found; strong_total: how many of them answer the query, the others only
    resembling it.
    kept_by_search: parameters the search form must repeat; kept_by_filters: those of the filter
    form (its own options are controls of that form).
    """

    state: SearchState
    total: int
    strong_total: int
    heading: Phrase
    lead: Phrase | None
    rows: tuple[Row, ...]
    groups: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    sorts: tuple[Choice, ...]
    audiences: tuple[Choice, ...]
    pages: tuple[PageLink, ...]
    previous_url: str
    next_url: str
    ways: tuple[Way, ...]
    kept_by_search: tuple[tuple[str, str], ...]
    kept_by_filters: tuple[tuple[str, str], ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of the rows that answer the query; all of them without one."""
        return tuple(row.card for row in self.rows if row.strong)

    @property
    def related_cards(self) -> tuple[Card, ...]:
        """The cards of the rows that only resemble it."""
        return tuple(row.card for row in self.rows if not row.strong)

    @property
    def related_total(self) -> int:
        """How many only resemble the query, on all pages."""
        return self.total - self.strong_total

    @property
    def chosen(self) -> int:
        """How many limits are in force."""
        return len(self.chips)


def build_listing(state: SearchState, language: str, now: datetime, path: str) -> Listing:
    """Run the search of an address and lay out what it found, for a reader of `language`.

    `path` is what the query strings are put behind. One query besides the engine's, for the
    entries; one more where a word was met in another version of an entry alone. Names come from the
    process, which reads those it does not know.
    """
    request = SearchRequest.of(state, language, now)
    result = current_engine().search(request)
    groups = facet_groups(state, result, path, language)
    return Listing(
        state=state,
        total=result.total,
        strong_total=result.strong_total,
        heading=_heading(state, result.strong_total),
        lead=say(PROFESSIONALS_LEAD) if state.audience == "professionals" else None,
        rows=_rows(result, request),
        groups=tuple(groups),
        chips=tuple(chips(groups)),
        clear_url=path + SearchState(q=state.q, audience=state.audience).query_string(),
        sorts=_sorts(state, path),
        audiences=_audiences(state, path),
        pages=_pages(state, result, path),
        previous_url=_page_url(state, result.page - 1, result, path),
        next_url=_page_url(state, result.page + 1, result, path),
        ways=_ways(state, result, groups, path) if not result.total else (),
        kept_by_search=_kept(state, without=("q", "page")),
        kept_by_filters=_kept(state, without=("page", *state.filters)),
    )


def _rows(result: SearchResult, request: SearchRequest) -> tuple[Row, ...]:
    """The entries of a page with their cards. An engine may lag, so none is shown on its word."""
    shown = Entry.objects.public(request.now).for_audience(request.state.audience)
    entries = shown.in_bulk([hit.entry_id for hit in result.hits])
    met: dict[int, Met] = {}
    if request.words.words:
        strong = [hit.entry_id for hit in result.hits if hit.strong]
        met = words_met(entries, request.words, request.language, request.now, strong)
    return tuple(
        Row(entry, card(entry, request.language, request.now, met=met.get(entry.pk)), hit.strong)
        for hit in result.hits
        if (entry := entries.get(hit.entry_id))
    )


def _heading(state: SearchState, strong_total: int) -> Phrase:
    if state.q and strong_total:
        return say(
            "%(count)s result for “%(query)s”",
            plural="%(count)s results for “%(query)s”",
            count=strong_total,
            query=state.q,
        )
    if state.q:
        return say("Nothing found yet for “%(query)s”", query=state.q)
    if state.audience == "professionals":
        return say(AUDIENCE_NAMES["professionals"])
    if len(state.kind) == 1:
        return say(KINDS[state.kind[0]].plural)
    return say("All services and activities")


def _sorts(state: SearchState, path: str) -> tuple[Choice, ...]:
    offered = [sort for sort in SORTS if sort != "relevance" or state.q]
    default = offered[0]
    return tuple(
        Choice(
            sort,
            say(SORT_NAMES[sort]),
            path + state.with_(sort="" if sort == default else sort).query_string(),
            sort == state.order,
        )
        for sort in offered
    )


def _audiences(state: SearchState, path: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            audience,
            say(AUDIENCE_NAMES[audience]),
            path + state.with_(audience=audience).query_string(),
            audience == state.audience,
        )
        for audience in AUDIENCES
    )


def _pages(state: SearchState, result: SearchResult, path: str) -> tuple[PageLink, ...]:
    """First, last and those around the current page, with gaps between; none for a single page."""
    if result.page_count == 1:
        return ()
    near = range(result.page - PAGES_AROUND, result.page + PAGES_AROUND + 1)
    numbers = sorted({1, result.page_count, *near} & set(range(1, result.page_count + 1)))
    links: list[PageLink] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number > before + 1:
            links.append(PageLink(None, ""))
        here = number == result.page
        links.append(PageLink(number, "" if here else _page_url(state, number, result, path)))
    return tuple(links)


def _page_url(state: SearchState, number: int, result: SearchResult, path: str) -> str:
    if not 1 <= number <= result.page_count:
        return ""
    return path + state.with_(page=number).query_string()


def _ways(
    state: SearchState, result: SearchResult, groups: list[FacetGroup], path: str
) -> tuple[Way, ...]:
    """Dropping one group of choices, where that alone would show something; the most first."""
    names = {group.name: group.label for group in groups}
    ways = [
        Way(names[facet], path + state.without(facet).query_string(), count)
        for facet, count in result.without.items()
        if facet in names
    ]
    return tuple(sorted(ways, key=lambda way: -way.count))


def _kept(state: SearchState, without: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in state.pairs() if name not in without)
