"""Organisations whose names are so alike that they may be one. Pure: no models."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.85
"""How alike two bare names are, from 0 to 1, before anyone is asked whether they are the same."""
SHOWN = 3
FORMS = frozenset(
    [
        "ry",
        "rf",
        "rp",
        "sr",
        "osk",
        "osuuskunta",
        "oy",
        "oyj",
        "ab",
        "abp",
        "ky",
        "tmi",
        "ay",
        "kommunalforbund",
        "yhdistys",
        "förening",
        "föreningen",
        "rekisteröity",
        "registrerad",
    ]
)
"""Words that tell what form an organisation has, and nothing of which one it is."""
_NO_WORD = re.compile(r"[^\w\s]+")


def bare(name: str) -> str:
    """The name as it sounds: small letters, no signs, no words for a form (ry, rf, Oy …)."""
    words = _NO_WORD.sub("", name.casefold()).split()
    return " ".join(word for word in words if word not in FORMS) or " ".join(words)


def similar(name: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Keys of those whose names are like `name`, the likest first, at most three.

    Alike are names that differ in a few letters, and those of which one begins with the whole
    other, as a local branch's name does; a single short word counts for neither.
    """
    wanted = bare(name)
    matcher = SequenceMatcher[str](autojunk=False)
    matcher.set_seq2(wanted)
    found = []
    for key, other in others:
        likeness = _likeness(matcher, wanted, bare(other))
        if likeness >= ALIKE:
            found.append((-likeness, key))
    return [key for _likeness, key in sorted(found)[:SHOWN]]


def _likeness(matcher: SequenceMatcher[str], wanted: str, other: str) -> float:
    if not wanted or not other:
        return 0
    if wanted == other:
        return 1
    shorter, longer = sorted((wanted, other), key=len)
    if " " in shorter and longer.startswith(f"{shorter} "):
        return ALIKE
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0
    return matcher.ratio()
