"""Slugs keep the sound of each Sámi letter."""

import pytest

from site_core.languages.slugs import slug

SOUNDS = {
    "Áá": "a", "Ââ": "a", "Ää": "a", "Åå": "a", "Čč": "c", "Đđ": "d", "Ŋŋ": "ng", "Õõ": "o",
    "Öö": "o", "Šš": "s", "Ŧŧ": "t", "Žž": "z", "Ǥǥ": "g", "Ǧǧ": "g", "Ǩǩ": "k", "Ʒʒ": "dz",
    "Ǯǯ": "dz",
}  # fmt: skip


@pytest.mark.parametrize(("pair", "sound"), SOUNDS.items())
def test_each_letter(pair, sound):
    assert [slug(f"a{letter}a") for letter in pair] == [f"a{sound}a"] * 2


@pytest.mark.parametrize("mark", "ʹʼˈ’'′´")
def test_marks_between_letters_vanish(mark):
    assert slug(f"Sää{mark}mǩiõll") == "saamkioll"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ođđa bálvalus ŋ", "odda-balvalus-ng"),
        ("Nuorttsääʹmǩiõll", "nuorttsaamkioll"),
        ("ooʒʒ", "oodzdz"),
        ("Äitiys – ja perhe, 2026!", "aitiys-ja-perhe-2026"),
        ("  Å / ö  ", "a-o"),
        ("Привет", "privet"),
    ],
)
def test_titles(text, expected):
    assert slug(text) == expected


def test_nothing_left_takes_the_fallback():
    assert slug("!!! ʹ", fallback="service") == "service"
    assert slug("") == ""


def test_long_titles_are_cut_between_words():
    assert slug("etäpalvelu " * 30, max_length=50) == "-".join(["etapalvelu"] * 4)
    assert slug("a" * 300, max_length=50) == "a" * 50
    assert slug("abc de", max_length=6) == "abc-de"
