"""Finds names of municipalities that are nearly right: "Rovanniemellä", "Sodankylan". Pure.

A word counts where it is no known word, looks like the beginning of a name and of no other word:
its first letters, as many as the name has, are compared with the name, so that endings do not
matter. Names themselves in any case are known words where there is an analyser.
"""

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

NEAR = 0.82
"""From this likeness on two spellings mean the same place."""
SHORTEST = 5
"""Shorter names are like too many words."""

_CAPITALISED = re.compile(r"\b[A-ZÅÄÖÁČĐŊŠŦŽ][^\W\d_]{3,}")


def misspelt(
    text: str, names: Iterable[str], is_word: Callable[[str], bool] | None = None
) -> list[tuple[str, str]]:
    """Words that nearly name a municipality, each with the name meant, in order and once.

    `is_word` tells whether a word is spelt right; without it a name with an ending is told from a
    misspelt one by its beginning alone.
    """
    known = [name for name in names if len(name) >= SHORTEST]
    found: dict[str, str] = {}
    for word in _CAPITALISED.findall(text):
        if word in found or _is_right(word, known, is_word):
            continue
        name = nearest(word, known)
        if name is not None:
            found[word] = name
    return list(found.items())


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name a word is nearest to, None where it is near to none."""
    scores = [(likeness(word, name), name) for name in names]
    score, name = max(scores, default=(0.0, ""))
    return name if score >= NEAR else None


def likeness(word: str, name: str) -> float:
    """From 0 to 1: how much a word, its ending left out, is like a name."""
    lengths = {len(name) - 1, len(name), len(name) + 1, len(word)}
    return (
        max(
            SequenceMatcher(None, word[:length].lower(), name.lower()).ratio()
            for length in lengths
            if length <= len(word)
        )
        if len(word) >= len(name) - 1
        else 0.0
    )


def _is_right(word: str, names: list[str], is_word: Callable[[str], bool] | None) -> bool:
    if is_word is not None:
        return is_word(word)
    lower = word.lower()
    return any(lower.startswith(name.lower()[:-1]) for name in names)
