"""Opening hours in words: the state now, and the table of a week, as phrases in one language each.

The arithmetic is in `hours`; here are only words. A sentence holds its weekday in the language the
whole sentence is in, also where it falls back to Finnish for a Sámi reader.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import get_language, gettext, gettext_noop, override

from site_core.dates import EN_DASH, format_days, format_time, local, local_day
from site_core.languages.fallback import Phrase, say
from site_core.pages.hours import WEEKDAYS as WEEKDAY_CODES
from site_core.pages.hours import OpenState, Times, WeekRow, table

# Msgids that Django itself translates; the Sámi catalogues have the full names.
DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

OPENS_LATER: Final = gettext_noop("Opens %(weekday)s %(date)s at %(time)s")
OPEN_UNTIL_LATER: Final = gettext_noop("Open now, until %(weekday)s %(date)s at %(time)s")


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether somebody answers now, and the same in words."""

    open: bool
    words: Phrase


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One line of a table of hours: the day or days, the times, what is special about them.

    `today` tells that today is in it, `single` that it is of one day.
    """

    days: Phrase
    times: tuple[str, ...]
    note: Phrase | None = None
    today: bool = False
    single: bool = True


@dataclass(frozen=True, slots=True)
class HoursView:
    """A table of hours to show: a week, then the days that differ. `always` is round the clock."""

    always: bool
    week: tuple[HoursRow, ...]
    special: tuple[HoursRow, ...]


def openness(state: OpenState, now: datetime) -> Openness:
    """Say until when it is open, or when it opens next."""
    if state.open:
        return Openness(True, _open_words(state.until, now))
    if state.opens is None:
        return Openness(False, say("Closed for now"))
    days = (local_day(state.opens) - local_day(now)).days
    clock = format_time(state.opens)
    if days == 0:
        return Openness(False, say("Opens today at %(time)s", time=clock))
    if days == 1:
        return Openness(False, say("Opens tomorrow at %(time)s", time=clock))
    return Openness(False, say_moment(OPENS_LATER, state.opens))


def hours_view(hours: dict[str, Any], now: datetime) -> HoursView:
    """The whole table for `now`'s day, with the row of today marked."""
    today = local_day(now)
    code = WEEKDAY_CODES[today.weekday()]
    rows = table(hours, today)
    return HoursView(
        always=rows.always,
        week=tuple(_week_row(row, code) for row in rows.week),
        special=tuple(
            HoursRow(
                days=Phrase(format_days(row.first, row.last), None),
                times=spoken_times(row.times),
                note=Phrase(*row.note) if row.note else None,
                today=row.first <= today <= row.last,
                single=row.first == row.last,
            )
            for row in rows.special
        ),
    )


def spoken_times(times: Times) -> tuple[str, ...]:
    """Write each stretch as `9.00–12.00`."""
    return tuple(f"{_clock(start)}{EN_DASH}{_clock(end)}" for start, end in times)


def say_moment(msgid: str, moment: datetime) -> Phrase:
    """Say a sentence with `weekday` (short), `date` (d.m.) and `time` of a moment in Helsinki."""
    at = local(moment)
    values = {"date": f"{at.day}.{at.month}.", "time": format_time(at)}
    language = say(msgid, weekday="", **values).lang or get_language()
    with override(language):
        name = gettext(SHORT_DAY_NAMES[at.weekday()])
    return say(msgid, weekday=name, **values)


def short_date(day: date) -> str:
    """Write a day as d.m., without the year."""
    return f"{day.day}.{day.month}."


def _open_words(until: datetime | None, now: datetime) -> Phrase:
    if until is None:
        return say("Open now, round the clock")
    clock = format_time(until)
    if local_day(until) == local_day(now):
        return say("Open now, until %(time)s", time=clock)
    if clock == "0.00" and (local_day(until) - local_day(now)).days == 1:
        return say("Open now, until midnight")
    return say_moment(OPEN_UNTIL_LATER, until)


def _week_row(row: WeekRow, today: str) -> HoursRow:
    first, last = WEEKDAY_CODES.index(row.first), WEEKDAY_CODES.index(row.last)
    return HoursRow(
        days=_days(first, last),
        times=spoken_times(row.times),
        today=first <= WEEKDAY_CODES.index(today) <= last,
        single=first == last,
    )


def _days(first: int, last: int) -> Phrase:
    names = [say(DAY_NAMES[day]) for day in sorted({first, last})]
    return Phrase(EN_DASH.join(name.text for name in names), names[0].lang)


def _clock(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{int(hour)}.{minute}"
