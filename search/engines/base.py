"""What the portal asks of an engine that finds entries, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from search.query import QueryWords, query_words
from search.urlstate import MOST_WORDS, SearchState

PAGE_SIZE = 20


@dataclass(frozen=True)
class SearchRequest:
    """One question: what the address says, for whom and when.

    state: the parsed address; words: its query analysed for this reader.
    language: the reader's; of a translated entry the version that fits her best is found.
    now: an aware time; what has expired by then is not found.
    page_size: entries on a page.
    """

    state: SearchState
    words: QueryWords
    language: str
    now: datetime
    page_size: int = PAGE_SIZE

    @classmethod
    def of(cls, state: SearchState, language: str, now: datetime) -> SearchRequest:
        """The request an address makes, its query analysed."""
        words = query_words(state.q, language, MOST_WORDS) if state.q else QueryWords()
        return cls(state, words, language, now)

    @property
    def near(self) -> str:
        """The municipality nearness is measured from, "" for none."""
        return self.state.municipality[0] if self.state.municipality else ""


@dataclass(frozen=True)
class Hit:
    """One entry found.

    strong: every word of the query was met by more than a loose likeness.
    """

    entry_id: int
    score: float = 0.0
    strong: bool = True


@dataclass(frozen=True)
class SearchResult:
    """One page of what was found, and the counts of the filters beside it.

    strong_total: how many of the total answer the query; all of them where there is none.
    facets: for each facet how many entries each code would show, the facet's own choice set aside.
    without: for each facet that keeps something out, the total there would be without it.
    page: the page answered, the last one where the address asks beyond it; counted from 1.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    strong_total: int = 0
    page: int = 1
    page_count: int = 1
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)


class Engine(Protocol):
    """Whatever answers requests."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Find entries. Never reads the query as syntax."""
