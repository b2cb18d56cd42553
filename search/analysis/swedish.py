"""Swedish: simplemma's dictionary, Snowball's stems, and compounds cut by that dictionary."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

from . import dictionaries
from .word import Part, WordAnalysis

_SHORTEST_MEMBER = 4
# Members of three letters open the door to nonsense cuts, so only these are trusted.
_SHORT_MEMBERS = frozenset({"nät", "råd", "bil", "hem", "bad", "dag", "hiv", "lag", "ort", "ras"})
# A first member takes a linking sound (familje-, hälso-, kvinno-, arbets-).
_LINKS = {"s": ("",), "o": ("a", ""), "u": ("a", "an"), "e": ("", "a"), "a": ("a",)}
# What folding would make equal: hals and hälsa, mot and möte.
_SPELLED_OUT = str.maketrans({"å": "ao", "ä": "ae", "ö": "oe"})
_DERIVATIONS = (
    ("isering", ("", "isera")),
    ("ning", ("a", "an", "", "na")),
    ("het", ("",)),
    ("skap", ("",)),
    ("lös", ("", "e", "a")),
    ("are", ("a", "")),
    ("a", ("",)),
)


@lru_cache(maxsize=50_000)
def analyse_word(word: str) -> WordAnalysis:
    """Take one Swedish word apart; case does not matter."""
    lowered = word.lower()
    lemma = dictionaries.lemma(lowered, "sv")
    members = _members(lowered) or (_members(lemma) if lemma else ())
    # The dictionary has one base per form (boende: bo, fot: fota), so the form itself stays too.
    base = lemma or "".join(members)
    listed = dictionaries.known(lowered, "sv") is not None
    stem = snowballstemmer.stemmer("swedish").stemWord(lowered)
    lemmas = tuple(dict.fromkeys((base, lowered))) if base else ()
    return WordAnalysis(
        lemmas=lemmas,
        parts=(Part(_first_base(members[0]), 0, 0), Part(members[1], 1, 1)) if members else (),
        roots=_roots(lemma or lowered) or _compound_roots(members),
        stems=(stem,),
        kin=(stem.translate(_SPELLED_OUT),) if listed else (),
        members=members,
        known=listed or bool(members),
    )


@lru_cache(maxsize=20_000)
def _members(word: str) -> tuple[str, ...]:
    """First member as written and head in base form, or nothing where no cut convinces.

    Of several cuts that with the longest shorter half wins: chance finds are short.
    """
    cuts = []
    for position in range(3, len(word) - 2):
        first, head = word[:position], word[position:]
        base = dictionaries.known(head, "sv") if _long_enough(head) else None
        if base and _first_base(first):
            plain = dictionaries.known(first, "sv") is not None
            cuts.append((min(len(first), len(head)), plain, position, first, base))
    return (max(cuts)[3], max(cuts)[4]) if cuts else ()


def _long_enough(part: str) -> bool:
    return len(part) >= _SHORTEST_MEMBER or part in _SHORT_MEMBERS


def _first_base(first: str) -> str:
    """The base form of a first member with its linking sound taken off, "" if unknown."""
    if not _long_enough(first):
        return ""
    known = dictionaries.known(first, "sv")
    if known:
        return known
    bare, link = first[:-1], first[-1]
    for ending in _LINKS.get(link, ()):
        base = dictionaries.known(bare + ending, "sv") if _long_enough(bare) else None
        if base:
            return base
    # A plural loses its r: föräldra-, invandrar-.
    return dictionaries.known(first + "r", "sv") or "" if first[-1] in "ae" else ""


def _roots(lemma: str) -> tuple[str, ...]:
    """The words it is derived from by a common suffix, where the dictionary knows them."""
    roots = []
    for suffix, endings in _DERIVATIONS:
        stem = lemma.removesuffix(suffix)
        if stem != lemma and len(stem) >= _SHORTEST_MEMBER:
            roots += [stem + ending for ending in endings if _is_base(stem + ending)]
    return tuple(dict.fromkeys(roots))


def _compound_roots(members: tuple[str, ...]) -> tuple[str, ...]:
    *first, head = members or ("",)
    return tuple("".join(first) + root for root in _roots(head))


def _is_base(word: str) -> bool:
    return dictionaries.known(word, "sv") == word
