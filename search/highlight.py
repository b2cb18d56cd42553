"""Where a reader's words stand in a text: found by the same analysis that found the entry. Pure.

An inflected form, a compound or another spelling is marked like the word itself, which an engine's
own highlighter, comparing letters, cannot do.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from site_core.pages.plain_language import sentences

from .analysis.normalise import HYPHENS
from .analysis.stopwords import is_stop_word
from .analysis.terms import layer_prefix, token_terms
from .analysis.tokens import Token, analyse
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


@dataclass(frozen=True)
class Excerpt:
    """A sentence with the places of the words it holds; `worth` compares it with others."""

    text: str
    spans: Spans
    worth: float


class Marker:
    """Finds the words of one query in texts."""

    def __init__(self, words: QueryWords) -> None:
        self._meetings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for term in words.terms:
            # What is met loosely is not what she asked for: its marks would look like chance.
            if term.strong:
                meetings = self._meetings[term.term[1:]]
                meetings[term.word] = max(term.weight, meetings.get(term.word, 0.0))
        # The members of a compound she typed bear its surface, side by side.
        runs = (list(run) for _, run in groupby(enumerate(words.words), key=itemgetter(1)))
        self._wholes = [{word for word, _ in run} for run in runs]

    def spans(self, text: str, language: str) -> Spans:
        """The words of a plain text in `language` that meet the query well.

        A member of a compound is marked where the text holds the other members too.
        """
        if not self._may_hold(text, language):
            return ()
        return tuple((token.start, token.end) for token, _ in self._met(text, language))

    def excerpt(self, text: str, language: str) -> Excerpt | None:
        """The first sentence of a plain text that holds a word of the query.

        A long one is cut between words around the first; cuts are shown by "…".
        """
        for sentence in sentences(text[:LONGEST_READ]) if self._meetings else ():
            if not self._may_hold(sentence, language):
                continue
            if met := self._met(sentence, language):
                first = met[0][0]
                short = _around(sentence, (first.start, first.end))
                worth = sum(worth for _, worth in met)
                return Excerpt(short, self.spans(short, language), worth)
        return None

    def _met(self, text: str, language: str) -> list[tuple[Token, float]]:
        """The words of a text that meet the query, in order, with the worth of the best meeting."""
        tokens = analyse(text, language) if self._meetings else []
        met: list[dict[int, float]] = [{} for _ in tokens]
        for place, token in enumerate(tokens):
            for term in _terms(token, language):
                if meetings := self._meetings.get(term):
                    is_joined = term.startswith(layer_prefix("joined", language))
                    for there in (place, place + 1) if is_joined else (place,):
                        for word, worth in meetings.items():
                            met[there][word] = max(worth, met[there].get(word, 0.0))
        found = set().union(*met)
        kept = set().union(*(whole for whole in self._wholes if whole <= found))
        best = (
            max((worth for word, worth in words.items() if word in kept), default=0.0)
            for words in met
        )
        return [(token, worth) for token, worth in zip(tokens, best, strict=True) if worth]

    def _may_hold(self, sentence: str, language: str) -> bool:
        """Whether it is worth the time to look at the words of a sentence with their neighbours."""
        return bool(self._meetings) and any(
            piece[-1] in HYPHENS
            or not self._meetings.keys().isdisjoint(_piece_terms(piece, language))
            for piece in sentence.split()
        )


@lru_cache(maxsize=20_000)
def _piece_terms(piece: str, language: str) -> frozenset[str]:
    # The same words come back in text after text.
    return frozenset(term for token in analyse(piece, language) for term in _terms(token, language))


def _terms(token: Token, language: str) -> Iterable[str]:
    return () if is_stop_word(token.surface, language) else token_terms(token, language)


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
