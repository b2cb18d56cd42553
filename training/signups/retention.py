"""What is kept of whom, and for how long: every column of the training app that holds text,
but for its pages, which are published.

Pure: no models, no Django. A column that is in neither table fails a test, so nobody adds one
without saying what becomes of it. `erasing` does what stands here.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


class Since(enum.Enum):
    """What the days are counted from."""

    COURSE = "the end of the group's last session"
    SESSION = "the end of the session"
    ASKED = "the day it was asked for"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a class of data is kept: days `since` something, None where the row itself says;
    `when_over` days where the sign-up was cancelled or lapsed."""

    since: Since
    days: int | None
    when_over: int = 7


WHO: Final = Keeping(Since.COURSE, 30)
"""Who takes part. Attendance stays, without names."""
NEEDS: Final = Keeping(Since.COURSE, 7)
"""What people need: special categories of data (GDPR, art. 9)."""
ANSWERS: Final = Keeping(Since.COURSE, None)
"""What was answered to a question, which says for how long (`Question.kept`)."""
WISH: Final = Keeping(Since.ASKED, 365)
"""Who wants to hear of the next time."""
JOIN: Final = Keeping(Since.SESSION, 0)
"""Where a session is joined: its participants' alone."""
TOLD: Final = Keeping(Since.COURSE, 30)
"""What the trainer wrote to participants, which may name somebody."""

PERSONAL: Final[Mapping[str, tuple[Keeping, ...]]] = {
    "SignUp.email": (WHO,),
    "Attendee.name": (WHO,),
    "Answer.value": (NEEDS, ANSWERS),
    "NextTime.email": (WISH,),
    "NextTime.language": (WISH,),
    "JoinLink.address": (JOIN,),
    "SessionChange.note": (TOLD,),
}
"""Columns whose value tells of a person or is a person's alone, with how long it stays."""

IMPERSONAL: Final[Mapping[str, str]] = {
    "Attendance.mark": "tells of nobody once the name is gone",
    "Course.audience": "the course's",
    "Course.languages": "the course's",
    "Course.prerequisites": "the course's",
    "Course.price_note": "the course's",
    "Course.recording_policy": "the course's",
    "Course.text_language": "the course's",
    "Course.title": "the course's",
    "Offering.name": "the group's",
    "Pool.role": "the group's",
    "Question.choices": "the course's",
    "Question.kind": "the course's",
    "Question.text": "the course's",
    "Seat.hold": "the hash of a random number",
    "Seat.state": "the seat's",
    "Session.place": "the session's",
    "SessionChange.kind": "the session's",
    "SessionChange.place": "the session's",
    "SignUp.language": "tells of nobody once name and address are gone",
    "SignUp.status": "tells of nobody once name and address are gone",
}
"""Columns that hold no personal data, with why."""

WITHOUT_SESSIONS: Final = timedelta(days=365)
"""After so long without any session a sign-up counts as one whose course is over."""


def erased_before(
    keeping: Keeping, now: datetime, *, days: int | None = None, is_over: bool = False
) -> datetime:
    """What ended before this moment has served. `days` is what the row says where the class does
    not; `is_over` is for sign-ups that were cancelled or lapsed."""
    kept = keeping.when_over if is_over else keeping.days
    if kept is None:
        kept = days
    if kept is None:
        raise ValueError("How long this is kept has to be told.")
    return now - timedelta(days=kept)
