"""Days and times of the demo content, counted from the day of seeding."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from dateutil.rrule import rrulestr

from site_core.dates import HELSINKI

ROUNDS = {"WEEKLY": 40, "MONTHLY": 10}
"""How often an activity takes place when its rule names no end."""


class Span(NamedTuple):
    """Start and end with their zone, and the rule by which they repeat (empty: once)."""

    starts: datetime
    ends: datetime
    rule: str = ""


def day(today: date, days: int) -> date:
    """The day that many days from today, which may be negative."""
    return today + timedelta(days=days)


def at(today: date, days: int, clock: str) -> datetime:
    """A time such as `9.30` on Finland's clock, that many days from today."""
    hour, minute = map(int, clock.split("."))
    return datetime.combine(day(today, days), time(hour, minute), HELSINKI)


def span(today: date, given: Mapping[str, Any]) -> Span:
    """A time given as `in_days`, or by a `rule` that begins on its first day from tomorrow."""
    length = timedelta(minutes=given["minutes"])
    if "rule" not in given:
        starts = at(today, given["in_days"], given["at"])
        return Span(starts, starts + length)
    rule = given["rule"]
    if "COUNT=" not in rule:
        frequency = next(name for name in ROUNDS if f"FREQ={name}" in rule)
        rule += f";COUNT={ROUNDS[frequency]}"
    tomorrow = at(today, 1, given["at"]).replace(tzinfo=None)
    starts = rrulestr(rule, dtstart=tomorrow)[0].replace(tzinfo=HELSINKI)
    return Span(starts, starts + length, rule)
