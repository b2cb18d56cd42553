"""A reader's query as terms to look up, each with its worth. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .analysis.grams import gram_keys
from .analysis.spelling import spellings
from .analysis.stopwords import is_idle
from .analysis.terms import FIELD_LETTERS, layer_prefix, letters_of, root_keys
from .analysis.tokens import LANGUAGES, Token, analyse, joined_keys
from .ranking import FIELD_WEIGHTS, FLOOR, FOREIGN, STRONG, STRONG_HEAD, WORTHS


class QueryTerm(NamedTuple):  # a query has hundreds, and a dataclass takes thrice the time
    """One term to look up for one word of the query.

    word: the place of the word among `QueryWords.words`, counted from 0.
    weight: what meeting it is worth, field and language included; strong: whether that answers
    the word.
    """

    term: str
    word: int
    weight: float
    strong: bool


@dataclass(frozen=True)
class QueryWords:
    """A query analysed: the words that count, as written, and all the terms to look up.

    A compound counts as many words as it has members; a term that holds several words is listed
    for each. roots: for each word the terms, less field and layer, that tell how rare it is.
    """

    words: tuple[str, ...] = ()
    terms: tuple[QueryTerm, ...] = ()
    roots: tuple[frozenset[str], ...] = ()


_Worths = dict[str, float]
"""Terms short of their field, with what meeting them is worth."""


@dataclass(frozen=True)
class _Word:
    """One word as each language reads it; several readings where it lacks its dots."""

    surface: str
    readings: Mapping[str, tuple[Token, ...]]
    is_known: bool

    @property
    def is_idle(self) -> bool:
        """Whether it tells nothing of the need in one of the languages."""
        return any(
            is_idle(form, read[0].layers["lemma"], code)
            for code, read in self.readings.items()
            for form in read[0].layers["exact"]
        )

    def meant_in(self, reader: str) -> set[str]:
        """The languages it may be a word of: the reader's and those that know it, or all.

        A likeness by rule to words of the others would be chance.
        """
        known = {code for code, read in self.readings.items() if any(token.known for token in read)}
        return known | {reader} if known else set(self.readings)

    def splitter(self, language: str) -> tuple[str, Token] | None:
        """The reading as a compound, if the first language that knows the word has it as one.

        The reader's language is asked first; what none knows is cut at its hyphens.
        """
        codes = sorted(self.readings, key=lambda code: code != language)
        readings = [(code, token) for code in codes for token in self.readings[code]]
        known = [(code, token) for code, token in readings if token.known]
        first = next(iter(known or readings))
        return first if first[1].members > 1 else None


def query_words(text: str, language: str, most: int = 12) -> QueryWords:
    """The words of a reader of `language`, read in all five, since she may write in any.

    Words that say nothing of the need are left out, unless nothing else is there. A compound is
    taken as its members, so that an entry which has them apart answers too. `most` caps the number
    of words.
    """
    read = _read(text, most)
    kept = [place for place, word in enumerate(read) if not word.is_idle] or list(range(len(read)))
    meant = {place: read[place].meant_in(language) for place in kept}
    words: list[str] = []
    terms: list[QueryTerm] = []
    roots: list[set[str]] = []
    for place in kept:
        word = read[place]
        splitter = word.splitter(language) if len(words) + len(kept) < most else None
        members = splitter[1].members if splitter else 1
        roots += [set() for _ in range(members)]
        neighbours = [(n, n + 1) for n in (place - 1, place) if n in kept and n + 1 in kept]
        for code in LANGUAGES:
            worths = _word_worths(word, code, parts=not splitter, whole=code in meant[place])
            for first, second in neighbours:
                if code in meant[first] & meant[second]:
                    worths |= _joined_worths(read[first], read[second], code)
            share = 1.0 if code == language else FOREIGN
            for member, number in enumerate(range(len(words), len(roots))):
                apart: _Worths = {}
                tokens = list(word.readings[code])
                if splitter and splitter[0] == code:
                    apart = _member_worths(splitter[1], code, member)
                    tokens = _member_tokens(splitter[1], code, member)
                terms += _in_fields(apart | worths, number, share, apart)
                roots[number] |= {key for token in tokens for key in root_keys(token, code)}
        words += [word.surface] * members
    return QueryWords(tuple(words), tuple(terms), tuple(map(frozenset, roots)))


def _read(text: str, most: int) -> list[_Word]:
    words = []
    for tokens in list(zip(*(analyse(text, code) for code in LANGUAGES), strict=True))[:most]:
        readings = {code: (token,) for code, token in zip(LANGUAGES, tokens, strict=True)}
        is_known = any(token.known for token in tokens)
        if not is_known:
            for code in LANGUAGES:
                for spelling in spellings(tokens[0].surface, code):
                    readings[code] += tuple(analyse(spelling, code)[:1])
                    is_known = True
        words.append(_Word(tokens[0].surface, readings, is_known))
    return words


def _word_worths(word: _Word, language: str, *, parts: bool, whole: bool) -> _Worths:
    """What a word meets; by slips of the finger too where no dictionary knows it.

    parts: also what has no more than a part of it. whole: not only as it is written.
    """
    worths: _Worths = {}
    for token in word.readings[language]:
        slips = () if word.is_known else gram_keys(token)
        keys = {**token.layers, "joined": (), "gram": slips}
        if not parts:
            keys["parts"] = ()
        _raise(worths, keys if whole else {"exact": keys["exact"]}, language)
    return worths


def _member_worths(token: Token, language: str, member: int) -> _Worths:
    """What holds one member of a compound, or something of the same root."""
    asked = "head" if member == token.members - 1 else "member"
    keys = [part.base for part in token.parts if part.first <= member <= part.last]
    alone = _member_tokens(token, language, member)
    roots = [root for base in alone for root in base.layers["root"]]
    return _raise({}, {asked: keys, f"{asked} root": roots}, language)


def _member_tokens(token: Token, language: str, member: int) -> list[Token]:
    """The words that one member of a compound is by itself."""
    alone = [part.base for part in token.parts if part.first == member == part.last]
    return [word for base in alone for word in analyse(base, language)[:1]]


def _joined_worths(first: _Word, second: _Word, language: str) -> _Worths:
    """What two neighbouring words meet when written as one."""
    worths: _Worths = {}
    for start in first.readings[language]:
        for end in second.readings[language]:
            _raise(worths, {"joined": joined_keys(start, end)}, language)
    return worths


def _raise(worths: _Worths, keys: Mapping[str, Iterable[str]], language: str) -> _Worths:
    """Add what keys by layer meet, each term at its best worth."""
    for (asked, stored), worth in WORTHS.items():
        prefix = layer_prefix(stored, language)
        for key in keys.get(asked, ()):
            worths[prefix + key] = max(worth, worths.get(prefix + key, 0.0))
    return worths


def _in_fields(
    worths: _Worths, word: int, share: float, apart: Collection[str]
) -> Iterable[QueryTerm]:
    """What a word meets, field by field; `apart`: what holds a member of it alone."""
    for field, letter in FIELD_LETTERS.items():
        for term, worth in worths.items():
            weight = worth * share * FIELD_WEIGHTS[field]
            strong = STRONG_HEAD if term in apart and field == "title" else STRONG
            if weight >= FLOOR and letter in letters_of(term):
                yield QueryTerm(letter + term, word, weight, worth >= strong)
