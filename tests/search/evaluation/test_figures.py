"""The search is no worse than it was: the development set is asked on every engine.

`measured-database.json` and `measured-elasticsearch.json` are what `manage.py search_eval
tests/search/evaluation/development.json --json` printed last. Whoever makes the search better on
purpose prints them anew; whoever makes it worse without meaning to fails here.
"""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from search.evaluation.judged import read_judged_set
from search.evaluation.metrics import Answer, report
from search.evaluation.running import Evaluation, evaluate
from search.evaluation.scratch import PATIENCE
from site_core.taxonomy.actions import load_taxonomy

HERE = Path(__file__).parent
RISING = ("ndcg_at_10", "recall_at_10")
SLACK = 0.01
SLACK_QUERIES = 0.5
"""How far figures may fall: a hundredth, in small groups what half a query makes."""


def run() -> Evaluation:
    load_taxonomy()
    return evaluate(read_judged_set(HERE / "development.json"))


def measured(engine: str) -> dict[str, Any]:
    return json.loads((HERE / f"measured-{engine}.json").read_text())


def drops(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """Where figures are worse than they were by more than the slack."""
    pairs = [("all", now["all"], before["all"])]
    for part in ("by_locale", "by_type"):
        pairs += [(name, now[part][name], before[part][name]) for name in before[part]]
    return [
        f"{name}: {figure} {was[figure]} -> {is_now[figure]}"
        for name, is_now, was in pairs
        for figure in (*RISING, "zero_rate")
        if was[figure] is not None and _fell(figure, was, is_now)
    ]


def _fell(figure: str, was: dict[str, Any], is_now: dict[str, Any]) -> bool:
    slack = max(SLACK, SLACK_QUERIES / was["queries"])
    change = is_now[figure] - was[figure]
    return (change if figure in RISING else -change) < -slack


@pytest.fixture
def answers(db) -> list[Answer]:
    return run().answers


@pytest.mark.timeout(600)
def test_the_database_answers_as_well_as_it_did(answers):
    before = measured("database")
    now = report(answers)
    assert drops(now, before) == []
    assert now["none"]["none_with_strong"] <= before["none"]["none_with_strong"]
    _controls(answers, before)


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_elasticsearch_answers_as_well_as_it_did(db, elastic, settings):
    settings.SEARCH_TIMEOUT = PATIENCE  # a busy machine is no worse an answer
    found = run()
    before = measured("elasticsearch")
    now = report(found.answers)
    assert drops(now, before) == []
    assert now["none"]["none_with_strong"] <= before["none"]["none_with_strong"]
    _controls(found.answers, before)


def _controls(answers: list[Answer], before: dict[str, Any]) -> None:
    """The same hits in another order, and one hit in ten lost, would have been noticed."""
    random = Random(6)
    shuffled = [replace(a, found=random.sample(a.found, len(a.found))) for a in answers]
    assert any(drop.startswith("all: ndcg") for drop in drops(report(shuffled), before))
    fewer = [replace(a, found=[f for f in a.found if random.random() > 0.1]) for a in answers]
    assert any(drop.startswith("all: recall") for drop in drops(report(fewer), before))
