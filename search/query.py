"""A reader's query as terms to look up, each with its worth. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .analysis.grams import gram_keys
from .analysis.stopwords import is_idle_in_query
from .analysis.terms import FIELD_LETTERS, layer_prefix
from .analysis.tokens import LANGUAGES, Token, analyse
from .ranking import FIELD_WEIGHTS, FLOOR, FOREIGN, STRONG, WORTHS


@dataclass(frozen=True)
class QueryTerm:
    """One term to look up for one word of the query.

    word: the place of the word among `QueryWords.words`, counted from 0.
    weight: what meeting it is worth, field and language included; strong: whether that answers
    the word.
    """

    term: str
    word: int
    weight: float
    strong: bool


@dataclass(frozen=True)
class QueryWords:
    """A query analysed: the words that count, as written, and all the terms to look up.

    A term that joins two words is listed for both.
    """

    words: tuple[str, ...] = ()
    terms: tuple[QueryTerm, ...] = ()


def query_words(text: str, language: str, most: int = 12) -> QueryWords:
    """The words of a reader of `language`, read in all five, since she may write in any.

    Words that say nothing of the need are left out, unless nothing else is there.
    `most` caps the number of words.
    """
    readings = {code: analyse(text, code) for code in LANGUAGES}
    surfaces = [token.surface for token in readings[language][:most]]
    kept = [index for index, word in enumerate(surfaces) if not is_idle_in_query(word)]
    kept = kept or list(range(len(surfaces)))
    terms: list[QueryTerm] = []
    for word, index in enumerate(kept):
        strange = not any(tokens[index].known for tokens in readings.values())
        for code, tokens in readings.items():
            worths = dict(word_terms(tokens[index], code, slips=strange))
            if index - 1 in kept:
                worths |= joined_terms(tokens[index - 1], code)
            if index + 1 in kept:
                worths |= joined_terms(tokens[index], code)
            terms += _in_fields(worths, word, 1.0 if code == language else FOREIGN)
    return QueryWords(tuple(surfaces[index] for index in kept), tuple(terms))


def word_terms(token: Token, language: str, slips: bool = False) -> Iterable[tuple[str, float]]:
    """The terms, short of their field, that one word meets, the best meeting of a term last.

    slips: also those that a slip of the finger would have made of it.
    """
    keys = {**token.layers, "joined": (), "gram": gram_keys(token) if slips else ()}
    return _worths(keys, language)


def joined_terms(token: Token, language: str) -> Iterable[tuple[str, float]]:
    """The terms, short of their field, that a word and the next meet when written as one."""
    return _worths({"joined": token.layers["joined"]}, language)


def _worths(keys: Mapping[str, Iterable[str]], language: str) -> Iterable[tuple[str, float]]:
    found = [
        (layer_prefix(stored, language) + key, worth)
        for (asked, stored), worth in WORTHS.items()
        for key in keys.get(asked, ())
    ]
    return sorted(found, key=lambda pair: pair[1])


def _in_fields(worths: dict[str, float], word: int, share: float) -> Iterable[QueryTerm]:
    for field, letter in FIELD_LETTERS.items():
        for term, worth in worths.items():
            weight = worth * share * FIELD_WEIGHTS[field]
            if weight >= FLOOR:
                yield QueryTerm(letter + term, word, weight, worth >= STRONG)
