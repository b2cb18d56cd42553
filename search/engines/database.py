"""Finding in the portal's own database: what SQLite and PostgreSQL have in common.

One statement meets the words, ranks, picks the page and counts all facets, over the narrow rows of
`ListedEntry`. How terms are met and lists of codes are read is nearly all that differs between the
two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.db import connection

from search.models import Code, ListedEntry
from search.query import QueryTerm
from search.ranking import COVERAGE, FRESH_DAYS, FRESH_SHARE, least_words
from site_core.pages.detail import REMOTE_KINDS
from site_core.taxonomy.places import neighbours

from .base import Hit, SearchRequest, SearchResult

TABLE = "search_terms"
"""Holds the terms of each entry; made by migration 0002 in the way of the database at hand."""

OLD = 4 * FRESH_DAYS
"""Days after which an entry is as old as any."""

_BY_RANK = ("confirmed",)
_BY_NAME = ("sort_key", "starts_at", "published_at")
_BY_PLACE = ("coverage", "places")

TOTAL, COUNT, HIT = range(3)
"""What a row of the answer tells."""

# How well each translation group meets each word, how rare each is, and how well groups answer.
_MATCHED = """
    met AS (SELECT key, {best}, {all_of} AS strong FROM ({meeting}) AS meeting GROUP BY key),
    rarity AS (SELECT {rarity} FROM met),
    matched AS (
        SELECT key, ({worth}) * ({count}) * ({count}) / {words_squared} AS score,
               CASE WHEN strong = {every} THEN 1 ELSE 0 END AS strong
        FROM met CROSS JOIN rarity WHERE {count} >= {least}
    ),
"""
# Each version that the reader is shown, with a bit in `missed` for each facet that it fails. Those
# that fail none are the answer, those that fail one count for the options of that facet.
_ANSWER = """
    WITH {matched}
    candidate AS (
        SELECT entry_id AS id, codes, {columns}, {missed} AS missed, {rank}
        FROM {listed} AS entry {join}
        WHERE (shown_for LIKE %(shown_for)s OR {later} <= %(seconds)s)
            AND audience = %(audience)s AND (visible_until IS NULL OR visible_until > %(now)s)
    )
    SELECT {TOTAL}, missed, 0, COUNT(*), SUM(strong), 0.0
    FROM candidate WHERE missed IN ({counted}) GROUP BY missed
    UNION ALL
    SELECT {COUNT}, missed, code, COUNT(*), 0, 0.0
    FROM (SELECT missed, {each_code} WHERE missed IN ({counted})) AS coded GROUP BY missed, code
    UNION ALL
    SELECT {HIT}, ROW_NUMBER() OVER (), id, 0, strong, score
    FROM (
        SELECT id, strong, {score} AS score FROM candidate WHERE missed = 0
        ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
    ) AS page
