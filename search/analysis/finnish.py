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
from .word import Part, WordAnalysis

Rung = Literal["voikko", "simplemma"]

INSTALL_HINT = "apt-get install libvoikko1 voikko-fi"

_NAMES = frozenset({"paikannimi", "etunimi", "sukunimi", "nimi"})
_PIECE = re.compile(r"\+([^+()]*)(?:\(([^)]*)\))?")


@dataclass(frozen=True)
class _Reading:
    lemma: str
    members: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    inner: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Block:
    """Members that Voikko's lexicon holds as one word: mostly one, as in "poro|hoito"."""

    segments: tuple[str, ...]
    base: str
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
    fullest = max(plain, key=lambda reading: len(reading.members))
    # "Vankilasta" may be of a prison or a prisoner's child: the word with fewer members is meant.
    simplest = min(plain, key=lambda reading: len(reading.parts))
    return WordAnalysis(
        lemmas=_unique(reading.lemma for reading in plain),
        parts=simplest.parts,
        inner=_unique(
            word
            for reading in plain
            for word in (*(part.base for part in reading.parts), *reading.inner)
        ),
        roots=_unique(root for reading in readings for root in reading.roots),
        members=fullest.members,
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
    if analysis.get("CLASS") in _NAMES:
        return _Reading(lemma)
    segments = _segments(word, analysis.get("STRUCTURE", ""))
    pieces = _pieces(analysis.get("WORDBASES", ""))
    if len(segments) < 2:
        derived = any(base.startswith("+") for _, base in pieces)
        return _Reading(lemma, roots=_roots(pieces) if derived else ())
    head = lemma[sum(map(len, segments[:-1])) :] or segments[-1]
    blocks = _blocks(segments, pieces, lemma)
    inner = [root for block in blocks for root in block.roots]
    if len(blocks[-1].segments) > 1:
        inner.append(head)
    first = "".join(segment for block in blocks[:-1] for segment in block.segments)
    whole = (first + root for root in blocks[-1].roots)
    roots = tuple(root for root in whole if root != lemma)
    return _Reading(lemma, (*segments[:-1], head), _parts(blocks), tuple(inner), roots)


def _roots(pieces: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(base for _, base in pieces if base and base[0] != "+" and "=" not in base)


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


def _blocks(segments: list[str], pieces: list[tuple[str, str]], lemma: str) -> list[_Block]:
    """The members with their bases; those Voikko has no own entries for stay together."""
    blocks: list[_Block] = []
    start = 0
    while start < len(segments):
        end, taken = start + 1, [pieces.pop(0)] if pieces else []
        while True:
            written = len("".join(segments[start:end]))
            read = len("".join(surface for surface, _ in taken))
            if read < written and pieces:
                taken.append(pieces.pop(0))
            elif read > written and end < len(segments):
                end += 1
            else:
                break
        if end == len(segments):
            taken += pieces
            base = lemma[sum(map(len, segments[:start])) :] or segments[-1]
        else:
            base = _member_base("".join(segments[start:end]).strip("-"), taken)
        blocks.append(_Block(tuple(segments[start:end]), base, _roots(taken)))
        start = end
    return blocks


def _member_base(member: str, pieces: list[tuple[str, str]]) -> str:
    """The base form of a member before the head."""
    if len(pieces) == 1:
        base = pieces[0][1].lstrip("+").replace("=", "") or member
        if base != member or not member.endswith("is"):
            return base
    voikko = _voikko()
    # Words in -inen stand before a head as -is (eläkeläis-, vapaaehtois-).
    whole = member[:-1] + "nen" if member.endswith("is") else member
    analyses = voikko.analyze(member) or voikko.analyze(whole) if voikko else []
    return str(analyses[0]["BASEFORM"]) if analyses else whole


def _parts(blocks: list[_Block]) -> tuple[Part, ...]:
    """All contiguous runs of members short of the whole, each ending in a base form."""
    count = len(blocks)
    written = ["".join(block.segments) for block in blocks]
    return tuple(
        Part("".join(written[first:last]) + blocks[last].base, first, last)
        for first in range(count)
        for last in range(first, count)
        if last - first < count - 1
    )


def _unique(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
