"""When a participant is reminded of a session.

Pure: no models, no Django. A reminder has a time from which and a time until which it is sent:
whoever was not reminded then, because no worker ran, is not told of "tomorrow" the day after.
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

AHEAD: Final = timedelta(days=7)
"""How long before a session its first reminder may be sent."""


class Reminder(enum.Enum):
    """What is told: that the course begins in a week, that a session is near, that one can join."""

    WEEK = "week"
    DAY = "day"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when, before the start. `always`: also to those who heard of the session
    since the window opened, as it tells more than the time."""

    opens: timedelta
    closes: timedelta
    always: bool = False


WINDOWS: Final = {
    Reminder.WEEK: Window(AHEAD, timedelta(days=6)),
    Reminder.DAY: Window(timedelta(days=1), timedelta(hours=12)),
    Reminder.JOIN: Window(timedelta(hours=1), timedelta(0), always=True),
}


def window_of(kind: Reminder, *, link_shown_before: timedelta | None) -> Window | None:
    """The window of a kind. That of joining opens when the page shows the link, an hour before at
    the earliest; None where there is no link to be shown."""
    window = WINDOWS[kind]
    if kind is not Reminder.JOIN:
        return window
    if link_shown_before is None:
        return None
    return Window(min(window.opens, link_shown_before), window.closes, window.always)


def due(
    starts_at: datetime,
    now: datetime,
    *,
    is_first: bool,
    link_shown_before: timedelta | None = None,
) -> list[Reminder]:
    """What is to be sent now about a session; `is_first` where it is the first one of its group."""
    found = []
    for kind in Reminder:
        window = window_of(kind, link_shown_before=link_shown_before)
        if window is None or (kind is Reminder.WEEK and not is_first):
            continue
        if starts_at - window.opens <= now < starts_at - window.closes:
            found.append(kind)
    return found


def is_news(kind: Reminder, starts_at: datetime, heard_at: datetime) -> bool:
    """Whether somebody who last heard of the session at that moment needs the reminder."""
    window = WINDOWS[kind]
    return window.always or heard_at <= starts_at - window.opens
