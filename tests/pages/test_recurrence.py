"""Repetition by rule: wall time kept across clock changes, unbearable rules refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from site_core.dates import HELSINKI
from site_core.pages.faults import validate_recurrence
from site_core.pages.recurrence import (
    Fault,
    Occurrence,
    Recurrence,
    RecurrenceError,
    check,
    next_occurrence,
    occurrences,
)

FAR = datetime(2040, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def club(rule: str, starts="2026-10-20T18:00", ends="2026-10-20T19:30", skip=()) -> Recurrence:
    return Recurrence(at(starts), at(ends), rule, frozenset(skip))


WEEKLY = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261110"


def starts_of(recurrence: Recurrence) -> list[str]:
    found = occurrences(recurrence, recurrence.starts, FAR)
    return [f"{one.starts:%d.%m. %H:%M %z}" for one in found]


def test_wall_time_is_kept_when_clocks_go_back():
    assert starts_of(club(WEEKLY)) == [
        "20.10. 18:00 +0300", "27.10. 18:00 +0200", "03.11. 18:00 +0200", "10.11. 18:00 +0200",
    ]  # fmt: skip


def test_wall_time_is_kept_when_clocks_go_forward():
    spring = club("FREQ=WEEKLY;COUNT=2", "2027-03-23T18:00", "2027-03-23T19:00")
    assert starts_of(spring) == ["23.03. 18:00 +0200", "30.03. 18:00 +0300"]


def test_a_time_in_the_missing_hour_moves_on():
    nights = club("FREQ=DAILY;COUNT=3", "2027-03-27T03:30", "2027-03-27T03:45")
    assert starts_of(nights) == ["27.03. 03:30 +0200", "28.03. 04:30 +0300", "29.03. 03:30 +0300"]


def test_exceptions_are_left_out():
    assert len(starts_of(club(WEEKLY, skip=[date(2026, 10, 27)]))) == 3


def test_next_occurrence_is_the_one_under_way_then_the_next():
    recurrence = club(WEEKLY, skip=[date(2026, 11, 3)])
    under_way = next_occurrence(recurrence, at("2026-10-27T19:29"))
    assert under_way == Occurrence(at("2026-10-27T18:00"), at("2026-10-27T19:30"))
    following = next_occurrence(recurrence, at("2026-10-27T19:30"))
    assert following is not None
    assert following.starts == at("2026-11-10T18:00")
    assert next_occurrence(recurrence, at("2026-11-10T19:30")) is None


def test_without_a_rule_it_happens_once():
    once = club("")
    assert next_occurrence(once, at("2026-10-01T00:00")) == Occurrence(once.starts, once.ends)
    assert starts_of(once) == ["20.10. 18:00 +0300"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261031", 4),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=5", 5),
        ("FREQ=MONTHLY;BYDAY=3TU;COUNT=6", 6),
        ("FREQ=YEARLY;COUNT=5", 5),
        ("freq=weekly;until=20261103T155959Z;", 2),
        ("FREQ=WEEKLY;UNTIL=20261103T160000Z", 3),
        ("FREQ=WEEKLY;UNTIL=20261103T180000", 3),
        ("FREQ=DAILY;COUNT=1000", 1000),
    ],
)
def test_accepted_rules(rule, count):
    assert len(starts_of(club(rule))) == count


def test_limit_and_range():
    recurrence = club("FREQ=DAILY;COUNT=30")
    found = occurrences(recurrence, at("2026-10-25T19:00"), at("2026-11-25T00:00"), limit=2)
    assert [one.starts.day for one in found] == [25, 26]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("FREQ=WEEKLY", Fault.ENDLESS),
        ("FREQ=HOURLY;COUNT=3", Fault.TOO_DENSE),
        ("FREQ=SECONDLY", Fault.TOO_DENSE),
        ("FREQ=DAILY;BYHOUR=1,2,3;COUNT=9", Fault.NOT_A_RULE),
        ("FREQ=DAILY;COUNT=1001", Fault.TOO_LONG),
        ("FREQ=DAILY;UNTIL=20291231", Fault.TOO_LONG),
        ("FREQ=YEARLY;COUNT=7", Fault.TOO_LONG),
        ("FREQ=WEEKLY;UNTIL=20361231", Fault.TOO_LONG),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", Fault.START_OFF_RULE),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", Fault.START_OFF_RULE),
        ("FREQ=WEEKLY;UNTIL=20260101", Fault.START_OFF_RULE),
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=3", Fault.NOT_A_RULE),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20261231", Fault.NOT_A_RULE),
        ("FREQ=WEEKLY;UNTIL=20261341", Fault.NOT_A_RULE),
        ("FREQ=WEEKLY;FREQ=DAILY;COUNT=3", Fault.NOT_A_RULE),
        ("every Tuesday", Fault.NOT_A_RULE),
        ("COUNT=3", Fault.NOT_A_RULE),
    ],
)
def test_refused_rules(rule, fault):
    with pytest.raises(RecurrenceError) as refused:
        check(club(rule))
    assert refused.value.fault is fault
    assert str(refused.value)


def test_refused_times():
    with pytest.raises(ValueError, match="overlap"):
        check(club("FREQ=DAILY;COUNT=2", ends="2026-10-22T18:00"))
    with pytest.raises(ValueError, match="after it starts"):
        check(club("", ends="2026-10-20T18:00"))
    with pytest.raises(ValueError, match="time zone"):
        check(Recurrence(datetime(2026, 10, 20), datetime(2026, 10, 21)))


def test_editors_read_the_fault_in_words():
    with pytest.raises(ValidationError) as refused:
        validate_recurrence(at("2026-10-20T18:00"), at("2026-10-20T19:00"), "FREQ=WEEKLY")
    assert refused.value.code == "endless"


rule_parts = st.lists(
    st.sampled_from(
        ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "INTERVAL=99", "COUNT=12",
         "UNTIL=20301231", "UNTIL=20301231T120000Z", "BYDAY=TU", "BYDAY=-1FR,+2MO", "BYMONTHDAY=-1",
         "BYMONTHDAY=99", "BYMONTH=99", "BYMONTH=-1", "BYSETPOS=-5", "WKST=SU", "X=1", "", "\x00"]
    ),
    max_size=5,
).map(";".join)  # fmt: skip


@settings(deadline=None)  # a loaded machine is no fault of the arithmetic
@given(
    rule_parts | st.text(max_size=30),
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30), timezones=st.just(HELSINKI)),
)
def test_any_text_gives_occurrences_or_a_clear_refusal(rule, starts):
    recurrence = Recurrence(starts, starts + timedelta(hours=2), rule)
    try:
        check(recurrence)
    except RecurrenceError:
        return
    found = occurrences(recurrence, starts, datetime.max.replace(tzinfo=UTC))
    assert found
    assert all(earlier.ends <= later.starts for earlier, later in pairwise(found))


@settings(deadline=None)  # a loaded machine is no fault of the arithmetic
@given(st.integers(1, 60), st.datetimes(datetime(2026, 10, 1), datetime(2027, 5, 1)))
def test_next_is_the_first_that_has_not_ended(count, moment):
    now = moment.replace(tzinfo=UTC)
    recurrence = club(f"FREQ=WEEKLY;COUNT={count}")
    ahead = occurrences(recurrence, now, FAR)
    assert next_occurrence(recurrence, now) == (ahead[0] if ahead else None)
