"""Elasticsearch and the database at hand answer the same to the same requests."""

import random

import pytest

from search.engines.base import SearchRequest, SearchResult
from search.engines.elasticsearch import queries
from search.urlstate import FACETS

from .generated import random_request, scatter

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def told(request: SearchRequest, result: SearchResult) -> dict:
    """What of an answer must be the same; scores need not be, and so the order by them."""
    hits = [(hit.entry_id, hit.strong) for hit in result.hits]
    found = {
        "total": result.total,
        "strong_total": result.strong_total,
        "pages": (result.page, result.page_count),
        "facets": {facet: result.facets[facet] for facet in FACETS if facet in result.facets},
        "without": result.without,
    }
    if request.state.order != "relevance":
        return {**found, "hits": hits}
    strong_first = [strong for _, strong in hits]
    everything = sorted(hits) if result.page_count == 1 else None
    return {**found, "hits": everything, "strong_first": strong_first}


@pytest.fixture
def disagreements(ask_database, ask_elasticsearch):
    """Requests that are answered differently, with what differs."""

    def disagreements(chance: random.Random, count: int, *, words: bool) -> list:
        found = []
        for _ in range(count):
            request = random_request(chance, words=words)
            theirs, ours = (
                told(request, ask(request)) for ask in (ask_database, ask_elasticsearch)
            )
            if differing := {
                what: (theirs[what], ours[what]) for what in ours if theirs[what] != ours[what]
            }:
                found.append(
                    (request.state.query_string(), request.language, request.now, differing)
                )
        return found

    return disagreements


@pytest.mark.parametrize("seed", [1, 2])
def test_both_answer_the_same_to_words(disagreements, seed):
    chance = random.Random(seed)
    scatter(chance, 40)
    assert disagreements(chance, 60, words=True) == []


@pytest.mark.parametrize("seed", [3, 4])
def test_both_show_the_same_without_words(disagreements, seed):
    """Whose words an expired version keeps finding until it is written, these do not show."""
    chance = random.Random(seed)
    scatter(chance, 40, one_by_one=True)
    assert disagreements(chance, 60, words=False) == []


@pytest.mark.parametrize(
    ("name", "broken", "words"),
    [
        ("_shown", lambda request: [], False),
        ("_tiers", lambda *anything: [{"weight": 1.0}], False),
        ("_BY_NAME", [{"entry_id": "asc"}], False),
        ("MOST_CODES", 1, False),
        ("_strong", lambda request: None, True),
        ("least_words", lambda count: count, True),
    ],
)
def test_a_fault_is_noticed(disagreements, monkeypatch, name, broken, words):
    chance = random.Random(5)
    scatter(chance, 40)
    monkeypatch.setattr(queries, name, broken)
    assert disagreements(chance, 40, words=words)
