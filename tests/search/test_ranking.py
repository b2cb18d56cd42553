"""The arithmetic of ranking that engines share."""

import pytest

from search.ranking import COVERAGE, FRESH_DAYS, freshness, least_words


@pytest.mark.parametrize(("words", "least"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 4)])
def test_a_third_of_the_words_finds(words, least):
    assert least_words(words) == least


def test_nearer_is_better_by_what_serves_one():
    own, lapland, next_door, country, farther, elsewhere = COVERAGE
    assert own > lapland > country > next_door > farther > elsewhere


def test_age_takes_a_tenth_at_most():
    assert freshness(0) == 1
    assert freshness(FRESH_DAYS) == pytest.approx(0.95)
    assert freshness(9999) == freshness(None) == pytest.approx(0.9)
