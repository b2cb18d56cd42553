"""The index of entries: its settings, its fields, and the names that tell one shape from another.

One document per row of `Entry`, `_id` being its primary key and `_version` its version. A document
stands for itself: it holds the terms of all public versions of its page, so a question needs to
collapse nothing. A hidden entry is a document of `version` and `gone` alone.

terms: what the group is found by, each in its field and all lesser ones (`terms.with_lesser`),
    with spaces between: a text is read in four fifths of the time of as many keywords.
roots: the words in them, by which it is told how rare a word is.
shown_for: languages of the readers who are shown this version of the page.
shown_later: per language, the time from which readers are shown this version since all that fit
    them better have expired by then; nothing where it is shown at once or never.
facet_*: the codes of `EntryFacet`; facet_place is not counted, but tells near from far.
facets: the codes of all facets that are counted, as `facet_code` writes them: one field is counted
    in a third of the time that nine take.
kind, audience, coverage, language, key, sort_key, starts_at, published_at, visible_until: columns
    of the entry. entry_id: its primary key, which `_id` cannot sort by.
confirmed: the day its owner last vouched for it, else the time it was updated.
analysis: what made the terms. gone: true for a hidden entry.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from search.urlstate import FACETS
from site_core.languages.registry import LANGUAGES

DOCUMENTS = 4
"""Rises when documents (`search.sync.documents`) say something else in the same fields."""

_TERMS = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}
_KEYWORD = {"type": "keyword"}
# Ordinals made when the index is refreshed, not in the first search after it.
_CODES = {"type": "keyword", "eager_global_ordinals": True}

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,  # counts and rarity are exact
    "auto_expand_replicas": "0-1",
    "refresh_interval": "500ms",
    "sort": {"field": ["sort_key", "entry_id"]},  # so lie hits of the same score (`queries.NAME`)
    # A question looks hundreds of terms up in each segment: rather merge often than have many.
    "merge": {"policy": {"segments_per_tier": 2}},
    # ln(1 + .02 × entries / entries with the word): of two words that many entries have, the one
    # twice as rare tells twice as much. A logarithm of the quotient alone would level them.
    "similarity": {
        "rarity": {
            "type": "IB",
            "distribution": "ll",
            "lambda": "df",
            "normalization": "h3",
            "normalization.h3.c": 0.02,
        }
    },
}

MAPPINGS: dict[str, Any] = {
    "_meta": {"documents": DOCUMENTS},
    "dynamic": "strict",
    "_source": {"excludes": ["terms", "roots"]},  # thousands a document, and nobody reads them back
    "properties": {
        "terms": _TERMS,
        "roots": {**_TERMS, "similarity": "rarity"},
        "shown_for": _KEYWORD,
        "shown_later": {"properties": {code: {"type": "date"} for code in LANGUAGES}},
        **{f"facet_{facet}": _CODES for facet in FACETS},
        "facets": _CODES,
        "facet_place": _KEYWORD,
        "kind": _KEYWORD,
        "audience": _KEYWORD,
        "coverage": _KEYWORD,
        "language": _KEYWORD,
        "key": _KEYWORD,
        "analysis": _KEYWORD,
        "entry_id": {"type": "long"},
        "version": {"type": "long"},
        "gone": {"type": "boolean"},
        "sort_key": _KEYWORD,
        "starts_at": {"type": "date"},
        "published_at": {"type": "date"},
        "confirmed": {"type": "date"},
        "visible_until": {"type": "date"},
    },
}


def facet_code(facet: str, code: str) -> str:
    """A code among those of all facets."""
    return f"{facet}:{code}"


def facet_and_code(name: str) -> tuple[str, str]:
    """What `facet_code` put together."""
    facet, _, code = name.partition(":")
    return facet, code


def fingerprint() -> str:
    """Eight hexadecimal digits that change with any change of the index's shape."""
    shape = json.dumps([SETTINGS, MAPPINGS], sort_keys=True)
    return hashlib.sha256(shape.encode()).hexdigest()[:8]


def alias_name(prefix: str, analysis: str) -> str:
    """The one name a process reads and writes: of its own shape and its own analysis.

    So two releases can run side by side, and where nobody has built an index for this one yet,
    there is none to be misread.
    """
    return f"{prefix}-entries-{fingerprint()}-{analysis}"


def index_name(alias: str, now: datetime) -> str:
    """The name of an index that is built behind an alias at an aware time."""
    return f"{alias}-{now.astimezone(UTC):%Y%m%d%H%M%S%f}"
