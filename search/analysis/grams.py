"""Slips of the finger: a word less one letter, on both sides, meets a word one slip away.

A letter too many, too few, another one in its place or two exchanged: in each case the two words
share a key once either has lost a letter.
"""

from __future__ import annotations

from .tokens import Token

SHORTEST = 5
"""Letters a word must have: shorter ones are all alike after a slip."""


def gram_keys(token: Token) -> tuple[str, ...]:
    """The word, its base forms and its stem, each whole and less one letter; short ones never."""
    layers = (token.layers[layer] for layer in ("exact", "lemma", "stem"))
    forms = dict.fromkeys(form for layer in layers for form in layer)
    return tuple(
        dict.fromkeys(
            key
            for form in forms
            if len(form) >= SHORTEST
            for key in (form, *(form[:at] + form[at + 1 :] for at in range(len(form))))
        )
    )
