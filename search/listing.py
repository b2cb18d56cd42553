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
from search.models import Entry
from search.urlstate import AUDIENCES, SORTS, SearchState
from site_core.languages.fallback import Phrase, say
from site_core.pages.cards import Card, card

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

    kept_by_search: parameters the search form must repeat; kept_by_filters: those of the filter
    form (its own options are controls of that form).
    """

    state: SearchState
    total: int
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
    def chosen(self) -> int:
        """How many limits are in force."""
        return len(self.chips)


def build_listing(state: SearchState, language: str, now: datetime, path: str) -> Listing:
    """Run the search of an address and lay out what it found, for a reader of `language`.

    `path` is what the query strings are put behind. Four queries at most without a query string
    (counts, page, entries, organisations), five with; labels of vocabularies come from the process.
    """
    result = current_engine().search(SearchRequest.of(state, language, now))
    groups = facet_groups(state, result, path, language)
    return Listing(
        state=state,
        total=result.total,
        heading=_heading(state, result.total),
        lead=say(PROFESSIONALS_LEAD) if state.audience == "professionals" else None,
        rows=_rows(result, language, now),
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


def _rows(result: SearchResult, language: str, now: datetime) -> tuple[Row, ...]:
    entries = Entry.objects.in_bulk([hit.entry_id for hit in result.hits])
    return tuple(
        Row(entries[hit.entry_id], card(entries[hit.entry_id], language, now), hit.strong)
        for hit in result.hits
        if hit.entry_id in entries
    )


def _heading(state: SearchState, total: int) -> Phrase:
    if state.q and total:
        return say(
            "%(count)s result for “%(query)s”",
            plural="%(count)s results for “%(query)s”",
            count=total,
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
