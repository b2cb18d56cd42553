"""An answer of Elasticsearch as a result. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from search.engines.base import Hit, SearchRequest, SearchResult
from search.urlstate import FACETS

from .mapping import facet_and_code
from .queries import NAME, REST, STRONG

Answer = Mapping[str, Any]


class UnfitAnswerError(Exception):
    """The engine answered, but not what was asked: in part, or from an index that is not ours."""


def check(answer: Answer, alias: str) -> None:
    """Take an answer only whole, and only from an index behind the alias.

    Raises:
        UnfitAnswerError: a shard failed, time ran out, or something else bears the alias's name.
    """
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise UnfitAnswerError(f"In part: {answer['_shards']}, timed out: {answer['timed_out']}")
    strangers = {
        hit["_index"] for hit in answer["hits"]["hits"] if not hit["_index"].startswith(f"{alias}-")
    }
    if strangers:
        raise UnfitAnswerError(f"From {', '.join(strangers)} instead of {alias}")


def total_of(answer: Answer) -> int:
    """How many entries were found, on all pages."""
    return int(answer["hits"]["total"]["value"])


def page_count(answer: Answer, size: int) -> int:
    """How many pages hold them; one at least."""
    return max(1, ceil(total_of(answer) / size))


def hits_of(request: SearchRequest, answer: Answer) -> tuple[Hit, ...]:
    """The entries of the page, in order; those of the same score by name, then row."""
    asked = bool(request.state.q)
    found = answer["hits"]["hits"]
    if request.state.order == "relevance":
        found = sorted(found, key=_by_score_and_name)
    return tuple(
        Hit(
            entry_id=int(hit["_id"]),
            score=hit["_score"] or 0.0,
            strong=not asked or STRONG in hit.get("matched_queries", ()),
        )
        for hit in found
    )


def _by_score_and_name(hit: Mapping[str, Any]) -> tuple[float, list[str], int]:
    return -hit["_score"], hit["fields"][NAME], int(hit["_id"])


def result_of(
    request: SearchRequest, answer: Answer, hits: tuple[Hit, ...], page: int
) -> SearchResult:
    """The totals and counts of an answer, with the hits of a page that may come from another."""
    total, counts = total_of(answer), answer["aggregations"]
    without = {
        facet: count
        for facet in request.state.filters
        if (count := counts[facet]["doc_count"]) > total
    }
    strong_total = counts[STRONG]["doc_count"] if STRONG in counts else 0
    return SearchResult(
        hits=hits,
        total=total,
        strong_total=strong_total if request.state.q else total,
        page=page,
        page_count=page_count(answer, request.page_size),
        facets=dict(_facets(request, counts)),
        without=without,
    )


def _facets(
    request: SearchRequest, counts: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, int]]]:
    rest: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, count in _counted(counts[REST][REST]):
        facet, code = facet_and_code(name)
        rest[facet][code] = count
    for facet in FACETS:
        chosen = facet in request.state.filters
        found = dict(_counted(counts[facet][facet])) if chosen else rest[facet]
        if found:
            yield facet, found


def _counted(counts: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    return ((bucket["key"], bucket["doc_count"]) for bucket in counts["buckets"])
