"""Rushes on courses: nothing oversold, double, stranded or overtaken, and one mail per change."""

import sys
from collections import Counter

import pytest
from django.db import connection

from .crowd import Chance, deadlocks, spoiling
from .rush import Rush, rounds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WHOLE_PROOF = 120


@pytest.mark.timeout(3600)
def test_rushes_leave_everything_in_order(request, monkeypatch):
    found, tally, count = [], Counter(), request.config.getoption("--rounds")
    for seed, capacity in rounds(count):
        rush = Rush(seed, capacity)
        with spoiling(monkeypatch, Chance(seed)):
            rush.run()
        tally += rush.tally
        found += [f"round {seed}, {capacity} seats: {fault}" for fault in rush.wrong()]
    sys.stdout.write(f"{dict(tally)}, deadlocks in the database: {deadlocks()}\n")
    assert found == []
    assert tally["seated"]
    assert tally["waiting"]
    if count >= WHOLE_PROOF and connection.vendor == "postgresql":
        assert tally["out of turn"]  # rare: seldom does a seat lie idle just then
