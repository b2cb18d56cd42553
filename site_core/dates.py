"""Dates and times as the portal's readers write them, on the clock of Finland.

Pure: no models, no Django. The five content languages share one numeric style, d.m.yyyy and H.mm,
so none of these needs to know the reader's language.
"""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
EN_DASH: Final = "\N{EN DASH}"


def local(moment: datetime) -> datetime:
    """Return the moment on Helsinki's clock; ValueError if it carries no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"moment needs a time zone: {moment!r}")
    return moment.astimezone(HELSINKI)


def is_shown(moment: datetime) -> bool:
    """Whether the clocks of the moment's own zone ever show it: not in the hour left out in spring.

    ValueError if it carries no zone.
    """
    back = local(moment).astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def local_day(moment: datetime) -> date:
    """Return the day it is in Helsinki at that moment."""
    return local(moment).date()


def format_date(day: date) -> str:
    """Write a day as d.m.yyyy; a datetime is written as its day in Helsinki."""
    if isinstance(day, datetime):
        day = local_day(day)
    return f"{day.day}.{day.month}.{day.year}"


def format_time(moment: datetime | time) -> str:
    """Write a time as H.mm; a datetime is written by Helsinki's clock."""
    if isinstance(moment, datetime):
        moment = local(moment).timetz()
    return f"{moment.hour}.{moment.minute:02}"


def format_days(first: date, last: date) -> str:
    """Write a range of days, both included, naming month and year once where they are equal."""
    if first == last:
        return format_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.{EN_DASH}{format_date(last)}"
    if first.year == last.year:
        return f"{first.day}.{first.month}.{EN_DASH}{format_date(last)}"
    return f"{format_date(first)}{EN_DASH}{format_date(last)}"


def format_span(starts: datetime, ends: datetime) -> str:
    """Write a stretch of time: the day once where it begins and ends on one, else both in full."""
    if local_day(starts) == local_day(ends):
        return f"{format_date(starts)} {format_time(starts)}{EN_DASH}{format_time(ends)}"
    return (
        f"{format_date(starts)} {format_time(starts)} {EN_DASH} "
        f"{format_date(ends)} {format_time(ends)}"
    )
