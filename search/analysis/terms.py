"""Terms: tokens as flat strings that any engine can store in one column and look up.

A term is three letters and a key: field, layer, language, then the folded word, for instance
"tlfpalvelu" (title, lemma, Finnish, palvelu). Field, layer and language in the term make one text
column enough, and a plain look-up of terms yields how well each entry matches.
"""

from __future__ import annotations

from collections.abc import Iterable

from .grams import gram_keys
from .stopwords import is_stop_word
from .tokens import LAYERS, Token, analyse

FIELD_LETTERS = {"title": "t", "place": "p", "summary": "s", "body": "b"}
"""The fields from the one that counts most to the one that counts least (`ranking`)."""
GRAM_FIELDS = frozenset({"title", "place", "summary"})
"""Fields that are found in spite of a slip of the finger; in a long text chance would find more."""

_LAYER_LETTERS = {
    "exact": "e",
    "lemma": "l",
    "parts": "p",
    "root": "r",
    "stem": "s",
    "listed": "k",
    "kin": "i",
    "joined": "j",
    "gram": "g",
}
_ORDER = "".join(FIELD_LETTERS.values())
_PLACES = {letter: place for place, letter in enumerate(_ORDER)}
_GRAM_ORDER = "".join(FIELD_LETTERS[name] for name in FIELD_LETTERS if name in GRAM_FIELDS)
_LANGUAGE_LETTERS = {"fi": "f", "sv": "v", "se": "n", "smn": "i", "sms": "k"}


def document_terms(text: str, language: str, field: str) -> set[str]:
    """The terms of one field of an entry, the text being plain and in `language`."""
    letter = FIELD_LETTERS[field]
    terms: set[str] = set()
    for token in analyse(text, language):
        if not is_stop_word(token.surface, language):
            terms.update(letter + term for term in token_terms(token, language))
            if field in GRAM_FIELDS:
                prefix = letter + layer_prefix("gram", language)
                terms.update(prefix + key for key in gram_keys(token))
    return terms


def token_terms(token: Token, language: str) -> Iterable[str]:
    """The terms, short of their field, that a word of a text is found by, but for slips."""
    for layer in LAYERS:
        for key in token.layers[layer]:
            yield layer_prefix(layer, language) + key


def letters_of(term: str) -> str:
    """The letters of the fields where a term, short of its field, may stand, lesser ones last."""
    return _GRAM_ORDER if term[0] == _LAYER_LETTERS["gram"] else _ORDER


def with_lesser(terms: Iterable[str]) -> set[str]:
    """Terms as they stand in their fields and in all that count less.

    An index that holds them so tells with one look-up whether a word stands in a field or a better
    one, and that is how words are asked for (`weakest`).
    """
    fields: dict[str, set[str]] = {letter: set() for letter in _ORDER}
    for term in terms:
        fields[term[0]].add(term[1:])
    found: set[str] = set()
    rests: set[str] = set()
    for letter, own in fields.items():
        rests |= own
        if letter not in _GRAM_ORDER:
            rests = {rest for rest in rests if letter in letters_of(rest)}
        found.update([letter + rest for rest in rests])
    return found


def weakest(terms: Iterable[str]) -> set[str]:
    """Of terms asked for in several fields those of the field that counts least.

    They find what all do, in an index `with_lesser` ones: who asks for a word in a field asks for
    it in every better one.
    """
    found: dict[str, str] = {}
    for term in terms:
        rest = term[1:]
        if rest not in found or _PLACES[term[0]] > _PLACES[found[rest][0]]:
            found[rest] = term
    return set(found.values())


def layer_prefix(layer: str, language: str) -> str:
    """What stands between field and key: the letters of layer and language."""
    return _LAYER_LETTERS[layer] + _LANGUAGE_LETTERS[language]


_ROOT_LETTERS = frozenset(_LAYER_LETTERS[layer] for layer in ("lemma", "parts", "root"))


def roots_of(terms: Iterable[str]) -> set[str]:
    """The words that terms hold, whatever their field: what an engine counts to tell rare ones."""
    return {term[2:] for term in terms if term[1] in _ROOT_LETTERS}


def root_keys(token: Token, language: str) -> set[str]:
    """What stands for a word in `roots_of`: what it is derived from, else its base forms."""
    letter = _LANGUAGE_LETTERS[language]
    return {letter + key for key in token.layers["root"] or token.layers["lemma"]}
