"""Terms: tokens as flat strings that any engine can store in one column and look up.

A term is three letters and a key: field, layer, language, then the folded word, for instance
"tlfpalvelu" (title, lemma, Finnish, palvelu). Field and layer in the term make one text column
enough, and a plain look-up of terms yields how well each entry matches. Exact keys know no
language (a name is the same in each), so theirs is "0".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .stopwords import is_idle_in_query, is_stop_word
from .tokens import LANGUAGES, LAYERS, Token, analyse

FIELD_WEIGHTS = {"title": 3.0, "place": 2.0, "summary": 1.3, "body": 1.0}
"""How much a match in each field counts."""

_FIELD_LETTERS = {"title": "t", "place": "p", "summary": "s", "body": "b"}
_LAYER_LETTERS = {"exact": "e", "lemma": "l", "parts": "p", "root": "r", "stem": "s", "listed": "k"}
_LANGUAGE_LETTERS = {"fi": "f", "sv": "v", "se": "n", "smn": "i", "sms": "k"}

# Which layer of the query meets which layer of the text, and what such a meeting is worth.
_MEETINGS: tuple[tuple[str, str, float], ...] = (
    ("exact", "exact", 2.0),
    ("lemma", "lemma", 1.5),
    ("lemma", "parts", 0.8),
    ("lemma", "root", 0.5),
    ("root", "lemma", 0.4),
    ("root", "root", 0.3),
    ("stem", "stem", 0.5),
    ("stem", "listed", 0.5),
    ("parts", "lemma", 0.25),
    ("parts", "parts", 0.2),
)

_BOTH_LISTED = 0.3
"""Two forms a dictionary lists under different words are alike by chance more often than not."""

STRONG = 0.4
"""A word met at this worth or more, whatever the field, is what the reader meant."""


@dataclass(frozen=True)
class QueryTerm:
    """One term to look up for one word of the query, with its worth (layer times field)."""

    term: str
    word: int
    weight: float
    strong: bool


@dataclass(frozen=True)
class QueryWords:
    """A query analysed: the words that count, as written, and all the terms to look up."""

    words: tuple[str, ...]
    terms: tuple[QueryTerm, ...]


def document_terms(text: str, language: str, field: str) -> set[str]:
    """The terms of one field of an entry, the text being plain and in `language`."""
    terms: set[str] = set()
    for token in analyse(text, language):
        if not is_stop_word(token.surface, language):
            terms.update(_token_terms(token, language, _FIELD_LETTERS[field]))
    return terms


def _token_terms(token: Token, language: str, field: str) -> Iterable[str]:
    for layer in LAYERS:
        stored = "listed" if layer == "stem" and token.listed else layer
        for key in token.layers[layer]:
            yield field + _prefix(stored, language) + key


def _prefix(layer: str, language: str) -> str:
    letter = "0" if layer == "exact" else _LANGUAGE_LETTERS.get(language, "0")
    return _LAYER_LETTERS[layer] + letter


def query_words(text: str, most: int = 12) -> QueryWords:
    """A reader's words, each read in all five languages, since she may write in any.

    Words that say nothing of the need are left out, unless nothing else is there.
    `most` caps the number of words.
    """
    readings = [analyse(text, language) for language in LANGUAGES]
    count = min(len(readings[0]), most)
    kept = [index for index in range(count) if not is_idle_in_query(readings[0][index].surface)]
    kept = kept or list(range(count))
    terms: list[QueryTerm] = []
    for word, index in enumerate(kept):
        worth: dict[str, float] = {}
        for language, tokens in zip(LANGUAGES, readings, strict=True):
            for term, weight in word_terms(tokens[index], language):
                worth[term] = max(weight, worth.get(term, 0.0))
        terms += _in_fields(worth, word)
    return QueryWords(tuple(readings[0][index].surface for index in kept), tuple(terms))


def word_terms(token: Token, language: str) -> Iterable[tuple[str, float]]:
    """The terms, short of their field, that a word of a query meets, with the meeting's worth."""
    for asked, stored, worth in _MEETINGS:
        both_listed = stored == "listed" and token.listed
        for key in token.layers[asked]:
            yield _prefix(stored, language) + key, _BOTH_LISTED if both_listed else worth


def _in_fields(worth: dict[str, float], word: int) -> Iterable[QueryTerm]:
    for field, letter in _FIELD_LETTERS.items():
        for term, weight in worth.items():
            total = weight * FIELD_WEIGHTS[field]
            yield QueryTerm(letter + term, word, total, weight >= STRONG)
