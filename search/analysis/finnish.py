"""Finnish: Voikko's lemmas and compound members, or simplemma and Snowball where Voikko is missing.

Voikko is a system library (Debian: `libvoikko1 voikko-fi`). Without it compounds are not taken
apart and a good half of the inflected forms is lost, so `finnish_rung` tells set-up and checks
which of the two runs here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import snowballstemmer

from site_core.languages.voikko import new_voikko as _new_voikko
from site_core.languages.voikko import voikko as _voikko

from . import dictionaries
from .word import WordAnalysis

Rung = Literal["voikko", "simplemma"]

INSTALL_HINT = "apt-get install libvoikko1 voikko-fi"

_NAMES = frozenset({"paikannimi", "etunimi", "sukunimi", "nimi"})
_PIECE = re.compile(r"\+([^+()]*)(?:\(([^)]*)\))?")


@dataclass(frozen=True)
class _Reading:
    lemma: str
    members: tuple[str, ...]
    parts: tuple[str, ...]
    roots: tuple[str, ...]


@cache
def finnish_rung() -> Rung:
    """Which analysis runs on this machine: "voikko" (good) or "simplemma" (half as good)."""
    return "voikko" if _new_voikko() is not None else "simplemma"


@lru_cache(maxsize=50_000)
def analyse_word(word: str) -> WordAnalysis:
    """Take one Finnish word apart; case matters a little (names)."""
    if finnish_rung() == "simplemma":
        return _by_dictionary(word)
    readings = _readings(word)
    if not readings:
        return WordAnalysis(stems=_stem(word))
    lemmas = {reading.lemma for reading in readings}
    # Voikko reads every "palveluista" as a form of "palveluinen" too, a word nobody means.
    plain = [
        reading
        for reading in readings
        if not (reading.lemma.endswith("inen") and reading.lemma[:-4] in lemmas)
    ]
    return WordAnalysis(
        lemmas=_unique(reading.lemma for reading in plain),
        parts=_unique(part for reading in plain for part in reading.parts),
        roots=_unique(root for reading in readings for root in reading.roots),
        members=max((reading.members for reading in plain), key=len),
        known=True,
    )


def _by_dictionary(word: str) -> WordAnalysis:
    lemma = dictionaries.lemma(word.lower(), "fi")
    return WordAnalysis((lemma,) if lemma else (), stems=_stem(word), known=lemma is not None)


def _stem(word: str) -> tuple[str, ...]:
    return (snowballstemmer.stemmer("finnish").stemWord(word.lower()),)


def _readings(word: str) -> list[_Reading]:
    voikko = _voikko()
    if voikko is None or len(word) > 100:
        return []
    for spelling in dict.fromkeys((word, word.lower(), word.capitalize())):
        analyses = voikko.analyze(spelling)
        if analyses:
            return [_reading(spelling, analysis) for analysis in analyses]
    return []


def _reading(word: str, analysis: dict[str, str]) -> _Reading:
    lemma = analysis.get("BASEFORM", word)
    segments = _segments(word, analysis.get("STRUCTURE", ""))
    pieces = _pieces(analysis.get("WORDBASES", ""))
    if analysis.get("CLASS") in _NAMES:
        return _Reading(lemma, (), (), ())
    roots = tuple(base for _, base in pieces if base and base[0] != "+" and "=" not in base)
    if len(segments) < 2:
        derived = any(base.startswith("+") for _, base in pieces)
        return _Reading(lemma, (), (), roots if derived else ())
    head = lemma[sum(map(len, segments[:-1])) :] or segments[-1]
    bases = (*_member_bases(segments[:-1], pieces), head)
    # What a member is derived from says as little of the whole as the member does.
    parts = (*_spans(segments, bases), *roots)
    return _Reading(lemma, (*segments[:-1], head), parts, ())


def _segments(word: str, structure: str) -> list[str]:
    """Cut the surface where Voikko's STRUCTURE ("=ppp=pppp") starts a new member."""
    segments: list[str] = []
    letters = iter(word)
    for sign in structure:
        if sign == "=":
            segments.append("")
        elif segments:
            segments[-1] += next(letters, "")
    return [segment for segment in segments if segment]


def _pieces(wordbases: str) -> list[tuple[str, str]]:
    """WORDBASES "+poron(poro)+hoi(hoitaa)+to(+to)" as pairs of surface and base."""
    cleaned = wordbases.replace("(+", "(\0")
    return [(surface, (base or "").replace("\0", "+")) for surface, base in _PIECE.findall(cleaned)]


def _member_bases(segments: list[str], pieces: list[tuple[str, str]]) -> list[str]:
    """The base form of each member before the head, "" where it is frozen (hyvin|vointi)."""
    bases: list[str] = []
    queue = list(pieces)
    for segment in segments:
        taken: list[tuple[str, str]] = []
        while queue and len("".join(surface for surface, _ in taken)) < len(segment):
            taken.append(queue.pop(0))
        if len(taken) == 1 and len(taken[0][0]) > len(segment):
            bases.append("")
            queue.insert(0, (taken[0][0][len(segment) :], taken[0][1]))
        elif len(taken) == 1:
            bases.append(taken[0][1].lstrip("+") or segment)
        else:
            bases.append(_derived_base(segment.strip("-")))
    return bases


def _derived_base(segment: str) -> str:
    voikko = _voikko()
    analyses = voikko.analyze(segment) if voikko else []
    return analyses[0]["BASEFORM"] if analyses else segment


def _spans(segments: list[str], bases: tuple[str, ...]) -> tuple[str, ...]:
    """All contiguous runs of members short of the whole, each ending in a base form."""
    count = len(segments)
    runs = (
        "".join(segments[start:end]) + bases[end]
        for start in range(count)
        for end in range(start, count)
        if bases[end] and end - start < count - 1
    )
    return tuple(runs)


def _unique(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
