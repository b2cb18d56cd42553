"""Words typed without their marks find the spelling a dictionary knows."""

import pytest

from search.analysis.dots import with_dots


@pytest.mark.parametrize(
    ("word", "language", "spelling"),
    [
        ("elakelaisten", "fi", "eläkeläisten"),
        ("Hengahdystauko", "fi", "hengähdystauko"),
        ("yksinhuoltajaaiti", "fi", "yksinhuoltajaäiti"),
        ("vakivaltatyo", "fi", "väkivaltatyö"),
        ("radgivning", "sv", "rådgivning"),
        ("narstaende", "sv", "närstående"),
        ("bearrasat", "se", "bearrašat"),
        ("samegiella", "se", "sámegiella"),
    ],
)
def test_spelt_as_a_dictionary_knows_it(word, language, spelling):
    assert spelling in with_dots(word, language)


@pytest.mark.parametrize("word", ["xyzzykka", "a" * 33, "ranuän", "", "tulkkum"])
def test_what_none_knows_stays(word):
    assert with_dots(word, "fi") == ()
    assert with_dots(word, "smn") == ()


def test_a_member_has_all_its_dots_or_none():
    assert with_dots("haatouhka", "fi") == ("häätöuhka",)


def test_so_many_spellings_are_not_tried():
    assert with_dots("a" * 12, "sv") == ()
