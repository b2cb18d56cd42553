"""Letters: one spelling for look-alikes, and one folded form for words typed without marks.

Texts are stored as their authors wrote them; only the keys that search compares pass through here.
Skolt Sámi is why the apostrophes need care: the soft mark U+02B9 is typed in seven ways, and most
tokenizers cut the word there. The fold table names the letters that Unicode decomposition leaves
alone (đ ŋ ŧ ǥ ʒ, and ð ø æ of the neighbours).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = "'´`‘’′ʹʼˈˊ"
"""Marks that stand inside a word, whichever key the writer found."""

HYPHENS = "-\u2010\u2011"
"""Hyphens that join the members of a compound; dashes between words are not among them."""

_SOFT_HYPHEN = "\u00ad"
_DROP_MARKS = dict.fromkeys(map(ord, APOSTROPHES + HYPHENS + _SOFT_HYPHEN))
_PLAIN = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ŋ": "n",
        "ŧ": "t",
        "ǥ": "g",
        "ʒ": "z",
        "ø": "o",
        "æ": "a",
        "ł": "l",
        "ı": "i",
        "ß": "ss",
        "þ": "th",
        "œ": "oe",
    }
)
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """Text a person may have typed: NFC, without controls, lone surrogates or unassigned signs.

    Line breaks and tabs become spaces. PostgreSQL refuses NUL, and no driver encodes a surrogate.
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    kept = (sign for sign in spaced if unicodedata.category(sign) not in _UNSAFE_CATEGORIES)
    return unicodedata.normalize("NFC", "".join(kept))


def word_form(word: str) -> str:
    """The word in lower case and NFC, with one apostrophe (ʹ), its diacritics kept."""
    unified = unicodedata.normalize("NFC", word).lower().replace(_SOFT_HYPHEN, "")
    return "".join("ʹ" if sign in APOSTROPHES else sign for sign in unified)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """The key under which a word is compared: lower case, no marks, Sámi letters made plain.

    Letters of other scripts stay. The answer holds letters and digits only, so it can never be
    read as syntax by an engine.
    """
    bare = unicodedata.normalize("NFKC", word).lower().translate(_DROP_MARKS).translate(_PLAIN)
    decomposed = unicodedata.normalize("NFD", bare).translate(_PLAIN)
    return "".join(sign for sign in decomposed if sign.isalnum())
