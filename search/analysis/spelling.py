"""Words typed without their dots and marks, as a dictionary spells them: haatouhka, häätöuhka."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from site_core.languages.voikko import voikko as _voikko

from . import dictionaries
from .normalise import fold

_ALTERNATIVES = {
    "sv": {"a": "åä", "o": "ö", "e": "é"},
    "se": {"a": "á", "c": "č", "d": "đ", "n": "ŋ", "s": "š", "t": "ŧ", "z": "ž"},
}
_MOST = 3
_SHORTEST = 4
_LONGEST = 40


@lru_cache(maxsize=20_000)
def spellings(word: str, language: str) -> tuple[str, ...]:
    """Words of a language that fold to the same key; none where its dictionary has none.

    For words that no dictionary knows as they stand: a name or a word typed on another keyboard.
    """
    form = fold(word)
    if not _SHORTEST <= len(form) <= _LONGEST:
        return ()
    if language == "fi":
        found = _finnish(form)
    elif language in _ALTERNATIVES:
        found = _listed(form, language) or _compounds(form, language)
    else:
        return ()
    return tuple(dict.fromkeys(spelling for spelling in found if spelling != word))[:_MOST]


def _finnish(form: str) -> list[str]:
    """A Finnish member has a and o or ä and ö, never both: so front vowels up to or from a cut."""
    voikko = _voikko()
    if voikko is None:
        return []
    front = form.translate(str.maketrans("ao", "äö"))
    cuts = range(_SHORTEST - 2, len(form) - 1)
    candidates = [front, *(front[:at] + form[at:] for at in cuts)]
    candidates += [form[:at] + front[at:] for at in cuts]
    return [spelling for spelling in dict.fromkeys(candidates) if voikko.analyze(spelling)]


def _compounds(form: str, language: str) -> list[str]:
    """Two listed words written as one, the longest shorter half first."""
    middle = len(form) / 2
    cuts = sorted(range(_SHORTEST, len(form) - _SHORTEST + 1), key=lambda at: abs(at - middle))
    for at in cuts:
        heads = _listed(form[at:], language)
        firsts = heads and _listed(form[:at], language)
        if firsts:
            return [first + head for first in firsts for head in heads]
    return []


def _listed(form: str, language: str) -> list[str]:
    """Words of the dictionary that differ from a form by marks only."""
    return [word for word in _grown("", form, language) if dictionaries.known(word, language)]


def _grown(start: str, rest: str, language: str) -> Iterator[str]:
    if not dictionaries.begins(start, language):
        return
    if not rest:
        yield start
        return
    for letter in rest[0] + _ALTERNATIVES[language].get(rest[0], ""):
        yield from _grown(start + letter, rest[1:], language)
