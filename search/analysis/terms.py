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
SHORT_FIELDS = frozenset({"title", "place", "summary"})
"""Fields whose words are also kept joined to their neighbours and with slips of the finger."""

_LAYER_LETTERS = {
    "exact": "e",
    "lemma": "l",
    "parts": "p",
    "root": "r",
    "stem": "s",
    "listed": "k",
    "joined": "j",
    "gram": "g",
}
_LANGUAGE_LETTERS = {"fi": "f", "sv": "v", "se": "n", "smn": "i", "sms": "k"}


def document_terms(text: str, language: str, field: str) -> set[str]:
    """The terms of one field of an entry, the text being plain and in `language`."""
    letter = FIELD_LETTERS[field]
    terms: set[str] = set()
    for token in analyse(text, language):
        if not is_stop_word(token.surface, language):
            for layer, keys in _stored(token, field in SHORT_FIELDS):
                prefix = letter + layer_prefix(layer, language)
                terms.update(prefix + key for key in keys)
    return terms


def _stored(token: Token, short: bool) -> Iterable[tuple[str, Iterable[str]]]:
    for layer in LAYERS:
        if layer == "stem" and token.listed:
            yield "listed", token.layers[layer]
        elif layer != "joined" or short:
            yield layer, token.layers[layer]
    if short:
        yield "gram", gram_keys(token)


def layer_prefix(layer: str, language: str) -> str:
    """What stands between field and key: the letters of layer and language."""
    return _LAYER_LETTERS[layer] + _LANGUAGE_LETTERS[language]
