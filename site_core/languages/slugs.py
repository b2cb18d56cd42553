"""Slugs that keep the sound of Sámi letters.

Django's `slugify` drops every letter that does not decompose into an ASCII one, so đ ŋ ŧ ǥ ʒ
vanish, titles collide or nothing is left.
"""

from anyascii import anyascii
from django.utils.text import slugify

# Skolt ʒ and ǯ are affricates ([dz], [dʒ]); anyascii reads ʒ as the phonetic sign for [ʒ].
_SOUNDS = str.maketrans({"ʒ": "dz", "Ʒ": "Dz", "ǯ": "dz", "Ǯ": "Dz"})


def slug(text: str, *, fallback: str = "", max_length: int = 200) -> str:
    """ASCII slug of `text`, cut at a hyphen where one is near; `fallback` when nothing is left."""
    made = slugify(anyascii(text.translate(_SOUNDS)))
    if len(made) > max_length:
        cut = made[: max_length + 1]
        made = cut.rpartition("-")[0] if "-" in cut[max_length // 2 :] else cut[:max_length]
    return made.strip("-_") or fallback
