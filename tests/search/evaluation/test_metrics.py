"""Measures against values worked out by hand."""

from math import log2

import pytest

from search.evaluation.metrics import Answer, report, worst


def answer(found, relevant, qid="q", locale="fi", kind="infl", strong=True) -> Answer:
    return Answer(qid, locale, kind, relevant, found, strong)


def test_a_perfect_order_gives_one():
    assert answer(["a", "b", "c"], {"a": 3, "b": 2, "c": 1}).ndcg == 1


def test_gain_is_two_to_the_grade_less_one_and_falls_with_the_rank():
    # Found: a marginal one first, nothing, the exact one third; wanted: 7 first, 1 second.
    found = 1 / log2(2) + 7 / log2(4)
    best = 7 / log2(2) + 1 / log2(3)
    assert answer(["b", "x", "a"], {"a": 3, "b": 1}).ndcg == pytest.approx(found / best)
    assert found / best == pytest.approx(0.5897, abs=1e-4)


def test_what_stands_eleventh_is_not_found():
    late = answer([*"0123456789", "a"], {"a": 3})
    assert (late.ndcg, late.recall, late.precision) == (0, 0, 0)
    assert answer([*"012345678", "a"], {"a": 3}).ndcg == pytest.approx(1 / log2(11))


def test_more_than_ten_to_find_can_still_be_perfect_in_order_but_not_in_recall():
    relevant = {str(number): 3 for number in range(20)}
    full = answer(list(relevant)[:10], relevant)
    assert (full.ndcg, full.recall) == (1, 0.5)


def test_recall_counts_good_ones_only():
    assert answer(["a", "c"], {"a": 3, "b": 2, "c": 1}).recall == 0.5
    assert answer(["a"], {"a": 1}).recall is None


def test_precision_is_of_what_is_shown():
    assert answer(["a", "x", "b"], {"a": 3, "b": 1}).precision == pytest.approx(2 / 3)
    assert answer([*"0123456789", "a"], {"0": 1, "1": 2, "a": 3}).precision == 0.2
    assert answer([], {"a": 3}).precision == 0


ANSWERS = [
    answer(["a"], {"a": 3}, "q1"),
    answer([], {"a": 3}, "q2"),
    answer(["x", "a"], {"a": 1}, "q3", "sv", "syn"),
    answer(["x"], {}, "q4", "sv", "none", strong=True),
    answer(["x"], {}, "q5", "sv", "none", strong=False),
    answer([], {}, "q6", "sv", "none", strong=False),
]


def test_report_takes_means_of_what_can_be_answered():
    assert report(ANSWERS)["all"] == {
        "ndcg_at_10": round((1 + 0 + 1 / log2(3)) / 3, 4),
        "recall_at_10": 0.5,  # of two: the third has nothing good to find
        "p_at_10": 0.5,
        "zero_rate": 0.3333,
        "queries": 3,
    }


def test_report_parts_by_locale_and_type():
    parts = report(ANSWERS)
    assert parts["by_locale"]["fi"]["ndcg_at_10"] == 0.5
    assert parts["by_locale"]["sv"]["recall_at_10"] is None
    assert {name: part["queries"] for name, part in parts["by_type"].items()} == {
        "infl": 2,
        "syn": 1,
    }


def test_queries_without_an_answer_are_told_apart():
    assert report(ANSWERS)["none"] == {"queries": 3, "with_hits": 2, "none_with_strong": 1}


def test_no_queries_have_no_mean():
    assert report([])["all"]["ndcg_at_10"] is None


def test_the_worst_come_first_and_unanswerable_ones_never():
    assert [each.qid for each in worst(ANSWERS, 5)] == ["q2", "q3", "q1"]
