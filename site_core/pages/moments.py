"""When what a page shows of an entry changes next, by the clock alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from site_core.dates import local
from site_core.pages.hours import hours_state
from site_core.pages.recurrence import Recurrence, next_occurrence


def next_change(entry: Any, now: datetime) -> datetime | None:
    """The first moment after `now` at which the entry's page would read differently.

    An opening or closing, also of a course's enrolment, the start or end of the next time, the day
    ("today" is marked), or the entry's own end.
    """
    return min((moment for moment in _moments(entry, now) if moment > now), default=None)


def next_start(entry: Any, now: datetime) -> datetime | None:
    """When it happens next: for a recurring activity worked out now, else the stored start."""
    times = entry.facts.get("occurrences") or []
    found = [start for time in times if (start := _start_of(time, now))]
    return min(found, default=entry.starts_at)


def _moments(entry: Any, now: datetime) -> Iterator[datetime]:
    yield (local(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    if entry.visible_until:
        yield entry.visible_until
    for channel in entry.channels:
        if channel.get("hours"):
            state = hours_state(channel["hours"], now)
            yield from filter(None, (state.until, state.opens))
    for time in entry.facts.get("occurrences") or []:
        found = next_occurrence(_recurrence(time), now)
        if found:
            yield from (found.starts, found.ends)
    enrolment = entry.facts.get("enrolment") or {}
    for bound in filter(None, (enrolment.get("opens"), enrolment.get("closes"))):
        yield datetime.fromisoformat(bound)
    for moment in (entry.starts_at, entry.ends_at):
        if moment:
            yield moment


def _start_of(time: dict[str, Any], now: datetime) -> datetime | None:
    found = next_occurrence(_recurrence(time), now)
    return found.starts if found else None


def _recurrence(time: dict[str, Any]) -> Recurrence:
    return Recurrence(
        datetime.fromisoformat(time["start"]),
        datetime.fromisoformat(time["end"]),
        time.get("rule") or "",
    )
