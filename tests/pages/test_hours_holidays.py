"""Finland's official holidays, the movable ones against published calendars."""

from datetime import date

import pytest

from site_core.pages.holidays import holiday_name, is_holiday


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1), date(2026, 1, 6), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6),
        date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 24), date(2026, 6, 20),
        date(2026, 10, 31), date(2026, 12, 6), date(2026, 12, 25), date(2026, 12, 26),
        date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 6, 26),
        date(2027, 11, 6),
    ],
    ids=str,
)  # fmt: skip
def test_official_holidays(day):
    assert is_holiday(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 6, 19), date(2027, 6, 25), date(2026, 12, 24), date(2026, 4, 2), date(2026, 11, 1)],
    ids=["Midsummer", "Midsummer 2027", "Christmas", "Maundy Thursday", "after All Saints"],
)
def test_eves_and_neighbours_are_ordinary_days(day):
    assert not is_holiday(day)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ("Itsenäisyyspäivä", "fi")),
        ("sv", ("Självständighetsdagen", "sv")),
        ("smn", ("Itsenäisyyspäivä", "fi")),
    ],
)
def test_names_say_their_language(language, expected):
    assert holiday_name(date(2026, 12, 6), language) == expected


def test_an_ordinary_day_has_no_name():
    assert holiday_name(date(2026, 12, 7), "fi") is None
