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
        return _places(self._met(text, language))

    def excerpt(self, text: str, language: str) -> Excerpt | None:
        """The first sentence of a plain text that holds a word of the query.

        A long one is cut between words around the first; cuts are shown by "…".
        """
        text = text[:LONGEST_READ]
        for sentence in sentences(text) if self._may_hold(text, language) else ():
            if not self._may_hold(sentence, language):
                continue
            if met := self._met(sentence, language):
                first = met[0][0]
                short = _around(sentence, (first.start, first.end))
                spans = _places(met) if short == sentence else self.spans(short, language)
                return Excerpt(short, spans, sum(worth for _, worth in met))
        return None

    def _met(self, text: str, language: str) -> list[tuple[Token, float]]:
        """The words of a text that meet the query, in order, with the worth of the best meeting."""
        tokens = analyse(text, language) if self._meetings else []
        met: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for place, token in enumerate(tokens):
            for term, places in self._terms_met(token, language):
                for there in range(place, place + places):
                    for word, worth in self._meetings[term].items():
                        met[there][word] = max(worth, met[there].get(word, 0.0))
        found = set().union(*met.values())
        kept = set().union(*(whole for whole in self._wholes if whole <= found))
        best = {
            place: max((worth for word, worth in met[place].items() if word in kept), default=0.0)
            for place in sorted(met)
        }
        return [(tokens[place], worth) for place, worth in best.items() if worth]

    def _terms_met(self, token: Token, language: str) -> Iterable[tuple[str, int]]:
        """The terms of a word of a text that meet the query, and how many words each stands for.

        Its own are known; its neighbours may have given it another base form, or be one with it.
        """
        if own := _own_terms(token.surface, language):
            for term in self._meetings.keys() & own:
                yield term, 1
            for layer, places in (("lemma", 1), ("joined", 2)):
                for key in token.layers[layer]:
                    if (term := layer_prefix(layer, language) + key) in self._meetings:
                        yield term, places

    def _may_hold(self, sentence: str, language: str) -> bool:
        """Whether it is worth the time to look at the words of a sentence with their neighbours."""
        return bool(self._meetings) and any(
            piece[-1] in HYPHENS
            or not self._meetings.keys().isdisjoint(_own_terms(piece, language))
            for piece in sentence.split()
        )


@lru_cache(maxsize=20_000)
def _own_terms(piece: str, language: str) -> frozenset[str]:
    """What the words of a piece of text are found by, but for what their neighbours add.

    The same ones come back in text after text.
    """
    return frozenset(
        term
        for token in analyse(piece, language)
        if not is_stop_word(token.surface, language)
        for term in token_terms(token, language)
    )


def _places(met: Iterable[tuple[Token, float]]) -> Spans:
    return tuple((token.start, token.end) for token, _ in met)


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