"""


@dataclass(frozen=True)
class Sql:
    """A piece of a statement with its parameters by name."""

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


class _Codes:
    """The numbers that stand for codes in rows, read in one query."""

    def __init__(self) -> None:
        rows = Code.objects.values_list("pk", "facet", "code")
        self.named = {pk: (facet, code) for pk, facet, code in rows}
        self._of: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for pk, (facet, code) in self.named.items():
            self._of[facet][code] = pk

    def of(self, facet: str, codes: Iterable[str]) -> list[int]:
        """The numbers of codes of a facet; none for strangers."""
        known = self._of[facet]
        return [known[code] for code in codes if code in known]


class DatabaseEngine(ABC):
    """An engine that keeps terms beside the entries, in the same transaction.

    all_of: the aggregate that is the bits of all its numbers together.
    each_code: the end of a query of `candidate` that yields a row for each `code`.
    age: days since a candidate was `confirmed`.
    later: from when on the reader is shown a version, in seconds; NULL for never.
    """

    all_of: str
    each_code: str
    age: str
    later: str

    def search(self, request: SearchRequest) -> SearchResult:
        """Find entries, in two statements; in three where the address asks beyond the last page."""
        if request.state.q and not request.words.terms:
            return SearchResult()
        codes, page = _Codes(), request.state.page
        rows = self._ask(request, codes, page)
        pages = max(1, ceil(_totals(rows).get(0, 0) / request.page_size))
        if page > pages:
            page = pages
            rows = self._ask(request, codes, page)
        return _result(request, codes, rows, page, pages)

    def _ask(self, request: SearchRequest, codes: _Codes, page: int) -> list[Sequence[Any]]:
        statement = self._statement(request, codes, page)
        with connection.cursor() as cursor:
            cursor.execute(statement.text, statement.parameters)
            return cursor.fetchall()

    def _statement(self, request: SearchRequest, codes: _Codes, page: int) -> Sql:
        asked, by_rank = bool(request.state.q), request.state.order == "relevance"
        matched = self._matched(request) if asked else Sql("")
        bits = _bits(request)
        missed = [
            f"CASE WHEN {self.filed(codes.of(facet, request.state.codes(facet)))}"
            f" THEN 0 ELSE {bit} END"
            for facet, bit in bits.items()
        ]
        coverage = self._tiers(request, codes, COVERAGE)
        text = _ANSWER.format(
            matched=matched.text,
            listed=ListedEntry._meta.db_table,
            columns=", ".join(
                (*(_BY_RANK if by_rank else _BY_NAME), *(_BY_PLACE if request.near else ()))
            ),
            missed=" + ".join(missed) or "0",
            rank="matched.score, matched.strong" if asked else "0.0 AS score, 1 AS strong",
            join="JOIN matched ON matched.key = entry.key" if asked else "",
            later=self.later,
            each_code=self.each_code,
            counted=", ".join(map(str, [0, *bits.values()])),
            score=f"score * {coverage} * {self._freshness()}" if by_rank else "score",
            order=self._order(request, codes),
            TOTAL=TOTAL,
            COUNT=COUNT,
            HIT=HIT,
        )
        parameters = {
            "shown_for": f"% {request.language} %",
            "language": request.language,
            "seconds": request.now.timestamp(),
            "today": str(request.now.date()),
            "now": connection.ops.adapt_datetimefield_value(request.now),
            "audience": request.state.audience,
            "limit": request.page_size,
            "offset": (page - 1) * request.page_size,
        }
        return Sql(text, {**parameters, **matched.parameters})

    def _freshness(self) -> str:
        """The factor for the age of a candidate, as `ranking.freshness` has it."""
        days = f"CASE WHEN ABS({self.age}) < {OLD} THEN ABS({self.age}) END"
        kept = f"COALESCE(POWER(0.5, POWER(({days}) / {FRESH_DAYS:.1f}, 2)), 0)"
        return f"({1 - FRESH_SHARE} + {FRESH_SHARE} * {kept})"

    def _matched(self, request: SearchRequest) -> Sql:
        meeting = self.meeting(request.words.terms)
        words = range(len(request.words.words))
        best = (f"MAX(weight) FILTER (WHERE word = {word}) AS w{word}" for word in words)
        text = _MATCHED.format(
            meeting=meeting.text,
            best=", ".join(best),
            all_of=self.all_of.format("strong << word"),
            rarity=", ".join(
                f"POWER(LN(1 + COUNT(*) * 1.0 / NULLIF(COUNT(w{word}), 0)), 2) AS r{word}"
                for word in words
            ),
            worth=" + ".join(f"COALESCE(w{word} * r{word}, 0)" for word in words),
            count=" + ".join(f"CASE WHEN w{word} IS NULL THEN 0 ELSE 1 END" for word in words),
            words_squared=len(words) ** 2,
            every=2 ** len(words) - 1,
            least=least_words(len(words)),
        )
        return Sql(text, meeting.parameters)

    def _order(self, request: SearchRequest, codes: _Codes) -> str:
        by_name = "sort_key, id"
        match request.state.order:
            case "relevance":
                return "strong DESC, score DESC, id"
            case "nearest" if request.near:
                return f"{self._tiers(request, codes, range(len(COVERAGE)))}, {by_name}"
            case "soonest":
                coming = "CASE WHEN starts_at >= %(now)s THEN 0 ELSE 1 END"
                return f"{coming}, starts_at ASC NULLS LAST, {by_name}"
            case "newest":
                return f"published_at DESC NULLS LAST, {by_name}"
            case _:
                return by_name

    def _tiers(self, request: SearchRequest, codes: _Codes, values: Iterable[float]) -> str:
        """The distances of `EntryQuerySet.nearest_to`, each with its value, the first that fits."""
        if not request.near:
            return "1.0"
        here = self.filed(codes.of("municipality", [request.near]))
        next_door = self.filed(codes.of("place", neighbours(request.near)), "places")
        reaches = (
            f"(places IS NULL OR {self.filed(codes.of('place', [request.near]), 'places')}"
            f" OR {self.filed(codes.of('channel', REMOTE_KINDS))})"
        )
        tiers = [
            f"{here} AND coverage = 'municipal' AND {reaches}",
            f"coverage IN ('all_lapland', 'remote') AND {reaches}",
            f"{here} AND {next_door}",
            f"coverage = 'whole_country' AND {reaches}",
            here,
            "TRUE",
        ]
        cases = (f"WHEN {tier} THEN {value}" for tier, value in zip(tiers, values, strict=True))
        return f"CASE {' '.join(cases)} END"

    @abstractmethod
    def meeting(self, asked: Sequence[QueryTerm]) -> Sql:
        """A query for key, word, weight and strong (1 or 0) of each meeting of a visible entry.

        The parameter `now`, the time it must be visible at, is the caller's.
        """

    @abstractmethod
    def filed(self, codes: Collection[int], column: str = "codes") -> str:
        """The condition that a row has any of these codes."""

    @abstractmethod
    def store(self, entry_id: int, terms: Iterable[str], analysis: str) -> None:
        """Replace the terms of an entry."""

    @abstractmethod
    def forget(self, entry_ids: Collection[int]) -> None:
        """Drop the terms of entries."""

    @abstractmethod
    def terms_of(self, entry_ids: Collection[int]) -> dict[int, list[str]]:
        """The stored terms of entries; those that have none are missing."""

    @abstractmethod
    def outdated(self, analysis: str) -> list[int]:
        """Ids of public entries whose terms are missing or of another analysis."""


def _bits(request: SearchRequest) -> dict[str, int]:
    """The bit that stands for each facet in use."""
    return {facet: 1 << place for place, facet in enumerate(request.state.filters)}


def _totals(rows: Iterable[Sequence[Any]]) -> dict[int, int]:
    """How many entries miss what."""
    return {missed: count for kind, missed, _, count, _, _ in rows if kind == TOTAL}


def _result(
    request: SearchRequest, codes: _Codes, rows: list[Sequence[Any]], page: int, pages: int
) -> SearchResult:
    totals, bits = _totals(rows), _bits(request)
    strong_total, placed = 0, []
    facets: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, missed, number, count, strong, score in rows:
        if kind == TOTAL and not missed:
            strong_total = int(strong)
        elif kind == COUNT and number in codes.named:  # else named since they were read
            facet, code = codes.named[number]
            if missed in (0, bits.get(facet)):
                facets[facet][code] += count
        elif kind == HIT:
            placed.append((missed, Hit(number, float(score), bool(strong))))
    total = totals.get(0, 0)
    return SearchResult(
        hits=tuple(hit for _, hit in sorted(placed, key=lambda place: place[0])),
        total=total,
        strong_total=strong_total,
        page=page,
        page_count=pages,
        facets={facet: dict(counts) for facet, counts in facets.items()},
        without={facet: total + totals[bit] for facet, bit in bits.items() if bit in totals},
    )
