"""Finding in the portal's own database: what SQLite and PostgreSQL have in common.

One statement meets the words, ranks and picks the page, a second counts all facets. How terms are
met and days are counted is nearly all that differs between the two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OrderBy,
    OuterRef,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from search.models import Entry, EntryFacet
from search.query import QueryTerm
from search.ranking import COVERAGE, FRESH_DAYS, freshness, least_words
from search.urlstate import FACETS

from .base import Hit, SearchRequest, SearchResult

TABLE = "search_terms"
"""Holds the terms of each entry; made by migration 0002 in the way of the database at hand."""

OLD = 4 * FRESH_DAYS
"""Days after which an entry is as old as any."""

# Where words are met by a translation group, how rare each is, and how well each group answers.
_MATCHED = """
    met (key, word, worth, strong) AS ({meeting}),
    rarity (word, weight) AS (
        SELECT word,
               POWER(LN(1 + CAST((SELECT COUNT(DISTINCT key) FROM met) AS REAL) / COUNT(*)), 2)
        FROM met GROUP BY word
    ),
    matched (key, score, strong) AS (
        SELECT met.key, SUM(rarity.weight * met.worth) * POWER(CAST(COUNT(*) AS REAL) / %s, 2),
               CASE WHEN SUM(met.strong) = %s THEN 1 ELSE 0 END
        FROM met JOIN rarity ON rarity.word = met.word
        GROUP BY met.key HAVING COUNT(*) >= %s
    ),
"""
# Entries that fail at most one facet: those that fail none are the answer, those that fail one
# count for the options of that facet.
_FOUND = """
    WITH {matched}
    candidate (id, misses, missed, place, strong, score) AS ({candidates})
    SELECT missed, COUNT(*), SUM(strong), 0, 0, {ids} FROM candidate GROUP BY missed
    UNION ALL
    SELECT * FROM (
        SELECT '#', id, strong, score, place, ''
        FROM candidate WHERE misses = 0 ORDER BY {order} LIMIT %s OFFSET %s
    ) AS shown
"""
# A second statement, since no database guesses well how many a first will find.
_COUNT = """
    SELECT facet, code, COUNT(*) FROM search_entryfacet
    WHERE facet IN ({facets}) AND {among} GROUP BY facet, code
