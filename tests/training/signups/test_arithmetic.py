"""Seats, queues and holds as numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.signups.arithmetic import (
    PoolSeats,
    corrections,
    has_lapsed,
    is_open,
    is_stranded,
    over_by,
    places_of,
    served,
)

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("until", "lapsed"), [(None, False), (BEFORE, True), (NOW, True), (AFTER, False)]
)
def test_a_hold_is_over_at_its_moment(until, lapsed):
    assert has_lapsed(until, NOW) == lapsed


@pytest.mark.parametrize(
    ("opens", "closes", "open_now"),
    [
        (None, None, True),
        (NOW, None, True),
        (AFTER, None, False),
        (None, NOW, False),
        (None, AFTER, True),
        (BEFORE, AFTER, True),
    ],
)
def test_one_can_sign_up_from_the_opening_until_the_closing(opens, closes, open_now):
    assert is_open(opens, closes, NOW) == open_now


@pytest.mark.parametrize(
    ("idle", "sizes", "count"),
    [
        (0, [1], 0),
        (3, [1, 1, 1, 1], 3),
        (3, [2, 2, 1], 1),  # the one behind is not taken in before the group
        (3, [4, 1], 0),
        (0, [0, 0], 2),
        (5, [], 0),
    ],
)
def test_a_group_gets_all_or_nothing_and_is_never_skipped(idle, sizes, count):
    assert served(idle, sizes) == count


@given(st.integers(0, 9), st.lists(st.integers(1, 4)))
def test_nobody_is_stranded_after_serving(idle, sizes):
    count = served(idle, sizes)
    left = idle - sum(sizes[:count])
    assert left >= 0
    assert not is_stranded(left, next(iter(sizes[count:]), None))


def test_over_by():
    assert [over_by(5, 3), over_by(3, 5), over_by(9, None)] == [2, 0, 0]


def test_what_is_not_reserved_is_everybodys():
    assert places_of(10, {"client": 3, "": 2, "none": 0}) == {"": 7, "client": 3}
    assert places_of(None, {"client": 3}) == {"": None, "client": None}
    with pytest.raises(ValueError, match="reserved"):
        places_of(2, {"client": 3})


@pytest.mark.parametrize(
    ("pools", "changes"),
    [
        ([(5, 2, 5)], {}),
        ([(0, 0, 5)], {0: 5}),
        ([(5, 2, 1)], {0: -2}),  # three sit: over by two
        ([(5, 0, 0), (0, 0, 5)], {}),  # the other pool waits until somebody leaves
        ([(5, 1, 0), (0, 0, 5)], {0: -1, 1: 1}),
        ([(8, 0, 5), (5, 5, 5)], {1: -3}),  # people sit above the capacity: nothing else is sold
    ],
)
def test_corrections(pools, changes):
    rows = [PoolSeats(key, *numbers) for key, numbers in enumerate(pools)]
    assert corrections(rows, sum(pool.places for pool in rows)) == changes


@st.composite
def pool_lists(draw):
    sizes = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))))
    return [
        PoolSeats(key, max(live, idle), min(live, idle), places)
        for key, (live, idle, places) in enumerate(sizes)
    ]


@given(pool_lists())
def test_corrections_never_oversell_and_touch_only_idle_seats(pools):
    capacity = sum(pool.places for pool in pools)
    changes = corrections(pools, capacity)
    taken = sum(pool.live - pool.idle for pool in pools)
    after = {pool.key: pool.live + changes.get(pool.key, 0) for pool in pools}
    assert all(pool.idle + changes.get(pool.key, 0) >= 0 for pool in pools)
    assert sum(after.values()) == max(capacity, taken)
    again = [
        PoolSeats(p.key, after[p.key], p.idle + changes.get(p.key, 0), p.places) for p in pools
    ]
    assert corrections(again, capacity) == {}
