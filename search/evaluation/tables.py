"""The figures of an evaluation for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .metrics import Figures, worst
from .running import Evaluation

_COLUMNS = ("ndcg_at_10", "recall_at_10", "p_at_10", "zero_rate")
_SHOWN = 5


def table(figures: dict[str, Any]) -> str:
    """The report of `metrics.report` as a table."""
    lines = [f"{'':22}{'queries':>8}" + "".join(f"{name:>14}" for name in _COLUMNS)]
    lines += _rows([("all", figures["all"])])
    for group in ("by_locale", "by_type"):
        lines += ["", group, *_rows(figures[group].items())]
    none = "\n{queries} without an answer: {with_hits} find something, {none_with_strong} strongly"
    return "\n".join([*lines, none.format(**figures["none"])])


def shortfalls(found: Evaluation, count: int) -> str:
    """The queries that fall short most: what should come first, and what does."""
    queries = {query.qid: query for query in found.judged.queries}
    titles: dict[str, str] = {}
    for document in found.judged.documents:
        titles.setdefault(document.group, document.title)
    lines = []
    for answer in worst(found.answers, count):
        query = queries[answer.qid]
        lines.append(
            f"\n{answer.ndcg:.2f} {query.qid} [{query.ui_locale}, {query.type}] {query.query}"
        )
        for group, grade in sorted(query.relevant.items(), key=lambda pair: -pair[1]):
            rank = answer.found.index(group) + 1 if group in answer.found else "-"
            lines.append(f"     wanted {grade}, at {rank}: {group} {titles.get(group, '?')}")
        lines += [
            f"     {rank}. {document.id} {document.title}"
            for rank, document in enumerate(found.shown[answer.qid].documents[:_SHOWN], start=1)
        ]
    return "\n".join(lines)


def _rows(parts: Iterable[tuple[str, Figures]]) -> list[str]:
    return [
        f"{name:22}{figures['queries']:>8}" + "".join(f"{_cell(figures[n]):>14}" for n in _COLUMNS)
        for name, figures in parts
    ]


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
