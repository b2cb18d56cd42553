"""Where a reader's words stand in a text: found by the same analysis that found the entry. Pure.

An inflected form, a compound or another spelling is marked like the word itself, which an engine's
own highlighter, comparing letters, cannot do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from site_core.pages.plain_language import sentences

from .analysis.normalise import HYPHENS
from .analysis.stopwords import is_stop_word
from .analysis.terms import layer_prefix
from .analysis.tokens import LAYERS, Token, analyse
from .query import QueryWords

Spans = tuple[tuple[int, int], ...]
"""Places in a text in code points, each end exclusive; in order, none overlapping."""

LONGEST_EXCERPT = 200
"""Code points of a sentence before it is cut."""

LONGEST_READ = 8_000
"""Code points of a text that are looked through: a page of results must not wait for the rest."""

_BEFORE = 60
"""What a sentence that is cut keeps before the first word marked."""

_BREAK = re.compile(
    r"</?(?:p|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|div|section|figure|figcaption|blockquote|table|t[rdh])"
    r"\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


class Marker:
    """Finds the words of one query in texts."""

    def __init__(self, words: QueryWords) -> None:
        # What is met loosely is not what she asked for: its marks would look like chance.
        self._wanted = frozenset(term.term[1:] for term in words.terms if term.strong)

    def spans(self, text: str, language: str) -> Spans:
        """The words of a plain text in `language` that meet the query well."""
        if not self._wanted:
            return ()
        tokens = analyse(text, language)
        marked: set[int] = set()
        for position, token in enumerate(tokens):
            met = {layer for layer, term in _terms(token, language) if term in self._wanted}
            if met:
                marked.add(position)
            if "joined" in met:
                marked.add(position + 1)
        return tuple((tokens[place].start, tokens[place].end) for place in sorted(marked))

    def excerpt(self, text: str, language: str) -> tuple[str, Spans] | None:
        """The first sentence of a plain text that holds a word of the query, with its places.

        A long one is cut between words around the first; cuts are shown by "…".
        """
        if not self._wanted:
            return None
        for sentence in sentences(text[:LONGEST_READ]):
            if not self._may_hold(sentence, language):
                continue
            if found := self.spans(sentence, language):
                short = _around(sentence, found[0])
                return short, found if short == sentence else self.spans(short, language)
        return None

    def _may_hold(self, sentence: str, language: str) -> bool:
        """Whether it is worth the time to look at the words of a sentence with their neighbours."""
        return any(
            piece[-1] in HYPHENS or not self._wanted.isdisjoint(_piece_terms(piece, language))
            for piece in sentence.split()
        )


@lru_cache(maxsize=20_000)
def _piece_terms(piece: str, language: str) -> frozenset[str]:
    # The same words come back in text after text.
    return frozenset(
        term for token in analyse(piece, language) for _, term in _terms(token, language)
    )


def _terms(token: Token, language: str) -> Iterator[tuple[str, str]]:
    """The layers of a word with the terms, short of their field, that it is stored under."""
    if is_stop_word(token.surface, language):
        return
    for layer in LAYERS:
        prefix = layer_prefix(layer, language)
        for key in token.layers[layer]:
            yield layer, prefix + key


def lines(rich: str) -> str:
    """Rich text as plain text, a line for each paragraph, heading and point of a list."""
    spaced = " ".join(rich.split())
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", spaced)))


def _around(sentence: str, place: tuple[int, int]) -> str:
    """As much of a sentence as an excerpt may hold, cut between words; the place stays in it."""
    if len(sentence) <= LONGEST_EXCERPT:
        return sentence
    start = max(0, place[0] - _BEFORE)
    start = sentence.find(" ", start, place[0]) + 1 or place[0] if start else 0
    end = start + LONGEST_EXCERPT
    if end < len(sentence):
        end = max(sentence.rfind(" ", start, end), place[1])
    before = "… " if start else ""
    after = " …" if end < len(sentence) else ""
    return before + sentence[start:end].strip() + after
