"""Names of municipalities that are nearly right."""

import pytest

from site_core.languages.voikko import voikko
from site_core.pages.place_spelling import misspelt

NAMES = [
    *("Enontekiö", "Inari", "Kemi", "Kemijärvi", "Keminmaa", "Kittilä", "Kolari", "Muonio"),
    *("Pelkosenniemi", "Pello", "Posio", "Ranua", "Rovaniemi", "Salla", "Savukoski", "Simo"),
    *("Sodankylä", "Tervola", "Tornio", "Utsjoki", "Ylitornio"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Palvelemme Rovanniemellä.", [("Rovanniemellä", "Rovaniemi")]),
        ("Tule Sodankyllään ja Sodankyllään.", [("Sodankyllään", "Sodankylä")]),
        ("Enontekijö, Utsjokki", [("Enontekijö", "Enontekiö"), ("Utsjokki", "Utsjoki")]),
        ("Pelkosenniemellä, Kemijärven, Utsjoella, Ylitorniolta ja Savukosken kirjastossa.", []),
        ("Rovaniemen Sodankylässä Inarissa Pellossa Posiolla Kemissä Simossa", []),
        ("Soita arkisin. Palvelu on maksuton. Kerro Minnalle.", []),
    ],
)
def test_words_that_nearly_name_a_municipality(text, expected):
    assert misspelt(text, NAMES, voikko().spell) == expected


def test_without_an_analyser_a_right_beginning_passes():
    text = "Rovaniemellä, Sodankylässä, Rovanniemi"
    assert misspelt(text, NAMES) == [("Rovanniemi", "Rovaniemi")]


def test_short_names_are_left_alone():
    assert misspelt("Kemu ja Simu", NAMES) == []
