"""The judged set of queries is whole: its shape, its counts, and a source for each Sámi word."""

import csv
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

HERE: Final = Path(__file__).parent
SAMI: Final = ("se", "smn", "sms")
LEAST: Final = {"fi": 120, "sv": 40, "se": 20, "smn": 10, "sms": 10}
TYPES: Final = {
    *("infl", "part", "deriv", "split", "syn", "lay", "fold"),
    *("typo", "apos", "place", "place-syn", "xling", "none", "compound"),
}
KINDS: Final = {
    *("service", "activity", "event", "volunteer"),
    *("training", "news", "service_point", "organisation"),
}
COVERAGE: Final = {"municipal", "all_lapland", "whole_country", "remote"}
# As residents type: the marks of Skolt are letters, and so is each of their look-alikes.
WORD: Final = re.compile(r"[\w´’'-]+")


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    return json.loads((HERE / "development.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def attested() -> set[tuple[str, str]]:
    with (HERE / "sources.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(row["source"] for row in rows)
    return {(row["word"], row["language"]) for row in rows}


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(unicodedata.normalize("NFC", text))}


def test_documents_have_their_shape(whole):
    ids = [document["id"] for document in whole["documents"]]
    assert len(ids) == len(set(ids)) >= 155
    for document in whole["documents"]:
        assert set(document) == {
            *("id", "locale", "kind", "title", "text", "organisation", "municipalities"),
            *("coverage", "channels", "translation_of", "updated"),
        }
        assert all(document[field] for field in ("title", "text", "channels"))
        assert document["locale"] in LEAST
        assert document["kind"] in KINDS
        assert document["coverage"] in COVERAGE
        assert document["municipalities"] or document["coverage"] != "municipal"
        assert 2024 <= date.fromisoformat(document["updated"]).year <= 2026


def test_a_translation_belongs_to_an_original_in_another_language(whole):
    by_id = {document["id"]: document for document in whole["documents"]}
    pairs = Counter()
    for document in whole["documents"]:
        original = by_id[document["translation_of"] or document["id"]]
        assert original["translation_of"] is None
        pairs[original["id"], document["locale"]] += 1
        for shared in ("kind", "coverage", "municipalities", "channels", "organisation"):
            assert document[shared] == original[shared]
    assert set(pairs.values()) == {1}


def test_queries_are_enough_in_each_language(whole):
    queries = whole["queries"]
    counts = Counter(query["ui_locale"] for query in queries)
    assert len({query["qid"] for query in queries}) == len(queries) >= 210
    assert set(counts) == set(LEAST)
    assert all(counts[locale] >= least for locale, least in LEAST.items()), counts
    assert len({(query["ui_locale"], query["query"]) for query in queries}) == len(queries)
    assert {query["type"] for query in queries} == TYPES
    everyday = sum(query["type"] in {"lay", "typo", "fold", "xling"} for query in queries)
    assert everyday >= len(queries) / 4


def test_judgements_name_originals_and_grades(whole):
    originals = {row["id"] for row in whole["documents"] if row["translation_of"] is None}
    for query in whole["queries"]:
        assert set(query) == {"qid", "ui_locale", "query", "type", "relevant"}
        assert set(query["relevant"]) <= originals, query
        assert set(query["relevant"].values()) <= {1, 2, 3}, query
        assert bool(query["relevant"]) == (query["type"] != "none"), query


def test_each_query_tells_its_need(whole):
    with (HERE / "needs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["qid"] for row in rows] == [query["qid"] for query in whole["queries"]]
    assert all(row["who"] and row["need"] for row in rows)


def test_each_sami_word_has_a_source(whole, attested):
    for query in whole["queries"]:
        if query["ui_locale"] in SAMI:
            lacking = {(word, query["ui_locale"]) for word in words(query["query"])} - attested
            assert not lacking, query
    for document in whole["documents"]:
        if document["locale"] in SAMI:
            text = f"{document['title']} {document['text']}"
            lacking = {(word, document["locale"]) for word in words(text)} - attested
            assert not lacking, document
