"""How dates and times are written."""

from datetime import UTC, date, datetime, time

import pytest

from site_core.dates import (
    HELSINKI,
    format_date,
    format_days,
    format_span,
    format_time,
    is_shown,
    local,
    local_day,
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_dates_and_times_have_no_leading_zero_but_minutes_do():
    assert format_date(date(2026, 1, 5)) == "5.1.2026"
    assert format_time(time(9, 5)) == "9.05"


def test_moments_are_written_by_helsinki():
    assert format_date(utc(2026, 12, 31, 22, 30)) == "1.1.2027"
    assert format_time(utc(2026, 12, 31, 22, 30)) == "0.30"
    assert local_day(utc(2026, 7, 1, 21, 0)) == date(2026, 7, 2)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 12, 24), date(2026, 12, 24), "24.12.2026"),
        (date(2026, 12, 24), date(2026, 12, 26), "24.–26.12.2026"),
        (date(2026, 11, 30), date(2026, 12, 2), "30.11.–2.12.2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30.12.2026–2.1.2027"),
    ],
)
def test_ranges_of_days(first, last, expected):
    assert format_days(first, last) == expected


def test_spans():
    assert format_span(utc(2026, 11, 25, 7), utc(2026, 11, 25, 9, 30)) == "25.11.2026 9.00–11.30"
    assert (
        format_span(utc(2026, 11, 25, 20), utc(2026, 11, 25, 23))
        == "25.11.2026 22.00 – 26.11.2026 1.00"
    )


def test_the_hour_left_out_in_spring_is_shown_by_no_clock_of_its_zone():
    def helsinki(hour: int, minute: int = 0) -> datetime:
        return datetime(2027, 3, 28, hour, minute, tzinfo=HELSINKI)

    shown = [is_shown(helsinki(*time)) for time in ((2, 59), (3, 0), (3, 59), (4, 0))]
    assert shown == [True, False, False, True]
    assert is_shown(datetime(2027, 10, 31, 3, 30, tzinfo=HELSINKI, fold=1))
    assert is_shown(utc(2027, 3, 28, 1, 30))
    with pytest.raises(ValueError, match="time zone"):
        is_shown(datetime(2027, 3, 28, 3, 30))
