"""What is measured of an answer: nDCG@10, recall@10, precision@10 and empty answers. Pure.

Judgements and answers name translation groups, since a reader sees one version of each. Grades are
3 for exactly what is needed, 2 good, 1 marginal; a group that nobody judged is worth nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

DEPTH = 10
GOOD = 2
"""The grade from which recall counts a group."""

Figures = dict[str, float | int | None]


@dataclass(frozen=True)
class Answer:
    """One query with its judgements and what was found.

    relevant: grade by group; empty for a query that nothing answers.
    found: groups in the order shown, each once; strong: whether any of them is a strong hit.
    """

    qid: str
    locale: str
    type: str
    relevant: Mapping[str, int]
    found: Sequence[str]
    strong: bool = False

    @property
    def answerable(self) -> bool:
        """Whether something answers it."""
        return bool(self.relevant)

    @property
    def ndcg(self) -> float:
        """Gain of the first ten over the best possible: 2^grade - 1 over log2(rank + 1)."""
        ideal = _gain(sorted(self.relevant.values(), reverse=True))
        return _gain([self.relevant.get(group, 0) for group in self.found]) / ideal

    @property
    def recall(self) -> float | None:
        """The share of good groups among the first ten found; None where none is good."""
        good = {group for group, grade in self.relevant.items() if grade >= GOOD}
        return len(good.intersection(self.found[:DEPTH])) / len(good) if good else None

    @property
    def precision(self) -> float:
        """The share of the first ten shown that is relevant at all; of three shown, thirds."""
        shown = self.found[:DEPTH]
        return sum(group in self.relevant for group in shown) / len(shown) if shown else 0.0


def report(answers: Iterable[Answer]) -> dict[str, object]:
    """All figures: `all`, `by_locale`, `by_type` of what can be answered, `none` of what cannot.

    Each of the first three gives `ndcg_at_10`, `recall_at_10`, `p_at_10`, `zero_rate` (the share of
    empty answers) as means over queries, and `queries`, how many they are; None where there are
    none to take a mean of. `none` counts `queries`, those `with_hits` and `none_with_strong`, those
    where something claims to be what the reader meant.
    """
    by_locale: defaultdict[str, list[Answer]] = defaultdict(list)
    by_type: defaultdict[str, list[Answer]] = defaultdict(list)
    all_answers = list(answers)
    answerable = [answer for answer in all_answers if answer.answerable]
    for answer in answerable:
        by_locale[answer.locale].append(answer)
        by_type[answer.type].append(answer)
    unanswerable = [answer for answer in all_answers if not answer.answerable]
    return {
        "all": figures(answerable),
        "by_locale": {name: figures(part) for name, part in sorted(by_locale.items())},
        "by_type": {name: figures(part) for name, part in sorted(by_type.items())},
        "none": {
            "queries": len(unanswerable),
            "with_hits": sum(bool(answer.found) for answer in unanswerable),
            "none_with_strong": sum(answer.strong for answer in unanswerable),
        },
    }


def figures(answers: Sequence[Answer]) -> Figures:
    """The means over answers to queries that can be answered, to four decimals."""
    return {
        "ndcg_at_10": _mean([answer.ndcg for answer in answers]),
        "recall_at_10": _mean([each for a in answers if (each := a.recall) is not None]),
        "p_at_10": _mean([answer.precision for answer in answers]),
        "zero_rate": _mean([float(not answer.found) for answer in answers]),
        "queries": len(answers),
    }


def worst(answers: Iterable[Answer], count: int) -> list[Answer]:
    """The answers that fall short most, by nDCG."""
    return sorted((a for a in answers if a.answerable), key=lambda a: (a.ndcg, a.qid))[:count]


def _gain(grades: Sequence[int]) -> float:
    ranked = enumerate(grades[:DEPTH], start=1)
    return sum(float(2**grade - 1) / log2(rank + 1) for rank, grade in ranked)


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 4) if values else None
