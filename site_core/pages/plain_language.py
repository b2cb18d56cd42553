"""How hard a text is to read, in plain numbers; pure, for hints to authors.

Sentences end at a full stop, question or exclamation mark, colon or line end; a full stop after a
short abbreviation, or between a number and a small letter, ends none. Words are runs of letters
with hyphens and apostrophes inside them. Passives are counted in Finnish alone, where a word
analyser tells them. LIX is for Swedish alone: Finnish words are long by nature (Björnsson 1968:
words a sentence, plus the share of words over six letters).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST_SENTENCE = 15
"""Words in a sentence that still reads at one go."""
LONGEST_WORD = {"fi": 20, "sv": 18, "se": 20, "smn": 20, "sms": 20}
"""Letters in a word that still reads at one go, by language."""
HARD_LIX = 40
"""From here Swedish reads as newspapers do, and harder."""
LONG_IN_LIX = 6
FEWEST_WORDS = 30
"""A measure of a shorter text tells nothing."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'ʹ][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…:])\s+|\n+")
_SHORTENED = re.compile(
    r"\b(?:esim|ns|mm|ym|jne|klo|puh|tel|kl|t\.ex|bl\.a|m\.m|nr|n|s)\.$", re.IGNORECASE
)
_ORDINAL = re.compile(r"\b\d{1,4}\.$")
_TAIL = 8
"""Signs that show how a piece ends: more than the longest abbreviation or number."""
_ADDRESS = re.compile(r"@|://|www\.")

Analyse = Callable[[str], list[dict[str, Any]]]
"""Takes a word apart, as `Voikko.analyze` does."""


@dataclass(frozen=True, slots=True)
class Readability:
    """What makes a text hard. `lix` is None but for Swedish, `passives` empty but for Finnish."""

    long_sentences: tuple[str, ...] = ()
    long_words: tuple[str, ...] = ()
    passives: tuple[str, ...] = ()
    lix: float | None = None


def measure(text: str, language: str, analyse: Analyse | None = None) -> Readability:
    """Measure a text in one of our languages; without `analyse` no passives are found."""
    found = sentences(text)
    limit = LONGEST_WORD.get(language, LONGEST_WORD["fi"])
    return Readability(
        long_sentences=tuple(s for s in found if len(words(s)) > LONGEST_SENTENCE),
        long_words=tuple(dict.fromkeys(w for w in words(text) if longest_part(w) > limit)),
        passives=passives(text, analyse) if language == "fi" and analyse else (),
        lix=lix(text) if language == "sv" else None,
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, without those that hold no word."""
    found: list[str] = []
    joined = ""
    pieces = [piece.strip() for piece in _END.split(text)]
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        joined = f"{joined} {piece}".strip()
        tail = joined[-_TAIL:]
        if _SHORTENED.search(tail) or (_ORDINAL.search(tail) and following[:1].islower()):
            continue
        found.append(joined)
        joined = ""
    return [sentence for sentence in [*found, joined] if words(sentence)]


def words(text: str) -> list[str]:
    """The words of a text; numbers and addresses of the web are none."""
    parts = (part for part in text.split() if not _ADDRESS.search(part))
    return [word for part in parts for word in _WORD.findall(part)]


def longest_part(word: str) -> int:
    """Letters of the longest part between hyphens: they are where the eye rests."""
    return max(len(part) for part in word.split("-"))


def passives(text: str, analyse: Analyse) -> tuple[str, ...]:
    """Finnish verbs in the passive ("haetaan"): they hide who does what. Each once, in order."""
    return tuple(dict.fromkeys(word for word in words(text) if _is_passive(analyse(word.lower()))))


def lix(text: str) -> float | None:
    """Björnsson's readability index; None for a text too short to measure."""
    all_words = words(text)
    if len(all_words) < FEWEST_WORDS:
        return None
    long = sum(1 for word in all_words if len(word) > LONG_IN_LIX)
    return len(all_words) / len(sentences(text)) + 100 * long / len(all_words)


def _is_passive(readings: list[dict[str, Any]]) -> bool:
    """Whether every reading is a passive verb: what can be something else is left alone."""
    return bool(readings) and all(reading.get("PERSON") == "4" for reading in readings)
