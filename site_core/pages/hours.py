"""Opening-hours arithmetic: is it open, until when, when does it open next.

Pure: data in, answers out, always on Helsinki's clock. Hours are JSON::

    {
      "always": false,                               open round the clock, weekly ignored
      "weekly": {"mon": [["09:00", "12:00"], ...]},  days not named are closed
      "holidays": "closed",                          or "open": as on any such weekday
      "exceptions": [                                these win over all of the above
        {"date": "2026-12-23", "to": "2026-12-27", "times": [], "note": ["Jouluna kiinni", "fi"]}
      ]
    }

Every key may be left out; holidays are then "open". Times are "HH:MM" or "24:00". A stretch that
ends at or before its start ends on the next day and belongs to the day it starts on: closing the
next day by an exception does not cut it short. "to" is the last day of an exception; of several
that cover a day the shortest counts.

When clocks change, a start in the missing hour is the moment the hour is skipped, and so is an
end. In the repeated hour a stretch starts at the first and ends at the second occurrence, so that
nobody reads "closed" while the door's own clock says open.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any, Final

from site_core.dates import HELSINKI, local, local_day
from site_core.pages.holidays import is_holiday

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD: Final = timedelta(days=14)
WHOLE_DAY: Final = (("00:00", "24:00"),)
DAY: Final = timedelta(days=1)
CLOCKS_CHANGE: Final = time(1)  # UTC, in the whole European Union (directive 2000/84/EC)
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")

Hours = Mapping[str, Any]
Times = tuple[tuple[str, str], ...]
Interval = tuple[datetime, datetime]


class Fault(StrEnum):
    """What can be wrong with hours that an editor typed."""

    NOT_A_TIME = "not_a_time"
    NO_LENGTH = "no_length"
    OVERLAP = "overlap"
    EXCEPTION_BACKWARDS = "exception_backwards"


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether it is open now; all times are on Helsinki's clock.

    `until` is when an open place closes, None if not within 14 days. `opens` is when a closed one
    opens, None if not within 14 days.
    """

    open: bool
    until: datetime | None = None
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Neighbouring weekdays of equal times, named by code; no times means closed."""

    first: str
    last: str
    times: Times


@dataclass(frozen=True, slots=True)
class SpecialRow:
    """Days that differ from the week: an exception, or a holiday on which it is closed."""

    first: date
    last: date
    times: Times
    note: tuple[str, str] | None = None
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class HoursTable:
    """All there is to show of the hours: the week in rows, then the special days ahead."""

    always: bool
    week: tuple[WeekRow, ...]
    special: tuple[SpecialRow, ...]


def hours_state(hours: Hours, now: datetime) -> OpenState:
    """Say whether it is open at `now`, which must carry a time zone (ValueError otherwise)."""
    moment = now.astimezone(UTC) if now.tzinfo else local(now)
    horizon = moment + LOOK_AHEAD
    for start, end in _merged(_intervals(hours, local_day(moment))):
        if end <= moment:
            continue
        if start <= moment:
            return OpenState(open=True, until=local(end) if end <= horizon else None)
        if start <= horizon:
            return OpenState(open=False, opens=local(start))
        break
    return OpenState(open=False)


def day_times(hours: Hours, day: date) -> Times:
    """Return the stretches that start on the day, as written, in order."""
    exception = _exception_on(hours, day)
    if exception is not None:
        return _times(exception.get("times", ()))
    if hours.get("always"):
        return WHOLE_DAY
    if hours.get("holidays") == "closed" and is_holiday(day):
        return ()
    return _times(hours.get("weekly", {}).get(WEEKDAYS[day.weekday()], ()))


def table(hours: Hours, today: date) -> HoursTable:
    """Return the rows to show: the week, exceptions not yet past, holidays 14 days ahead."""
    always = bool(hours.get("always"))
    return HoursTable(
        always=always,
        week=() if always else tuple(_week_rows(hours.get("weekly", {}))),
        special=tuple(sorted(_special_rows(hours, today), key=lambda row: (row.first, row.last))),
    )


def find_fault(hours: Hours) -> Fault | None:
    """Return the first contradiction in the hours, or None; words for it are in `faults`."""
    for times in hours.get("weekly", {}).values():
        if fault := _fault_of_day(times):
            return fault
    for exception in hours.get("exceptions", ()):
        first, last = _span(exception)
        if last < first:
            return Fault.EXCEPTION_BACKWARDS
        if fault := _fault_of_day(exception.get("times", ())):
            return fault
    return None


def _fault_of_day(times: Iterable[Sequence[str]]) -> Fault | None:
    ordered = _times(times)
    for start, end in ordered:
        if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end)) or start == "24:00":
            return Fault.NOT_A_TIME
        if start == end != "00:00":
            return Fault.NO_LENGTH
    for (start, end), (following, _) in pairwise(ordered):
        if following < end or end <= start:
            return Fault.OVERLAP
    return None


def _times(times: Iterable[Sequence[str]]) -> Times:
    return tuple(sorted((pair[0], pair[1]) for pair in times))


def _span(exception: Mapping[str, Any]) -> tuple[date, date]:
    first = date.fromisoformat(exception["date"])
    last = exception.get("to")
    return first, date.fromisoformat(last) if last else first


def _exception_on(hours: Hours, day: date) -> Mapping[str, Any] | None:
    covering = [
        (last - first, exception)
        for exception in hours.get("exceptions", ())
        for first, last in [_span(exception)]
        if first <= day <= last
    ]
    return min(covering, key=lambda found: found[0])[1] if covering else None


def _intervals(hours: Hours, today: date) -> Iterator[Interval]:
    """Yield what starts from yesterday, for the tail of its night, to beyond the horizon."""
    for offset in range(-1, LOOK_AHEAD.days + 2):
        day = today + offset * DAY
        for start, end in day_times(hours, day):
            ends_on = day if start < end else day + DAY
            interval = (_instant(day, start, fold=0), _instant(ends_on, end, fold=1))
            if interval[0] < interval[1]:
                yield interval


def _merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Join stretches that touch or overlap; they come ordered by start."""
    current: Interval | None = None
    for start, end in intervals:
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _instant(day: date, clock: str, *, fold: int) -> datetime:
    """Return the UTC moment of a wall time, for the missing hour the moment it is skipped."""
    if clock == "24:00":
        day, clock = day + DAY, "00:00"
    wall = datetime.combine(day, time.fromisoformat(clock), HELSINKI)
    before, after = (wall.replace(fold=side).astimezone(UTC) for side in (0, 1))
    if after < before:  # only in the missing hour is fold 1 the earlier of the two
        return datetime.combine(day, CLOCKS_CHANGE, UTC)
    return after if fold else before


def _week_rows(weekly: Mapping[str, Any]) -> Iterator[WeekRow]:
    for times, group in groupby(WEEKDAYS, key=lambda weekday: _times(weekly.get(weekday, ()))):
        days = list(group)
        yield WeekRow(days[0], days[-1], times)


def _special_rows(hours: Hours, today: date) -> Iterator[SpecialRow]:
    for exception in hours.get("exceptions", ()):
        first, last = _span(exception)
        if last >= today:
            note = exception.get("note")
            yield SpecialRow(
                first,
                last,
                _times(exception.get("times", ())),
                (note[0], note[1]) if note else None,
            )
    if hours.get("always") or hours.get("holidays") != "closed":
        return
    for offset in range(LOOK_AHEAD.days):
        day = today + offset * DAY
        if is_holiday(day) and _exception_on(hours, day) is None:
            yield SpecialRow(day, day, (), is_holiday=True)
