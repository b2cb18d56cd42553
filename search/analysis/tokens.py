"""A text as tokens: where each word stands and the keys it is found by, layer by layer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from . import finnish, sami, swedish
from .normalise import APOSTROPHES, HYPHENS, fold
from .stopwords import is_stop_word
from .word import Part, WordAnalysis

ANALYSIS_VERSION = 4
"""Raised whenever the keys of any word may change: what was indexed before is then indexed anew."""

LAYERS = ("exact", "lemma", "parts", "root", "stem", "listed", "kin", "joined")
"""As written, base form, members of a compound, what it is derived from, stem by rule (`listed`
where a dictionary has this very form, whose stem says less; `kin` a stricter one), and the word
written as one with the next."""

LANGUAGES = ("fi", "sv", "se", "smn", "sms")

_INSIDE = re.escape(APOSTROPHES) + "\u00ad\u0300-\u036f"
_HYPHEN = f"[{re.escape(HYPHENS)}]"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}]|{_HYPHEN}(?=[^\W_]))*")
_LONGEST_KEY = 64
_CONJUNCTIONS = frozenset(
    {"ja", "tai", "sekä", "eli", "och", "eller", "samt", "dahje", "sihke", "já", "teikâ", "tâi"}
    | {"da", "leʹbe"}
)


@dataclass(frozen=True)
class Token:
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
    analyser = _ANALYSERS.get(language)
    words = [_spelling(match.group()) for match in matches]
    analyses = [analyser(word) if analyser else WordAnalysis() for word in words]
    tokens = []
    for position, match in enumerate(matches):
        repaired: tuple[str, ...] = ()
        if text[match.end() : match.end() + 1] in tuple(HYPHENS):
            repaired = _repair(matches, analyses, position)
        analysis = analyses[position]
        parts = _parts(match.group(), analysis)
        layers = _layers(match.group(), analysis, repaired, parts)
        place = match.start(), match.end()
        tokens.append(Token(match.group(), *place, layers, parts, analysis.known))
    return _joined(tokens, language)


def _joined(tokens: list[Token], language: str) -> list[Token]:
    """The tokens with what they and the next make when written as one, for words that tell."""
    told = [not is_stop_word(token.surface, language) for token in tokens]
    for position, (first, second) in enumerate(pairwise(tokens)):
        if told[position] and told[position + 1]:
            layers = {**first.layers, "joined": joined_keys(first, second)}
            tokens[position] = replace(first, layers=layers)
    return tokens


def joined_keys(first: Token, second: Token) -> tuple[str, ...]:
    """Two words written as one: the first as it stands, the second in its base forms."""
    return _keys(start + end for start in first.layers["exact"] for end in second.layers["lemma"])


def _spelling(surface: str) -> str:
    return unicodedata.normalize("NFC", surface).replace("\u00ad", "")


def _repair(
    matches: list[re.Match[str]], analyses: list[WordAnalysis], position: int
) -> tuple[str, ...]:
    """What a suspended first member means with the heads of the next compound."""
    for later in range(position + 1, min(position + 6, len(matches))):
        if matches[later].group().lower() in _CONJUNCTIONS:
            continue
        members = analyses[later].members
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


def _layers(
    surface: str, analysis: WordAnalysis, repaired: tuple[str, ...], parts: Iterable[Part]
) -> dict[str, tuple[str, ...]]:
    # A word nobody knows (a name, or one typed without its dots) is its own lemma.
    lemmas = (*analysis.lemmas, *repaired) or (surface,)
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
