"""From words met to an order."""

import pytest

from search.ranking import COVERAGE, FRESH_DAYS, coverage, freshness, least_words, rank


def meeting(key, word=0, worth=1.5, strong=True):
    return key, word, worth, strong


def test_nothing_met_finds_nothing():
    assert rank([], 2) == {}


def test_better_meetings_score_more():
    found = rank([meeting("a", worth=4.5), meeting("b", worth=1.5)], 1)
    assert found["a"].score > found["b"].score


def test_the_best_meeting_of_a_word_counts_once():
    several = [meeting("a", worth=worth) for worth in (0.5, 4.5, 1.5)]
    assert rank(several, 1) == rank([meeting("a", worth=4.5)], 1)


@pytest.mark.parametrize(("words", "least"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 4)])
def test_a_third_of_the_words_finds(words, least):
    assert least_words(words) == least
    meetings = [meeting("enough", word) for word in range(least)]
    meetings += [meeting("too few", word) for word in range(least - 1)]
    assert set(rank(meetings, words)) == {"enough"}


def test_strong_is_what_meets_every_word_well():
    meetings = [meeting("all", 0), meeting("all", 1)]
    meetings += [meeting("loosely", 0), meeting("loosely", 1, strong=False)]
    meetings += [meeting("one", 0, worth=9.0)]
    found = rank(meetings, 2)
    assert {key: match.strong for key, match in found.items()} == {
        "all": True,
        "loosely": False,
        "one": False,
    }


def test_a_loose_and_a_good_meeting_make_a_good_one():
    assert rank([meeting("a", worth=3.0, strong=False), meeting("a", worth=2.0)], 1)["a"].strong


def test_rare_words_weigh_more():
    common = [meeting(key, word=0) for key in "abc"]
    found = rank([*common[:2], meeting("a", word=1), meeting("b", word=1, worth=0.8)], 2)
    assert found["a"].score > found["b"].score


def test_more_words_go_before_better_ones():
    found = rank([meeting("a", 0), meeting("a", 1), meeting("b", 0, 2.0)], 2)
    assert found["a"].score > found["b"].score


def test_nearer_is_better_by_what_serves_one():
    own, lapland, next_door, country, farther, elsewhere = map(coverage, range(6))
    assert own > lapland > country > next_door > farther > elsewhere
    assert coverage(99) == COVERAGE[-1]


def test_age_takes_a_tenth_at_most():
    assert freshness(0) == 1
    assert freshness(FRESH_DAYS) == pytest.approx(0.95)
    assert freshness(9999) == freshness(None) == pytest.approx(0.9)
