"""Finland's official public holidays.

The rules, movable feasts among them, come from the `holidays` package. It also lists Midsummer Eve
and Christmas Eve, on which much is closed but which no law makes holidays: an organisation that
closes then says so as an exception in its hours.
"""

from datetime import date
from functools import lru_cache

import holidays

FRIDAY = 4
# The package's names of its languages, by ours.
NAMED_IN = {"fi": "fi", "sv": "sv_FI"}


def is_holiday(day: date) -> bool:
    """Whether the day is an official public holiday in Finland."""
    return day in _holidays(day.year, "fi")


def holiday_name(day: date, language: str) -> tuple[str, str] | None:
    """Return the holiday's name and the language it is in, or None on any other day.

    Swedish readers get Swedish, everyone else Finnish: the package knows no Sámi names.
    """
    known = language if language in NAMED_IN else "fi"
    name = _holidays(day.year, known).get(day)
    return None if name is None else (name, known)


@lru_cache(maxsize=16)
def _holidays(year: int, language: str) -> dict[date, str]:
    listed = holidays.country_holidays("FI", years=year, language=NAMED_IN[language])
    return {day: name for day, name in listed.items() if not _is_eve(day)}


def _is_eve(day: date) -> bool:
    christmas_eve = (day.month, day.day) == (12, 24)
    midsummer_eve = day.month == 6 and day.weekday() == FRIDAY
    return christmas_eve or midsummer_eve
