"""A request as one question to Elasticsearch. Pure.

Terms are only ever compared: nothing here reads a reader's text. The query finds and ranks, the
filters by facet stand in `post_filter`, so that each facet can be counted as if its own choice
were not made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, log
from typing import Any

from search.analysis.terms import weakest
from search.engines.base import SearchRequest
from search.query import QueryTerm
from search.ranking import COVERAGE, FRESH_DAYS, FRESH_SHARE, least_words

Clause = dict[str, Any]

STRONG = "strong"
"""The name of what answers the query, as a count and at each hit."""

REST = "rest"
"""The name of the counts of all facets under all choices; one in which something is chosen has
counts of its own besides."""

WINDOW = 10_000
"""Entries a question may page through (`max_result_window`): all that `LAST_PAGE` can reach."""

MOMENT = 10
"""Seconds that are one moment, so that the same listing is the same question for a while and the
engine has its answer ready: counting all facets of all entries is the dearest thing it does."""

MOST_CODES = 10_000
"""More than all facets have together."""

# Of a word in 1 of 100 entries (`mapping.SETTINGS`).
_RARITY = log(1 + 0.02 * 100)
# More than the rarest words of the longest query can score, so that what answers stands before all
# that does not; no more than leaves scores their third decimal.
_FIRST = 2_000.0
_BY_NAME: list[Clause] = [{"sort_key": "asc"}, {"entry_id": "asc"}]
_BY_SCORE: list[Clause | str] = ["_score", *_BY_NAME]


@dataclass(frozen=True)
class Surroundings:
    """What nearness takes besides the request: the municipalities next door, and the channels
    that reach everyone."""

    neighbours: Collection[str] = ()
    remote: Collection[str] = ()


def question(request: SearchRequest, around: Surroundings, page: int) -> Clause:
    """The body of a search: one page of hits with the total, and all the counts beside it."""
    chosen = {
        facet: _any_of(f"facet_{facet}", codes) for facet, codes in request.state.filters.items()
    }
    strong = _strong(request)
    found, sort = _found(request, around)
    query: Clause = {
        "must": found,
        "filter": _shown(request),
        "must_not": [{"range": {"visible_until": {"lte": _moment(request)}}}],
    }
    if strong:
        boost = _FIRST if request.state.order == "relevance" else 0.0
        query["should"] = [{"constant_score": {"filter": strong, "boost": boost, "_name": STRONG}}]
    body: Clause = {
        "query": {"bool": query},
        "sort": sort,
        "aggs": _counts(chosen, strong),
        "track_total_hits": True,
        "_source": False,
        **window(page, request.page_size),
    }
    if chosen:
        body["post_filter"] = _all_of(chosen.values())
    return body


def window(page: int, size: int) -> dict[str, int]:
    """Which of the hits make a page; one that lies too deep gives the deepest there is."""
    return {"from": min((page - 1) * size, WINDOW - size), "size": size}


def _moment(request: SearchRequest) -> str:
    """When it is, a little ahead: what expires within `MOMENT` is hidden already."""
    ahead = ceil(request.now.timestamp() / MOMENT) * MOMENT
    return datetime.fromtimestamp(ahead, UTC).isoformat()


def _shown(request: SearchRequest) -> list[Clause]:
    """The one version of each page that this reader is shown, for this audience."""
    later = {"range": {f"shown_later.{request.language}": {"lte": _moment(request)}}}
    at_once = {"term": {"shown_for": request.language}}
    return [
        {"bool": {"should": [at_once, later]}},
        {"term": {"audience": request.state.audience}},
    ]


def _any_of(field: str, values: Iterable[str]) -> Clause:
    return {"terms": {field: sorted(values)}}


def _all_of(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"filter": list(clauses)}}


def _by_word(request: SearchRequest) -> dict[int, list[QueryTerm]]:
    words: dict[int, list[QueryTerm]] = {word: [] for word in range(len(request.words.words))}
    for term in request.words.terms:
        words[term.word].append(term)
    return words


def _meets(terms: Iterable[QueryTerm]) -> Clause:
    """What meets any of the terms, in whichever field."""
    return _any_of("terms", weakest(term.term for term in terms))


def _met(request: SearchRequest) -> Clause:
    """What meets enough of the words to be found."""
    words = [_meets(terms) for terms in _by_word(request).values()]
    return {"bool": {"should": words, "minimum_should_match": least_words(len(words))}}


def _strong(request: SearchRequest) -> Clause | None:
    """What meets every word as the reader meant it; None where nothing can."""
    words = [[term for term in terms if term.strong] for terms in _by_word(request).values()]
    if not words or not all(words):
        return None
    return _all_of(map(_meets, words))


def _found(request: SearchRequest, around: Surroundings) -> tuple[list[Clause], list[Any]]:
    """What finds by the words and gives the score, and what to sort by; ties by name, then row."""
    met = [{"bool": {"filter": [_met(request)]}}] if request.words.words else []
    match request.state.order:
        case "relevance":
            return [_relevance(request, around)], _BY_SCORE
        case "nearest" if request.near:
            nearest_first = [float(tier) for tier in range(len(COVERAGE), 0, -1)]
            return [*met, _weighed(_tiers(request.near, around, nearest_first))], _BY_SCORE
        case "soonest":
            coming = {"range": {"starts_at": {"gte": _moment(request)}}}
            starts = {"starts_at": {"order": "asc", "missing": "_last"}}
            by_start = [{"filter": coming, "weight": 2.0}]
            return [*met, _weighed(by_start)], ["_score", starts, *_BY_NAME]
        case "newest":
            published = {"published_at": {"order": "desc", "missing": "_last"}}
            return met, [published, *_BY_NAME]
        case _:
            return met, _BY_NAME


def _weighed(functions: list[Clause]) -> Clause:
    """A score that is the weight of the first function that fits."""
    return {"function_score": {"functions": functions, "score_mode": "first"}}


def _relevance(request: SearchRequest, around: Surroundings) -> Clause:
    """Rarity and worth of the words met × their share × coverage × freshness."""
    words = _by_word(request)
    roots = request.words.roots
    score: Clause = {
        "bool": {
            "should": [_best_of(terms, roots[word]) for word, terms in words.items() if terms],
            "minimum_should_match": least_words(len(words)),
        }
    }
    if len(words) > 1:
        met = map(_meets, words.values())
        # The square of the share, all but: each word missed takes what the first one takes.
        left = (1 - 1 / len(words)) ** 2
        share: list[Clause] = [{"weight": left ** len(words)}]
        share += [{"filter": word, "weight": 1 / left} for word in met]
        score = _times(score, share, "multiply")
    if request.near:
        score = _times(score, _tiers(request.near, around, COVERAGE), "first")
    return _times(score, _freshness(request), "sum")


def _times(query: Clause, functions: list[Clause], mode: str) -> Clause:
    return {"function_score": {"query": query, "functions": functions, "score_mode": mode}}


def _best_of(terms: Iterable[QueryTerm], roots: Collection[str]) -> Clause:
    """A word's best meeting, times its rarity.

    The rarity is that of what the word derives from: what meets it otherwise is taken as rare.
    """
    by_weight: defaultdict[float, set[str]] = defaultdict(set)
    for term in terms:
        by_weight[round(term.weight, 1)].add(term.term)
    known = [{"term": {"roots": root}} for root in sorted(roots)]
    otherwise = {"bool": {"must_not": [_any_of("roots", roots)]}}
    rarity = {
        "bool": {
            "filter": [_meets(terms)],
            "should": [
                {"dis_max": {"queries": known}},
                {"constant_score": {"filter": otherwise, "boost": _RARITY}},
            ],
        }
    }
    least = min(by_weight)
    worths: list[Clause] = [{"weight": least}]  # what meets the word at all
    worths += [
        {"filter": _any_of("terms", alike), "weight": weight}
        for weight, alike in by_weight.items()
        if weight > least
    ]
    return _times(rarity, worths, "max")


def _freshness(request: SearchRequest) -> list[Clause]:
    decay = {"origin": f"{request.now:%Y-%m-%d}", "scale": f"{FRESH_DAYS}d", "decay": 0.5}
    return [
        {"weight": 1 - FRESH_SHARE},
        {
            "filter": {"exists": {"field": "confirmed"}},
            "gauss": {"confirmed": decay},
            "weight": FRESH_SHARE,
        },
    ]


def _tiers(municipality: str, around: Surroundings, weights: Iterable[float]) -> list[Clause]:
    """The distances of `EntryQuerySet.nearest_to`, each with its weight, the first that fits."""
    here = {"term": {"facet_municipality": municipality}}
    reaches = {
        "bool": {
            "should": [
                {"bool": {"must_not": [{"exists": {"field": "facet_place"}}]}},
                {"term": {"facet_place": municipality}},
                _any_of("facet_channel", around.remote),
            ]
        }
    }
    tiers: list[list[Clause]] = [
        [here, reaches, {"term": {"coverage": "municipal"}}],
        [reaches, _any_of("coverage", ["all_lapland", "remote"])],
        [here, _any_of("facet_place", around.neighbours)],
        [reaches, {"term": {"coverage": "whole_country"}}],
        [here],
        [{"match_all": {}}],
    ]
    return [
        {"filter": _all_of(tier), "weight": weight}
        for tier, weight in zip(tiers, weights, strict=True)
    ]


def _counts(chosen: Mapping[str, Clause], strong: Clause | None) -> Clause:
    """Each facet's codes counted under the choices made in the others, and the strong hits."""
    counts: Clause = {}
    for group in (REST, *chosen):
        others = [clause for facet, clause in chosen.items() if facet != group]
        field = "facets" if group == REST else f"facet_{group}"
        counts[group] = {
            "filter": _all_of(others) if others else {"match_all": {}},
            "aggs": {group: {"terms": {"field": field, "size": MOST_CODES}}},
        }
    if strong:
        counts[STRONG] = {"filter": _all_of([strong, *chosen.values()])}
    return counts
