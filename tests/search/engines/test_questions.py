"""What is sent to Elasticsearch: bounded, whatever is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import prod

import pytest

from search.engines.base import SearchRequest
from search.engines.elasticsearch.mapping import (
    MAPPINGS,
    SETTINGS,
    alias_name,
    fingerprint,
    index_name,
)
from search.engines.elasticsearch.queries import WINDOW, Surroundings, question, window
from search.query import QueryWords
from search.urlstate import FACETS, LAST_PAGE, SORTS, SearchState

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
LEAVES = {"term", "terms", "range", "exists", "match_all"}
LONG = (
    "lastensuojelun sosiaalityöntekijä päihdekuntoutujien vertaistukiryhmä omaishoitajille"
    " kehitysvammaisten asumispalveluyksikkö terveydenhuoltolaki perheneuvonta velkajärjestely"
    " ikääntyneiden kotisairaanhoito"
)
QUERIES = ["", "tuki", "velkaneuvonta inari", LONG, "asumispalveluyksikkö " * 12, "xyzzy " * 12]


def asked(query: str, **values) -> SearchRequest:
    return SearchRequest.of(SearchState(q=query, **values), "fi", NOW)


def leaves(node) -> Iterator[str]:
    """The queries at the ends of a question, each of which counts as a clause."""
    for name, below in node.items() if isinstance(node, dict) else enumerate(node):
        if name in LEAVES:
            yield name
        elif isinstance(below, dict | list):
            yield from leaves(below)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", SORTS)
def test_no_question_has_too_many_clauses(query, sort):
    codes = {facet: tuple(f"c{number}" for number in range(20)) for facet in FACETS}
    around = Surroundings(["148"] * 5, ["phone"] * 6)
    body = question(asked(query, sort=sort, **codes), around, 1)
    assert len(list(leaves(body["query"]))) <= 1000
    assert len(list(leaves(body.get("rescore", {})))) <= 1000
    assert len(list(leaves(body["aggs"]))) <= 200


def test_every_term_is_asked_for():
    for query in QUERIES[1:]:
        request = asked(query)
        body = str(question(request, Surroundings(), 1)["rescore"])
        assert all(f"'{term.term}'" in body for term in request.words.terms)


@pytest.mark.parametrize("count", [2, 3, 12])
def test_a_word_missed_takes_the_square_of_what_is_left_of_the_share(count):
    """Nothing met less is worth more than what meets all, however many words there are."""
    body = question(asked(" ".join(f"sana{n}" for n in range(count))), Surroundings(), 1)
    (score,) = body["rescore"]["query"]["rescore_query"]["bool"]["must"]
    share = score["function_score"]["query"]["function_score"]
    weights = [function["weight"] for function in share["functions"]]
    assert len(weights) == count + 1
    assert prod(weights) == pytest.approx(1)
    assert prod(weights[:-1]) == pytest.approx((1 - 1 / count) ** 2)


def test_no_field_is_there_for_nothing():
    codes = dict.fromkeys(FACETS, ("a",))
    fields = set()
    for sort in SORTS:
        body = question(asked("tuki", sort=sort, **codes), Surroundings(["148"], ["phone"]), 1)
        fields |= set(named_fields(body))
    for_the_sync = {"key", "kind", "language", "analysis", "version", "gone"}
    assert fields | for_the_sync == MAPPINGS["properties"].keys()


def named_fields(node) -> Iterator[str]:
    known = MAPPINGS["properties"].keys()
    for name, below in node.items() if isinstance(node, dict) else enumerate(node):
        for word in (name, below):
            if isinstance(word, str) and word.partition(".")[0] in known:
                yield word.partition(".")[0]
        if isinstance(below, dict | list):
            yield from named_fields(below)


@pytest.mark.parametrize("size", [1, 20, 500])
def test_pages_stay_in_the_window(size):
    for page in (1, 2, LAST_PAGE):
        asked_for = window(page, size)
        assert 0 <= asked_for["from"] <= WINDOW - asked_for["size"]
    assert window(LAST_PAGE, 20)["from"] == (LAST_PAGE - 1) * 20, "the last page is within reach"


def test_a_listing_is_the_same_question_for_a_moment():
    def told(seconds: float) -> dict:
        now = NOW + timedelta(seconds=seconds)
        return question(SearchRequest(SearchState(), QueryWords(), "fi", now), Surroundings(), 1)

    assert told(0.001) == told(3) == told(10)
    assert told(0) != told(0.001), "what expires meanwhile is hidden before, not after"
    assert told(10) != told(10.001)


def test_a_change_of_shape_changes_the_name(monkeypatch):
    before = alias_name("portal", "3-voikko")
    assert before == f"portal-entries-{fingerprint()}-3-voikko"
    monkeypatch.setitem(MAPPINGS["properties"], "new", {"type": "keyword"})
    changed = alias_name("portal", "3-voikko")
    monkeypatch.setitem(SETTINGS, "refresh_interval", "9s")
    assert len({before, changed, alias_name("portal", "3-voikko")}) == 3


def test_an_index_is_named_after_its_alias_and_time():
    assert index_name("a-b", NOW) == "a-b-20261125100000000000"
