"""A text as tokens: where each word stands and the keys it is found by, layer by layer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from itertools import pairwise, product
from typing import NamedTuple

from . import finnish, sami, swedish
from .normalise import APOSTROPHES, HYPHENS, fold
from .stopwords import is_stop_word
from .word import Part, WordAnalysis

ANALYSIS_VERSION = 5
"""Raised whenever the keys of any word may change: what was indexed before is then indexed anew."""

LAYERS = ("exact", "lemma", "parts", "root", "stem", "listed", "kin", "joined")
"""As written, base form, members of a compound, what it is derived from, stem by rule (`listed`
where a dictionary has this very form, whose stem says less; `kin` a stricter one), and the word
written as one with the next."""

LANGUAGES = ("fi", "sv", "se", "smn", "sms")

_INSIDE = re.escape(APOSTROPHES) + "\u00ad\u0300-\u036f"
_HYPHEN = f"[{re.escape(HYPHENS)}]"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}]|{_HYPHEN}(?=[^\W_]))*")
_HYPHENS = frozenset(HYPHENS)
_LONGEST_KEY = 64
_CONJUNCTIONS = frozenset(
    {"ja", "tai", "sekä", "eli", "och", "eller", "samt", "dahje", "sihke", "já", "teikâ", "tâi"}
    | {"da", "leʹbe"}
)


class Token(NamedTuple):
    """One word of a text.

    surface: as written; start, end: its place in the text given, in code points, end exclusive.
    layers: for each of `LAYERS` its folded keys, empty where the analyser has none.
    parts: those keys of the layer `parts` that stand for certain members.
    known: whether a dictionary can explain it; what none knows may be a slip of the finger.
    """

    surface: str
    start: int
    end: int
    layers: Mapping[str, tuple[str, ...]]
    parts: tuple[Part, ...] = ()
    known: bool = False

    @property
    def members(self) -> int:
        """How many members it can be cut into; 1 for a word that is no compound."""
        return 1 + max((part.last for part in self.parts), default=0)


_ANALYSERS: dict[str, Callable[[str], WordAnalysis]] = {
    "fi": finnish.analyse_word,
    "sv": swedish.analyse_word,
    "se": partial(sami.analyse_word, language="se"),
    "smn": partial(sami.analyse_word, language="smn"),
    "sms": partial(sami.analyse_word, language="sms"),
}


def analyse(text: str, language: str) -> list[Token]:
    """The words of plain text with their keys, as one of `LANGUAGES` reads them.

    A text in another language keeps its exact keys only. Suspended compounds are made whole
    ("mielenterveys- ja päihdetyö" also holds mielenterveystyö).
    """
    matches = list(_WORD.finditer(text))
    surfaces = [match.group() for match in matches]
    words = [_read(surface, language) for surface in surfaces]
    layers = [word.layers for word in words]
    for position, match in enumerate(matches):
        if text[match.end() : match.end() + 1] in _HYPHENS:
            repaired = _repair(matches, words, position)
            if repaired:
                lemmas = _keys((*words[position].analysis.lemmas, *repaired))
                layers[position] = {**layers[position], "lemma": lemmas}
    for position, (word, following) in enumerate(pairwise(words)):
        if word.tells and following.tells:
            joined = _written_as_one(layers[position], layers[position + 1])
            layers[position] = {**layers[position], "joined": joined}
    return [
        Token(surface, *match.span(), own, word.parts, word.analysis.known)
        for surface, match, own, word in zip(surfaces, matches, layers, words, strict=True)
    ]


def joined_keys(first: Token, second: Token) -> tuple[str, ...]:
    """Two words written as one: the first as it stands or in base form, the second in base form."""
    return _written_as_one(first.layers, second.layers)


def _written_as_one(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    starts = dict.fromkeys(first["exact"] + first["lemma"][:1])
    return tuple((start + end)[:_LONGEST_KEY] for start in starts for end in second["lemma"])


class _Word(NamedTuple):
    """A word by itself, whatever stands beside it. `tells` is false for a stop word."""

    analysis: WordAnalysis
    parts: tuple[Part, ...]
    layers: Mapping[str, tuple[str, ...]]
    tells: bool


@lru_cache(maxsize=10_000)
def _read(surface: str, language: str) -> _Word:
    # A few thousand words make most of all texts.
    analyser = _ANALYSERS.get(language)
    analysis = analyser(_spelling(surface)) if analyser else WordAnalysis()
    parts = _parts(surface, analysis)
    tells = not is_stop_word(surface, language)
    return _Word(analysis, parts, _layers(surface, analysis, parts), tells)


def _spelling(surface: str) -> str:
    return unicodedata.normalize("NFC", surface).replace("\u00ad", "")


def _repair(matches: list[re.Match[str]], words: list[_Word], position: int) -> tuple[str, ...]:
    """What a suspended first member means with the heads of the next compound."""
    for later in range(position + 1, min(position + 6, len(matches))):
        if matches[later].group().lower() in _CONJUNCTIONS:
            continue
        members = words[later].analysis.members
        if members:
            first = matches[position].group()
            return tuple(first + "".join(members[cut:]) for cut in range(1, len(members)))
    return ()


def _parts(surface: str, analysis: WordAnalysis) -> tuple[Part, ...]:
    """The parts with folded bases; what a hyphen joins where the analyser sees no compound."""
    pieces = re.split(_HYPHEN, surface)
    unknown = [Part(piece, n, n) for n, piece in enumerate(pieces)] if len(pieces) > 1 else []
    parts = analysis.parts or unknown
    return tuple(Part(key, p.first, p.last) for p in parts for key in _keys((p.base,)))


def _from_bases(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """A compound from the base forms of its members, as two words written as one would be."""
    last = max((part.last for part in parts), default=0)
    return tuple(
        first.base + rest.base
        for first, rest in product(parts, parts)
        if first.first == 0 and rest.first == first.last + 1 and rest.last == last
    )


def _layers(
    surface: str, analysis: WordAnalysis, parts: tuple[Part, ...]
) -> dict[str, tuple[str, ...]]:
    # A word nobody knows (a name, or one typed without its dots) is its own lemma.
    lemmas = (*(analysis.lemmas or (surface,)), *_from_bases(parts))
    inner = (*(part.base for part in parts), *analysis.inner)
    return dict.fromkeys(LAYERS, ()) | {
        "exact": _keys((surface,)),
        "lemma": _keys(lemmas),
        "parts": _keys(inner),
        "root": _keys(analysis.roots),
        "listed" if analysis.kin else "stem": _keys(analysis.stems),
        "kin": _keys(analysis.kin),
    }


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    folded = (fold(word)[:_LONGEST_KEY] for word in words)
    return tuple(dict.fromkeys(key for key in folded if key))