"""


@dataclass(frozen=True)
class Sql:
    """A piece of a statement with its parameters."""

    text: str
    parameters: Sequence[Any] = ()


@dataclass(frozen=True)
class _Found:
    """A page of hits, the totals, what dropping a facet would add, and ids by what they miss."""

    hits: tuple[Hit, ...]
    total: int
    strong_total: int
    missed: dict[str, int]
    ids: dict[str, str]


class DatabaseEngine(ABC):
    """An engine that keeps terms beside the entries, in the same transaction.

    ids: how ids are written down in one text; among: how a statement tests for being one of them.
    """

    ids: str
    among: str

    def search(self, request: SearchRequest) -> SearchResult:
        """Find entries, in two statements; in three where the address asks beyond the last page."""
        if request.state.q and not request.words.terms:
            return SearchResult()
        found = self._find(request, request.state.page)
        pages = max(1, ceil(found.total / request.page_size))
        if request.state.page > pages:
            found = self._find(request, pages)
        return SearchResult(
            hits=found.hits,
            total=found.total,
            strong_total=found.strong_total,
            page=min(request.state.page, pages),
            page_count=pages,
            facets=self._count(found.ids),
            without={facet: found.total + more for facet, more in found.missed.items()},
        )

    def _find(self, request: SearchRequest, page: int) -> _Found:
        statement = self._statement(request, page)
        placed = []
        counts: dict[str, int] = {}
        strong: dict[str, int] = {}
        ids: dict[str, str] = {}
        with connection.cursor() as cursor:
            cursor.execute(statement.text, statement.parameters)
            for section, number, strong_ones, score, place, listed in cursor.fetchall():
                if section == "#":
                    placed.append((place, Hit(number, score, bool(strong_ones))))
                else:
                    counts[section], strong[section], ids[section] = number, strong_ones, listed
        hits = tuple(hit for _, hit in sorted(placed, key=_in_order))
        return _Found(hits, counts.pop("", 0), int(strong.get("", 0)), counts, ids)

    def _count(self, ids: dict[str, str]) -> dict[str, dict[str, int]]:
        """What each option would show, by the entries that miss nothing or just its facet."""
        if not ids:
            return {}
        counted = {missed: (missed,) if missed else FACETS for missed in ids}
        pieces = [
            _COUNT.format(facets=", ".join(["%s"] * len(facets)), among=self.among)
            for facets in counted.values()
        ]
        parameters = [
            value
            for missed, facets in counted.items()
            for value in (*facets, self.listed(ids[missed]))
        ]
        facets: defaultdict[str, dict[str, int]] = defaultdict(dict)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(pieces), parameters)
            for facet, code, count in cursor.fetchall():
                facets[facet][code] = facets[facet].get(code, 0) + count
        return dict(facets)

    def _statement(self, request: SearchRequest, page: int) -> Sql:
        matched = self._matched(request) if request.state.q else Sql("")
        candidates = self._candidates(request)
        by_rank = request.state.order == "relevance" and request.state.q
        text = _FOUND.format(
            matched=matched.text,
            candidates=candidates.text,
            ids=self.ids,
            order="strong DESC, score DESC, id" if by_rank else "place",
        )
        window = request.page_size, (page - 1) * request.page_size
        return Sql(text, [*matched.parameters, *candidates.parameters, *window])

    def _matched(self, request: SearchRequest) -> Sql:
        meeting = self.meeting(request.words.terms)
        count = len(request.words.words)
        moment = connection.ops.adapt_datetimefield_value(request.now)
        parameters = [*meeting.parameters, moment, count, count, least_words(count)]
        return Sql(_MATCHED.format(meeting=meeting.text), parameters)

    def _candidates(self, request: SearchRequest) -> Sql:
        """The versions that fit the reader, with their place in the order asked for."""
        entries = _candidates(request)
        if not request.state.q:
            entries = _placed(entries, request).values("pk", "misses", "missed", "place")
            inner, parameters = entries.query.sql_with_params()
            return Sql(f"SELECT entry.*, 1, 0.0 FROM ({inner}) AS entry", parameters)
        entries = _placed(entries.nearest_to(request.near), request).values(
            "pk", "misses", "missed", "place", "key", "distance", "last_confirmed", "updated_at"
        )
        inner, parameters = entries.query.sql_with_params()
        age = self.freshness_by_day(request)
        return Sql(
            f"""
            SELECT entry.pk, entry.misses, entry.missed, entry.place, matched.strong,
                   matched.score * {_coverage_by_distance()} * {age.text}
            FROM ({inner}) AS entry JOIN matched ON matched.key = entry.key
            """,
            [*age.parameters, *parameters],
        )

    @abstractmethod
    def meeting(self, asked: Sequence[QueryTerm]) -> Sql:
        """A query that yields key, word, best weight, and 1 if any meeting is strong, else 0.

        Its last parameter, which the caller adds, is the time entries must be visible at.
        """

    @abstractmethod
    def listed(self, ids: str) -> str:
        """The text that `ids` made, as the parameter of `among`."""

    @abstractmethod
    def freshness_by_day(self, request: SearchRequest) -> Sql:
        """The factor for the age of `entry`, from its columns last_confirmed and updated_at."""

    @abstractmethod
    def store(self, entry_id: int, terms: Iterable[str], analysis: str) -> None:
        """Replace the terms of an entry."""

    @abstractmethod
    def forget(self, entry_id: int) -> None:
        """Drop the terms of an entry."""

    @abstractmethod
    def terms_of(self, entry_ids: Collection[int]) -> dict[int, list[str]]:
        """The stored terms of entries; those that have none are missing."""

    @abstractmethod
    def outdated(self, analysis: str) -> list[int]:
        """Ids of public entries whose terms are missing or of another analysis."""


def _in_order(placed: tuple[int, Hit]) -> tuple[int, bool, float, int]:
    place, hit = placed
    return place, not hit.strong, -hit.score, hit.entry_id


def freshness_of_days() -> list[float]:
    """The factor for each age in days, up to the one from which all are old."""
    return [freshness(days) for days in range(OLD)] + [freshness(None)]


def _coverage_by_distance() -> str:
    *nearer, farthest = COVERAGE
    tiers = (f"WHEN {distance} THEN {factor}" for distance, factor in enumerate(nearer))
    return f"CASE entry.distance {' '.join(tiers)} ELSE {farthest} END"


def _candidates(request: SearchRequest) -> QuerySet[Entry]:
    """Entries that fail at most one facet in use: `misses` says how many, `missed` which.

    Those that fail none are the answer; those that fail one count for the options of that facet.
    """
    entries = (
        Entry.objects.public(request.now)
        .listed()
        .for_audience(request.state.audience)
        .shown_in(request.language, request.now)
    )
    chosen = {
        facet: Exists(EntryFacet.objects.filter(entry=OuterRef("pk"), facet=facet, code__in=codes))
        for facet, codes in request.state.filters.items()
    }
    misses = Value(0, output_field=IntegerField())
    for test in chosen.values():
        misses = misses + Case(When(test, then=0), default=1, output_field=IntegerField())
    missed = Case(
        *(When(~test, then=Value(facet)) for facet, test in chosen.items()),
        default=Value(""),
        output_field=CharField(),
    )
    return entries.annotate(misses=misses, missed=missed).filter(misses__lte=1)


def _placed(entries: QuerySet[Entry], request: SearchRequest) -> QuerySet[Entry]:
    """Entries with their `place` in the order asked for; 0 where their rank makes the order."""
    past = Case(When(starts_at__gte=request.now, then=0), default=1)
    first: list[Any]
    match request.state.order:
        case "relevance":
            return entries.annotate(place=Value(0, output_field=IntegerField()))
        case "nearest":
            entries = entries.nearest_to(request.near)
            first = [F("distance").asc()]
        case "soonest":
            first = [OrderBy(past), F("starts_at").asc(nulls_last=True)]
        case "newest":
            first = [F("published_at").desc(nulls_last=True)]
        case _:
            first = []
    order = [*first, F("sort_key").asc(), F("pk").asc()]
    return entries.annotate(place=Window(RowNumber(), order_by=order))
