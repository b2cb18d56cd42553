"""From words met to an order."""

from uuid import UUID

from search.ranking import FLOOR, Meeting, rank

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def meeting(key, word=0, weight=1.5, language="fi", strong=True):
    return Meeting(key, language, word, weight, strong)


def test_nothing_met_finds_nothing():
    assert rank([], 2, "fi") == {}


def test_better_meetings_score_more():
    found = rank([meeting(A, weight=4.5), meeting(B, weight=1.5)], 1, "fi")
    assert found[A].score > found[B].score


def test_all_words_hide_some_words():
    found = rank([meeting(A), meeting(A, word=1), meeting(B, weight=6.0)], 2, "fi")
    assert set(found) == {A}
    assert found[A].strong


def test_most_words_remain_where_none_has_all_but_not_as_strong():
    found = rank([meeting(A), meeting(B, word=1)], 2, "fi")
    assert set(found) == {A, B}
    assert not any(match.strong for match in found.values())


def test_less_than_half_of_the_words_is_nothing():
    assert rank([meeting(A)], 3, "fi") == {}


def test_rare_words_weigh_more():
    common = [meeting(key, word=0) for key in (A, B, C)]
    found = rank([*common[:2], meeting(A, word=1), meeting(B, word=1, weight=0.8)], 2, "fi")
    assert found[A].score > found[B].score


def test_own_language_goes_before_another():
    found = rank([meeting(A, language="sv"), meeting(B, language="fi")], 1, "fi")
    assert found[B].score > found[A].score
    assert found[A].language == "sv"


def test_a_group_counts_with_its_best_version():
    both = [meeting(A, language="sv", weight=1.5), meeting(A, language="fi", weight=0.8)]
    match = rank(both, 1, "sv")[A]
    assert match.language == "sv"
    assert match.score == rank(both[:1], 1, "sv")[A].score


def test_chance_likeness_stays_below_the_floor():
    assert rank([meeting(A, weight=FLOOR - 0.01, strong=False)], 1, "fi") == {}


def test_far_below_the_best_is_cut():
    assert set(rank([meeting(A, weight=6.0), meeting(B, weight=0.5)], 1, "fi")) == {A}
