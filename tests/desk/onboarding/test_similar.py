"""Which names are so alike that they may belong to one organisation."""

import pytest

from site_core.desk.onboarding.similar import bare, similar


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("Jokivarren Väki ry", "jokivarren väki"),
        ("JOKIVARREN  VÄKI R.Y.", "jokivarren väki"),
        ("Oy Apu Ab", "apu"),
        ("ry", "ry"),
    ],
)
def test_a_name_without_its_form(name, sounds):
    assert bare(name) == sounds


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Jokivarren Väki ry", "jokivarren väki", True),
        ("Jokivarren Väki", "Jokivaren Väki rf", True),
        ("Lapin Omaiset", "Lapin Omaiset ry Kemin osasto", True),
        ("Lapin Omaiset", "Lapin Kalastajat", False),
        ("Apu", "Apu kaikille", False),
        ("", "Apu", False),
    ],
)
def test_alike_names(one, other, alike):
    assert (similar(one, [(7, other)]) == [7]) is alike


def test_the_likest_come_first_and_three_at_most():
    others = [(n, f"Kylän Tuki {'x' * n}") for n in range(6)]
    assert similar("Kylän Tuki", others) == [0, 1, 2]
