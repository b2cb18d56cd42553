"""Repeated occurrences by rule: a small, safe part of the RRULE of RFC 5545.

Pure. A rule is text such as ``FREQ=WEEKLY;BYDAY=TU;UNTIL=20270531``. It repeats the wall time of
its first occurrence, so a club at 18.00 stays at 18.00 when clocks change; a time that falls into
the missing hour moves on by an hour. Days of exception are left out.

Refused, since a listing could not bear them: rules without an end, finer than daily, longer than
`MAX_YEARS`, of more than `MAX_OCCURRENCES`, or whose occurrences overlap.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from dateutil.rrule import rrulestr

from site_core.dates import HELSINKI, local

MAX_OCCURRENCES: Final = 1000
MAX_YEARS: Final = 5

_NUMBERS: Final = r"-?[1-9]\d?(,-?[1-9]\d?)*"
_DAY: Final = r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
_PARTS: Final = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "BYDAY": rf"{_DAY}(,{_DAY})*",
    "BYMONTHDAY": _NUMBERS,
    "BYMONTH": _NUMBERS,
    "BYSETPOS": _NUMBERS,
    "WKST": r"MO|SU",
}


class Fault(StrEnum):
    """Why a recurrence is refused."""

    ENDS_BEFORE_START = "ends_before_start"
    NOT_A_RULE = "not_a_rule"
    TOO_DENSE = "too_dense"
    ENDLESS = "endless"
    TOO_LONG = "too_long"
    OVERLAP = "overlap"
    START_OFF_RULE = "start_off_rule"


_REASONS: Final = {
    Fault.ENDS_BEFORE_START: "an occurrence must end after it starts",
    Fault.NOT_A_RULE: "not a rule this portal understands",
    Fault.TOO_DENSE: "a rule may not repeat more often than daily",
    Fault.ENDLESS: "a rule needs an end: UNTIL or COUNT",
    Fault.TOO_LONG: f"at most {MAX_OCCURRENCES} occurrences within {MAX_YEARS} years",
    Fault.OVERLAP: "occurrences overlap",
    Fault.START_OFF_RULE: "the first occurrence does not follow the rule",
}


class RecurrenceError(ValueError):
    """A recurrence that is refused; `fault` says why, `faults` has the words for editors."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_REASONS[fault])
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence on Helsinki's clock; `ends` is exclusive."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The first occurrence, with time zones, and how it repeats; an empty rule happens once."""

    starts: datetime
    ends: datetime
    rule: str = ""
    exceptions: frozenset[date] = frozenset()


def next_occurrence(recurrence: Recurrence, now: datetime) -> Occurrence | None:
    """Return the occurrence under way at `now`, else the next to come, else None."""
    moment = now.astimezone(UTC)
    return next((found for found in _expand(recurrence) if found.ends > moment), None)


def occurrences(
    recurrence: Recurrence, since: datetime, until: datetime, limit: int = MAX_OCCURRENCES
) -> list[Occurrence]:
    """Return at most `limit` occurrences that touch the stretch from `since` to before `until`."""
    first, last = since.astimezone(UTC), until.astimezone(UTC)
    touching = (
        found for found in _expand(recurrence) if found.ends > first and found.starts < last
    )
    return list(islice(touching, limit))


def check(recurrence: Recurrence) -> None:
    """Raise RecurrenceError if the recurrence is refused."""
    _all(recurrence)


def _expand(recurrence: Recurrence) -> Iterator[Occurrence]:
    for found in _all(recurrence):
        if found.starts.date() not in recurrence.exceptions:
            yield found


@lru_cache(maxsize=256)
def _all(recurrence: Recurrence) -> tuple[Occurrence, ...]:
    """Return every occurrence, exceptions included; a refused rule raises RecurrenceError."""
    first = Occurrence(local(recurrence.starts), local(recurrence.ends))
    # In UTC: datetimes of one zone compare by the clock alone, which the repeated hour fools.
    if first.ends.astimezone(UTC) <= first.starts:
        raise RecurrenceError(Fault.ENDS_BEFORE_START)
    if not recurrence.rule:
        return (first,)
    wall = first.starts.replace(tzinfo=None)
    length = first.ends.replace(tzinfo=None) - wall
    starts = _walls(recurrence.rule, wall)
    found = tuple(Occurrence(_at(start), _at(start + length)) for start in starts)
    if any(later.starts < earlier.ends for earlier, later in pairwise(found)):
        raise RecurrenceError(Fault.OVERLAP)
    return found


def _walls(rule: str, first: datetime) -> list[datetime]:
    """Return the wall times of a rule; the horizon also stops rules that can never match."""
    parts = _parse(rule)
    if first.year + MAX_YEARS >= date.max.year:
        raise RecurrenceError(Fault.TOO_LONG)
    horizon = first + timedelta(days=366 * MAX_YEARS)
    until = _until(parts.pop("UNTIL", None)) or horizon
    count = int(parts.pop("COUNT", 0))
    if until > horizon or count > MAX_OCCURRENCES:
        raise RecurrenceError(Fault.TOO_LONG)
    pattern = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        walls = rrulestr(f"{pattern};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=first)
        found = list(islice(walls, count or MAX_OCCURRENCES + 1))
    except (ValueError, IndexError) as error:
        raise RecurrenceError(Fault.NOT_A_RULE) from error
    if not found or found[0] != first:
        raise RecurrenceError(Fault.START_OFF_RULE)
    if len(found) < count or len(found) > MAX_OCCURRENCES:
        raise RecurrenceError(Fault.TOO_LONG)
    return found


def _parse(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.strip().rstrip(";").upper().split(";"):
        name, _, value = part.partition("=")
        if name == "FREQ" and value in {"HOURLY", "MINUTELY", "SECONDLY"}:
            raise RecurrenceError(Fault.TOO_DENSE)
        if name in parts or not re.fullmatch(_PARTS.get(name, r"(?!)"), value):
            raise RecurrenceError(Fault.NOT_A_RULE)
        parts[name] = value
    if "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise RecurrenceError(Fault.NOT_A_RULE)
    if parts.keys().isdisjoint({"COUNT", "UNTIL"}):
        raise RecurrenceError(Fault.ENDLESS)
    return parts


def _until(text: str | None) -> datetime | None:
    """Return the last wall time allowed; a bare date means all of that day."""
    if text is None:
        return None
    try:
        day = datetime.strptime(text[:8], "%Y%m%d")
        if len(text) == 8:
            return datetime.combine(day, time.max)
        moment = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")
    except ValueError as error:
        raise RecurrenceError(Fault.NOT_A_RULE) from error
    return local(moment.replace(tzinfo=UTC)).replace(tzinfo=None) if text.endswith("Z") else moment


def _at(wall: datetime) -> datetime:
    """Return a wall time as a moment; one in the missing hour moves on by that hour."""
    return local(wall.replace(tzinfo=HELSINKI).astimezone(UTC))
