"""Words typed without their dots, hooks and accents, spelt as a dictionary knows them.

Folding makes "elakelainen" and "eläkeläinen" one key, but an analyser knows only the second, so an
inflected or compound word typed bare would be found in that very form alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, islice, product

from site_core.languages.voikko import voikko

from . import dictionaries, sami, swedish

_FRONT = str.maketrans("ao", "äö")
_MARKED = {
    "sv": {"a": "åä", "o": "ö"},
    "se": {"a": "á", "c": "č", "d": "đ", "n": "ŋ", "s": "š", "t": "ŧ", "z": "ž"},
}
_LONGEST = 32
_MOST_TRIES = 600
_SHORTEST_MEMBER = 3
_MOST = 4


@lru_cache(maxsize=10_000)
def with_dots(word: str, language: str) -> tuple[str, ...]:
    """The likeliest spellings of a word that no dictionary knows as typed, four at most.

    For Finnish, Swedish and Northern Sámi; the other two have no dictionary to ask.
    """
    bare = word.lower()
    if len(bare) > _LONGEST or not bare.isascii():
        return ()
    return tuple(islice(filter(_known(language), _spellings(bare, language)), _MOST))


def _known(language: str) -> Callable[[str], bool]:
    if language == "fi":
        analyser = voikko()
        if analyser is not None:
            return lambda word: bool(analyser.spell(word))
        return lambda word: dictionaries.known(word, "fi") is not None
    if language == "sv":
        return lambda word: swedish.analyse_word(word).known
    return lambda word: sami.analyse_word(word, "se").known


def _spellings(bare: str, language: str) -> Iterator[str]:
    if language == "fi":
        yield from _by_harmony(bare)
    elif language in _MARKED:
        yield from _by_letter(bare, _MARKED[language])


def _by_harmony(bare: str) -> Iterator[str]:
    """Finnish: a member of a compound has all its a and o with dots or none; up to three members."""
    seen = {bare}
    cuts = range(_SHORTEST_MEMBER, len(bare) - _SHORTEST_MEMBER + 1)
    for count in range(3):
        for places in combinations(cuts, count):
            edges = [0, *places, len(bare)]
            members = [bare[a:b] for a, b in zip(edges, edges[1:], strict=False)]
            for first in (0, 1):
                spelling = "".join(
                    member.translate(_FRONT) if number % 2 == first else member
                    for number, member in enumerate(members)
                )
                if spelling not in seen:
                    seen.add(spelling)
                    yield spelling


def _by_letter(bare: str, marked: dict[str, str]) -> Iterator[str]:
    """Each letter with or without its marks, the spellings with the fewest marks first."""
    choices = [letter + marked.get(letter, "") for letter in bare]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _MOST_TRIES:
        return
    spellings = map("".join, product(*choices))
    yield from sorted(spellings, key=lambda spelling: sum(map(str.__ne__, spelling, bare)))[1:]
