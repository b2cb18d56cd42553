"""Rushes on courses: nothing oversold, double, stranded or overtaken, and one mail per change."""

import sys
from collections import Counter

import pytest
from django.db import connection

from .crowd import Chance, deadlocks, spoiling
from .rush import Rush, rounds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.mark.timeout(3600)
def test_rushes_leave_everything_in_order(request, monkeypatch):
    found, tally = [], Counter()
    for seed, capacity in rounds(request.config.getoption("--rounds")):
        rush = Rush(seed, capacity)
        with spoiling(monkeypatch, Chance(seed)):
            rush.run()
        tally += rush.tally
        found += [f"round {seed}, {capacity} seats: {fault}" for fault in rush.wrong()]
    sys.stdout.write(f"{dict(tally)}, deadlocks in the database: {deadlocks()}\n")
    assert found == []
    assert tally["seated"]
    assert tally["waiting"]
    assert tally["out of turn"] or connection.vendor != "postgresql"
