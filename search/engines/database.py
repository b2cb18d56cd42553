"""Finding in the portal's own database: what SQLite and PostgreSQL have in common.

Three statements at most: one meets the words, one counts all facets and the total, one picks the
page. Only the first differs between the two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from math import ceil
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)

from search.models import Entry, EntryFacet
from search.query import QueryTerm
from search.ranking import Match, coverage, freshness, rank

from .base import Hit, SearchRequest, SearchResult

TABLE = "search_terms"
"""Holds the terms of each entry; made by migration 0002 in the way of the database at hand."""


class DatabaseEngine(ABC):
    """An engine that keeps terms beside the entries, in the same transaction."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Find entries: two statements, three with a query."""
        matches: dict[UUID, Match] | None = None
        if request.state.q:
            meetings = self.meet(request.words.terms, request.now)
            matches = rank(meetings, len(request.words.words))
            if not matches:
                return SearchResult()
        candidates = _candidates(request, matches)
        total, facets, without = _count(candidates)
        pages = max(1, ceil(total / request.page_size))
        page = min(request.state.page, pages)
        found = candidates.filter(misses=0)
        if matches is None:
            hits, strong_total = _page(found, request, page), total
        else:
            ranked = _ranked(found, request, matches)
            window = slice((page - 1) * request.page_size, page * request.page_size)
            hits, strong_total = tuple(ranked[window]), sum(hit.strong for hit in ranked)
        return SearchResult(hits, total, strong_total, page, pages, facets, without)

    def meet(
        self, terms: Iterable[QueryTerm], now: datetime
    ) -> list[tuple[UUID, int, float, bool]]:
        """Where the words are met among the entries that are public at `now`, by their keys."""
        asked = list(terms)
        if not asked:
            return []
        sql, parameters = self.meeting_sql(asked)
        moment = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*parameters, moment])
            return [
                (_uuid(key), word, weight, bool(strong))
                for key, word, weight, strong in cursor.fetchall()
            ]

    @abstractmethod
    def meeting_sql(self, asked: list[QueryTerm]) -> tuple[str, list[object]]:
        """A statement that yields key, word, best weight, whether strong.

        Its last parameter, added by `meet`, is the time entries must be visible at.
        """

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


def _uuid(key: UUID | str) -> UUID:
    # SQLite stores it as text.
    return key if isinstance(key, UUID) else UUID(key)


def _candidates(request: SearchRequest, matches: dict[UUID, Match] | None) -> QuerySet[Entry]:
    """Entries that fail at most one facet in use: `misses` says how many, `missed` which.

    Those that fail none are the answer; those that fail one count for the options of that facet.
    """
    entries = (
        Entry.objects.public(request.now)
        .listed()
        .for_audience(request.state.audience)
        .shown_in(request.language, request.now)
    )
    if matches is not None:
        entries = entries.filter(key__in=list(matches))
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


def _count(
    candidates: QuerySet[Entry],
) -> tuple[int, dict[str, dict[str, int]], dict[str, int]]:
    """The total, every facet's counts and what dropping a facet would add, in one statement."""
    columns = candidates.order_by().values("pk", "misses", "missed")
    inner, parameters = columns.query.sql_with_params()
    sql = f"""
        WITH candidate (id, misses, missed) AS ({inner})
        SELECT facet.facet, facet.code, COUNT(*)
        FROM candidate JOIN search_entryfacet facet ON facet.entry_id = candidate.id
        WHERE candidate.misses = 0 OR facet.facet = candidate.missed
        GROUP BY facet.facet, facet.code
        UNION ALL
        SELECT '', candidate.missed, COUNT(*) FROM candidate GROUP BY candidate.missed
    """
    without: dict[str, int] = {}
    facets: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for facet, code, count in cursor.fetchall():
            if facet:
                facets[facet][code] = count
            else:
                without[code] = count
    total = without.pop("", 0)
    return total, dict(facets), {facet: total + count for facet, count in without.items()}


def _page(found: QuerySet[Entry], request: SearchRequest, page: int) -> tuple[Hit, ...]:
    """The entries of one page of a listing without words."""
    window = slice((page - 1) * request.page_size, page * request.page_size)
    return tuple(Hit(pk) for pk in _ordered(found, request).values_list("pk", flat=True)[window])


def _ranked(
    found: QuerySet[Entry], request: SearchRequest, matches: dict[UUID, Match]
) -> list[Hit]:
    """All that meets the words, in the order asked for."""
    if request.state.order != "relevance":
        rows = _ordered(found, request).values_list("pk", "key")
        return [Hit(pk, matches[key].score, matches[key].strong) for pk, key in rows]
    hits = []
    near = found.nearest_to(request.near).order_by("pk")
    for pk, key, distance, confirmed, updated in near.values_list(
        "pk", "key", "distance", "last_confirmed", "updated_at"
    ):
        match = matches[key]
        factor = coverage(distance) * freshness(_days(confirmed, updated, request.now))
        hits.append(Hit(pk, match.score * factor, match.strong))
    return sorted(hits, key=lambda hit: (not hit.strong, -hit.score))


def _days(confirmed: date | None, updated: datetime | None, now: datetime) -> float | None:
    """Days since an entry was confirmed or updated."""
    day = confirmed or (updated and updated.date())
    return (now.date() - day).days if day else None


def _ordered(entries: QuerySet[Entry], request: SearchRequest) -> QuerySet[Entry]:
    """Entries in the order asked for; ties by name."""
    match request.state.order:
        case "nearest":
            return entries.nearest_to(request.near).order_by("distance", "sort_key", "pk")
        case "soonest":
            past = Case(When(starts_at__gte=request.now, then=0), default=1)
            return entries.order_by(past, F("starts_at").asc(nulls_last=True), "sort_key", "pk")
        case "newest":
            return entries.order_by(F("published_at").desc(nulls_last=True), "sort_key", "pk")
        case _:
            return entries.order_by("sort_key", "pk")
