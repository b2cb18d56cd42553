"""One alphabetical order per language, as a text column that sorts alike in every database.

PostgreSQL before 16 takes no collation rules of ours, none exists for Skolt Sámi, and SQLite has
none at all. So the key is worked out here and stored: lower-case hexadecimal digits, which every
collation orders alike. As in the Unicode collation algorithm, letters decide first, then
diacritics that make no letter of their own in that language, then case and the Skolt marks.

Orders: CLDR for fi, sv, se and smn. Skolt has none in CLDR: its own letters follow their base
letter, and å, ä come after ž (docs/languages.md).
"""

import unicodedata
from functools import cache

from anyascii import anyascii

from .registry import DEFAULT

# Letters in order, separated by spaces; after a comma, letters that count as the same one.
_ALPHABETS = {
    "fi": "a b c d,đ,ð e f g,ǥ h i j k l m n,ŋ o p q r s t,ŧ u v w x y,ü z ʒ å ä,æ ö,ø",
    "sv": "a b c d,đ,ð e f g ǥ h i j k l m n ŋ o p q r s t ŧ u v w x y,ü z ʒ å ä,æ ö,ø,œ",
    "se": (
        "a á b c č ʒ ǯ d đ,ð e f g ǧ ǥ h i j k ǩ l m n ŋ o p q r s š t ŧ u v w x y,ü z ž ø,œ æ å ä"
        " ö õ"
    ),
    "smn": ("a â b c č d đ,ð e f g,ǥ h i j k l m n ŋ o p q r s š t ŧ u v w x y z ž æ ø å ä á ö ʒ"),
    "sms": (
        "a â b c č ʒ ǯ d đ,ð e f g ǧ ǥ h i j k ǩ l m n ŋ o õ p q r s š t,ŧ u v w x y,ü z ž å ä,æ"
        " ö,ø"
    ),
}
_GAP = 2
_PLAIN = 2
_DIGITS = {str(digit): 3 + digit for digit in range(10)}
_FIRST_LETTER = 0x10
_FIRST_MARK = 0x10
_LOWER, _UPPER, _MODIFIED = 2, 3, 2
# U+02B9 and U+02BC are Skolt letters that carry no place in the alphabet; the others stand in
# for them in dictionaries and on keyboards.
_MODIFIERS = frozenset("ʹʼˈ´’'′ˊ")
LONGEST = 120


@cache
def _alphabet(language: str) -> dict[str, tuple[int, int]]:
    """Weights of first and second level for each letter and digit of the language."""
    letters = {
        letter: (_FIRST_LETTER + place, _PLAIN + variant)
        for place, same in enumerate(_ALPHABETS[language].split())
        for variant, letter in enumerate(same.split(","))
    }
    return letters | {digit: (weight, _PLAIN) for digit, weight in _DIGITS.items()}


def _weights(letter: str, alphabet: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Weights of one small letter, which may be several letters to us, or none."""
    if letter in alphabet:
        return [alphabet[letter]]
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base in alphabet:
        mark = sum(ord(mark) - 0x300 for mark in marks) % 0x80
        return [(alphabet[base][0], _FIRST_MARK + mark)]
    return [alphabet[sign] for sign in anyascii(letter).lower() if sign in alphabet]


def sort_key(text: str, language: str = DEFAULT) -> str:
    """Key of `text` in the order of `language`; only the first 120 characters count.

    Spaces, hyphens and dashes separate words, other signs count for nothing, digits come before
    letters, small letters before capitals. Raises KeyError for a language without an order.
    """
    alphabet = _alphabet(language)
    first, second, third = bytearray(), bytearray(), bytearray()
    for sign in unicodedata.normalize("NFC", text.strip())[:LONGEST]:
        if sign in _MODIFIERS:
            if third and third[-1] <= _UPPER:
                third[-1] += _MODIFIED
        elif sign.isspace() or unicodedata.category(sign) == "Pd":
            if first and first[-1] != _GAP:
                for level, weight in ((first, _GAP), (second, _PLAIN), (third, _LOWER)):
                    level.append(weight)
        else:
            for small in sign.lower():
                for weight, variant in _weights(small, alphabet):
                    first.append(weight)
                    second.append(variant)
                    third.append(_UPPER if sign.isupper() else _LOWER)
    # A zero ends a level, and is less than any weight: a word sorts before those it begins.
    levels = (first, second.rstrip(bytes([_PLAIN])), third.rstrip(bytes([_LOWER])))
    return bytes(1).join(levels).hex()
