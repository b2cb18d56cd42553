"""Opening-hours arithmetic on Helsinki's clock, by table and by property."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_core.dates import HELSINKI
from site_core.pages.hours import (
    LOOK_AHEAD,
    WEEKDAYS,
    Fault,
    OpenState,
    WeekRow,
    day_times,
    find_fault,
    hours_state,
    table,
)

OFFICE_DAY = (("09:00", "12:00"), ("13:00", "15:00"))
LONG_DAY = (("09:00", "15:00"),)
SHORT_DAY = (("10:00", "11:00"),)
OFFICE = {"weekly": dict.fromkeys(WEEKDAYS[:5], OFFICE_DAY)}
CLOSED_HOLIDAYS = OFFICE | {"holidays": "closed"}
NIGHT = {"weekly": {"fri": [["22:00", "02:00"]], "sat": [["22:00", "02:00"]]}}
ALWAYS = {"always": True}
ROUND_THE_CLOCK = {"weekly": {day: [["00:00", "24:00"]] for day in WEEKDAYS}}
SUNDAY_NIGHT = {"weekly": {"sun": [["01:00", "03:30"]]}}
SUNDAY_MORNING = {"weekly": {"sun": [["03:30", "06:00"]]}}
IN_THE_GAP = {"weekly": {"sun": [["03:10", "03:50"]]}}


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI, fold=fold)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def opens(text: str) -> OpenState:
    return OpenState(open=False, opens=at(text))


def until(text: str) -> OpenState:
    return OpenState(open=True, until=at(text))


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        pytest.param(OFFICE, at("2026-11-25T08:59"), opens("2026-11-25T09:00"), id="before"),
        pytest.param(OFFICE, at("2026-11-25T09:00"), until("2026-11-25T12:00"), id="first minute"),
        pytest.param(OFFICE, at("2026-11-25T12:00"), opens("2026-11-25T13:00"), id="lunch"),
        pytest.param(OFFICE, at("2026-11-27T15:00"), opens("2026-11-30T09:00"), id="weekend"),
        pytest.param(OFFICE, utc("2026-11-25T07:30"), until("2026-11-25T12:00"), id="UTC winter"),
        pytest.param(OFFICE, utc("2026-07-01T06:30"), until("2026-07-01T12:00"), id="UTC summer"),
        pytest.param(NIGHT, at("2026-11-28T01:59"), until("2026-11-28T02:00"), id="past midnight"),
        pytest.param(NIGHT, at("2026-11-28T02:00"), opens("2026-11-28T22:00"), id="night over"),
        pytest.param(ALWAYS, at("2026-12-25T03:00"), OpenState(open=True), id="always"),
        pytest.param(
            ROUND_THE_CLOCK, at("2026-11-25T23:59"), OpenState(open=True), id="no seam at midnight"
        ),
        pytest.param({}, at("2026-11-25T12:00"), OpenState(open=False), id="no hours at all"),
        pytest.param(
            {"weekly": {"mon": []}}, at("2026-11-25T12:00"), OpenState(open=False), id="never open"
        ),
        # Holidays: Good Friday and Easter Monday move, Independence Day does not.
        pytest.param(
            CLOSED_HOLIDAYS, at("2026-04-03T10:00"), opens("2026-04-07T09:00"), id="Easter 2026"
        ),
        pytest.param(
            CLOSED_HOLIDAYS, at("2027-03-26T10:00"), opens("2027-03-30T09:00"), id="Easter 2027"
        ),
        pytest.param(OFFICE, at("2026-04-03T10:00"), until("2026-04-03T12:00"), id="open on them"),
        pytest.param(
            CLOSED_HOLIDAYS, at("2026-05-14T10:00"), opens("2026-05-15T09:00"), id="Ascension"
        ),
        pytest.param(
            CLOSED_HOLIDAYS, at("2026-12-24T10:00"), until("2026-12-24T12:00"), id="an eve is none"
        ),
        pytest.param(
            ALWAYS | {"holidays": "closed"},
            at("2026-12-25T10:00"),
            OpenState(open=True),
            id="always beats holidays",
        ),
        # 25.10.2026: 03.00-04.00 comes twice; 28.3.2027: 03.00-04.00 does not come.
        pytest.param(
            SUNDAY_NIGHT, at("2026-10-25T03:15"), OpenState(True, at("2026-10-25T03:30", fold=1)),
            id="repeated hour, first time",
        ),
        pytest.param(
            SUNDAY_NIGHT, at("2026-10-25T03:15", fold=1),
            OpenState(True, at("2026-10-25T03:30", fold=1)), id="repeated hour, second time",
        ),
        pytest.param(
            SUNDAY_NIGHT, at("2026-10-25T03:30", fold=1), opens("2026-11-01T01:00"),
            id="closes at the second 3.30",
        ),
        pytest.param(
            SUNDAY_MORNING, at("2026-10-25T02:00"), opens("2026-10-25T03:30"),
            id="opens at the first 3.30",
        ),
        pytest.param(
            SUNDAY_NIGHT, at("2027-03-28T02:59"), until("2027-03-28T04:00"),
            id="end in the missing hour",
        ),
        pytest.param(
            SUNDAY_NIGHT, at("2027-03-28T04:00"), opens("2027-04-04T01:00"),
            id="missing hour is over at once",
        ),
        pytest.param(
            SUNDAY_MORNING, at("2027-03-28T02:00"), opens("2027-03-28T04:00"),
            id="start in the missing hour",
        ),
        pytest.param(
            IN_THE_GAP, at("2027-03-28T02:00"), opens("2027-04-04T03:10"),
            id="wholly in the missing hour",
        ),
    ],
)  # fmt: skip
def test_state(hours, now, expected):
    assert hours_state(hours, now) == expected


def test_state_compares_moments_not_only_clocks():
    """Datetimes of one zone compare by wall time alone; the moments must agree too."""
    state = hours_state(SUNDAY_NIGHT, at("2026-10-25T03:15"))
    assert state.until is not None
    assert state.until.astimezone(UTC) == utc("2026-10-25T01:30")
    state = hours_state(SUNDAY_MORNING, at("2027-03-28T02:00"))
    assert state.opens is not None
    assert state.opens.astimezone(UTC) == utc("2027-03-28T01:00")


def exception(first: str, last: str | None = None, times=(), note=None) -> dict:
    return {"date": first, "to": last, "times": list(times), "note": note}


@pytest.mark.parametrize(
    ("exceptions", "day", "expected"),
    [
        ([exception("2026-12-24")], date(2026, 12, 24), ()),
        ([exception("2026-12-23", "2027-01-01")], date(2026, 12, 31), ()),
        ([exception("2026-12-23", "2027-01-01")], date(2027, 1, 4), OFFICE_DAY),
        ([exception("2026-12-25", times=SHORT_DAY)], date(2026, 12, 25), SHORT_DAY),
        (
            [exception("2026-12-23", "2027-01-01"), exception("2026-12-28", times=SHORT_DAY)],
            date(2026, 12, 28),
            SHORT_DAY,
        ),
    ],
    ids=["closed one day", "closed for long", "after it", "open on a holiday", "shortest wins"],
)
def test_exceptions_win(exceptions, day, expected):
    assert day_times(CLOSED_HOLIDAYS | {"exceptions": exceptions}, day) == expected


def test_an_exception_closes_even_what_is_always_open():
    hours = ALWAYS | {"exceptions": [exception("2026-11-25", times=[["08:00", "10:00"]])]}
    assert hours_state(hours, at("2026-11-25T11:00")) == opens("2026-11-26T00:00")


def test_a_night_is_not_cut_short_by_the_next_days_exception():
    hours = NIGHT | {"exceptions": [exception("2026-11-28")]}
    assert hours_state(hours, at("2026-11-28T01:00")) == until("2026-11-28T02:00")


def test_next_opening_is_given_within_14_days_only():
    hours = OFFICE | {"exceptions": [exception("2026-11-20", "2026-12-09")]}
    assert hours_state(hours, at("2026-11-26T09:00")) == opens("2026-12-10T09:00")
    assert hours_state(hours, at("2026-11-26T08:59")) == OpenState(open=False)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        hours_state(OFFICE, datetime(2026, 11, 25, 9, 0))


def test_table_groups_neighbouring_days_and_lists_special_days_ahead():
    hours = {
        "weekly": dict.fromkeys(WEEKDAYS[:4], LONG_DAY) | {"fri": SHORT_DAY},
        "holidays": "closed",
        "exceptions": [
            exception("2026-12-01", note=["Koulutus", "fi"]),
            exception("2026-11-01"),
        ],
    }
    shown = table(hours, date(2026, 11, 25))
    assert shown.week == (
        WeekRow("mon", "thu", LONG_DAY),
        WeekRow("fri", "fri", SHORT_DAY),
        WeekRow("sat", "sun", ()),
    )
    assert [(row.first, row.note, row.is_holiday) for row in shown.special] == [
        (date(2026, 12, 1), ("Koulutus", "fi"), False),
        (date(2026, 12, 6), None, True),
    ]


def test_table_of_round_the_clock_has_no_week():
    shown = table(ALWAYS, date(2026, 12, 20))
    assert shown.always
    assert shown.week == shown.special == ()


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        ([["09:00", "12:00"], ["12:00", "15:00"]], None),
        ([["22:00", "02:00"]], None),
        ([["00:00", "00:00"]], None),
        ([["00:00", "24:00"]], None),
        ([["9:00", "12:00"]], Fault.NOT_A_TIME),
        ([["09:00", "25:00"]], Fault.NOT_A_TIME),
        ([["24:00", "12:00"]], Fault.NOT_A_TIME),
        ([["09:00", "09:00"]], Fault.NO_LENGTH),
        ([["09:00", "12:00"], ["11:00", "15:00"]], Fault.OVERLAP),
        ([["20:00", "02:00"], ["22:00", "23:00"]], Fault.OVERLAP),
    ],
)
def test_faults(times, fault):
    assert find_fault({"weekly": {"mon": times}}) is fault
    assert find_fault({"exceptions": [exception("2026-12-24", times=times)]}) is fault


def test_a_backward_exception_is_a_fault():
    assert (
        find_fault({"exceptions": [exception("2026-12-24", "2026-12-23")]})
        is Fault.EXCEPTION_BACKWARDS
    )


clocks = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
stretches = st.lists(st.lists(clocks, min_size=2, max_size=2, unique=True), max_size=3)
days = st.dates(date(2026, 10, 10), date(2027, 4, 10))
some_hours = st.fixed_dictionaries(
    {
        "weekly": st.dictionaries(st.sampled_from(WEEKDAYS), stretches),
        "holidays": st.sampled_from(["open", "closed"]),
        "always": st.booleans(),
        "exceptions": st.lists(st.builds(exception, days.map(str), times=stretches), max_size=3),
    }
)
moments = st.datetimes(datetime(2026, 10, 15), datetime(2027, 4, 5), timezones=st.just(UTC))


def contains(hours, now: datetime) -> bool:
    """Ask each stretch of today and yesterday by wall clock alone, the slow plain way."""
    wall = now.astimezone(HELSINKI).replace(tzinfo=None)
    for day in (wall.date() - timedelta(days=1), wall.date()):
        midnight = datetime.combine(day, datetime.min.time())
        for start, end in day_times(hours, day):
            minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (start, end)]
            if minutes[1] <= minutes[0]:
                minutes[1] += 24 * 60
            if (
                midnight + timedelta(minutes=minutes[0])
                <= wall
                < midnight + timedelta(minutes=minutes[1])
            ):
                return True
    return False


@settings(deadline=None)  # a loaded machine is no fault of the arithmetic
@given(some_hours, moments)
def test_open_exactly_when_a_stretch_contains_now(hours, now):
    state = hours_state(hours, now)
    if contains(hours, now):
        assert state.open
    elif state.open:
        # Only in the repeated hour may a door stay open that its clock calls closed.
        wall = now.astimezone(HELSINKI)
        assert wall.date() == date(2026, 10, 25)
        assert wall.hour == 3


@settings(deadline=None)  # a loaded machine is no fault of the arithmetic
@given(some_hours, moments)
def test_what_the_state_promises_comes_true(hours, now):
    state = hours_state(hours, now)
    promised = state.until if state.open else state.opens
    if promised is not None:
        assert now < promised.astimezone(UTC) <= now + LOOK_AHEAD
        assert hours_state(hours, promised).open is not state.open
        just_before = promised.astimezone(UTC) - timedelta(microseconds=1)
        assert hours_state(hours, just_before).open is state.open
