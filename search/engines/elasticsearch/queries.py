"""A request as one question to Elasticsearch. Pure.

Terms are only ever compared: nothing here reads a reader's text. The query finds and ranks, the
filters by facet stand in `post_filter`, so that each facet can be counted as if its own choice
were not made.

By relevance the engine ranks in two rounds. A sum of constants, which it can take in bulk, puts
everything found in a rough order; the score of `search.ranking` orders the `FINE` best of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, log
from typing import Any, NamedTuple

from search.analysis.terms import weakest
from search.engines.base import SearchRequest
from search.query import QueryTerm
from search.ranking import COVERAGE, FRESH_DAYS, FRESH_SHARE, least_words

Clause = dict[str, Any]

STRONG = "strong"
"""The name of what answers the query, as a count and at each hit."""

NAME = "sort_key"
"""What orders hits of the same score. The engine cannot where it ranks twice: it leaves them as
they lie in the index, which is by name too but for what was written since it was merged."""

REST = "rest"
"""The name of the counts of all facets under all choices; one in which something is chosen has
counts of its own besides."""

WINDOW = 10_000
"""Entries a question may page through (`max_result_window`): all that `LAST_PAGE` can reach."""

FINE = 3_000
"""Entries ranked as `search.ranking` says. Of the hits on first pages in an index of 100,000, 99 of
100 would stand there too if all were (`tests.benchmarks.search`)."""

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
# Takes what was not ranked finely below all that was, in its rough order.
_ROUGH = 1e-12
_BETTER = 3.0
"""A word met at this worth or more, as in a title, counts for more in the rough order."""
_BY_NAME: list[Clause] = [{NAME: "asc"}, {"entry_id": "asc"}]


@dataclass(frozen=True)
class Surroundings:
    """What nearness takes besides the request: the municipalities next door, and the channels
    that reach everyone."""

    neighbours: Collection[str] = ()
    remote: Collection[str] = ()


class _Word(NamedTuple):
    """A word of the query: its terms, what tells how rare it is, and what meets it anyhow."""

    terms: list[QueryTerm]
    roots: Collection[str]
    meets: Clause


def question(request: SearchRequest, around: Surroundings, page: int) -> Clause:
    """The body of a search: one page of hits with the total, and all the counts beside it."""
    chosen = {
        facet: _any_of(f"facet_{facet}", codes) for facet, codes in request.state.filters.items()
    }
    words = _words(request)
    strong = _strong(words)
    if request.state.order == "relevance":
        ranked = _ranked(request, words, strong, around)
    else:
        ranked = _sorted(request, words, strong, around)
    ranked["query"]["bool"] |= {
        "filter": _shown(request),
        "must_not": [{"range": {"visible_until": {"lte": _moment(request)}}}],
    }
    body: Clause = {
        **ranked,
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


def _words(request: SearchRequest) -> list[_Word]:
    terms: list[list[QueryTerm]] = [[] for _ in request.words.words]
    for term in request.words.terms:
        terms[term.word].append(term)
    return [
        _Word(own, roots, _meets(own))
        for own, roots in zip(terms, request.words.roots, strict=True)
    ]


def _meets(terms: Iterable[QueryTerm]) -> Clause:
    """What meets any of the terms, in whichever field."""
    return {"terms": {"terms": list(weakest(term.term for term in terms))}}


def _met(words: Collection[_Word]) -> Clause:
    """What meets enough of the words to be found."""
    met = [word.meets for word in words]
    return {"bool": {"should": met, "minimum_should_match": least_words(len(met))}}


def _strong(words: Iterable[_Word]) -> Clause | None:
    """What meets every word as the reader meant it; None where nothing can."""
    meant = [[term for term in word.terms if term.strong] for word in words]
    if not meant or not all(meant):
        return None
    return _all_of(map(_meets, meant))


def _sorted(
    request: SearchRequest, words: list[_Word], strong: Clause | None, around: Surroundings
) -> Clause:
    """What finds by the words and what to sort by, if not by relevance; ties by name, then row."""
    met = [{"bool": {"filter": [_met(words)]}}] if words else []
    sort: list[Any] = _BY_NAME
    match request.state.order:
        case "nearest" if request.near:
            nearest_first = [float(tier) for tier in range(len(COVERAGE), 0, -1)]
            met += [_weighed(_tiers(request.near, around, nearest_first))]
            sort = ["_score", *_BY_NAME]
        case "soonest":
            coming = {"range": {"starts_at": {"gte": _moment(request)}}}
            met += [_weighed([{"filter": coming, "weight": 2.0}])]
            sort = ["_score", {"starts_at": {"order": "asc", "missing": "_last"}}, *_BY_NAME]
        case "newest":
            sort = [{"published_at": {"order": "desc", "missing": "_last"}}, *_BY_NAME]
    named = [_constant(strong, 0.0, _name=STRONG)] if strong else []
    return {"query": {"bool": {"must": met, "should": named}}, "sort": sort}


def _weighed(functions: list[Clause]) -> Clause:
    """A score that is the weight of the first function that fits."""
    return {"function_score": {"functions": functions, "score_mode": "first"}}


def _ranked(
    request: SearchRequest, words: list[_Word], strong: Clause | None, around: Surroundings
) -> Clause:
    """What finds by the words and how to rank it: all in a rough order, then the best of it."""
    first = [_constant(strong, _FIRST, _name=STRONG)] if strong else []
    roughly, finely = (
        {"bool": {"must": [rank(request, words, around)], "should": first}}
        for rank in (_roughly, _relevance)
    )
    weights = {"score_mode": "max", "query_weight": _ROUGH, "rescore_query_weight": 1.0}
    again = {"window_size": FINE, "query": {"rescore_query": finely, **weights}}
    return {"query": roughly, "rescore": again, "docvalue_fields": [NAME]}


def _roughly(request: SearchRequest, words: list[_Word], around: Surroundings) -> Clause:
    """How many words are met, and how many of them well. Finds by the words too."""
    score = [_constant(word.meets, 2.0) for word in words]
    for word in words:
        if better := [term for term in word.terms if term.weight >= _BETTER]:
            score.append(_constant(_meets(better), 1.0))
    rough: Clause = {"bool": {"should": score}}
    if least_words(len(words)) > 1:
        rough["bool"]["filter"] = [_met(words)]
    return _times(rough, _tiers(request.near, around, COVERAGE), "first") if request.near else rough


def _constant(query: Clause, boost: float, **named: str) -> Clause:
    return {"constant_score": {"filter": query, "boost": boost, **named}}


def _relevance(request: SearchRequest, words: list[_Word], around: Surroundings) -> Clause:
    """Rarity and worth of the words met × their share × coverage × freshness."""
    score: Clause = {
        "bool": {
            "should": [_best_of(word) for word in words if word.terms],
            "minimum_should_match": least_words(len(words)),
        }
    }
    if len(words) > 1:
        # The square of the share, all but: each word missed takes what the first one takes.
        left = (1 - 1 / len(words)) ** 2
        share: list[Clause] = [{"weight": left ** len(words)}]
        share += [{"filter": word.meets, "weight": 1 / left} for word in words]
        score = _times(score, share, "multiply")
    if request.near:
        score = _times(score, _tiers(request.near, around, COVERAGE), "first")
    return _times(score, _freshness(request), "sum")


def _times(query: Clause, functions: list[Clause], mode: str) -> Clause:
    return {"function_score": {"query": query, "functions": functions, "score_mode": mode}}


def _best_of(word: _Word) -> Clause:
    """A word's best meeting, times its rarity.

    The rarity is that of what the word derives from: what meets it otherwise is taken as rare. It
    may derive from several ("tukea": tuki, tukea): an entry has that of the shortest it holds.
    """
    by_weight: defaultdict[float, set[str]] = defaultdict(set)
    for term in word.terms:
        by_weight[round(term.weight, 1)].add(term.term)
    roots = sorted(word.roots, key=lambda root: (len(root), root))
    rarities: list[Clause] = [
        {
            "bool": {
                "must": [{"term": {"roots": root}}],
                "must_not": [_any_of("roots", roots[:place])],
            }
        }
        for place, root in enumerate(roots)
    ]
    otherwise = {"bool": {"must_not": [_any_of("roots", roots)]}}
    rarity = {
        "bool": {
            "filter": [word.meets],
            "should": [*rarities, _constant(otherwise, _RARITY)],
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
