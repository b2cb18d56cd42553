"""The arithmetic of ranking that engines share."""

import pytest

from search.ranking import COVERAGE, least_words


@pytest.mark.parametrize(("words", "least"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 4)])
def test_a_third_of_the_words_finds(words, least):
    assert least_words(words) == least


def test_nearer_is_better_by_what_serves_one():
    own, lapland, next_door, country, farther, elsewhere = COVERAGE
    assert own > lapland > country > next_door > farther > elsewhere
