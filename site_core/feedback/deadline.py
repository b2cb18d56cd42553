"""The clock of an answer: fourteen days by Finland's calendar, whatever the clocks do meanwhile.

Act 306/2019 gives a provider 14 days to answer feedback on accessibility; we promise the same for
all feedback. Pure: no models, no Django.
"""

import enum
from datetime import datetime, time, timedelta
from typing import Final

from site_core.dates import HELSINKI, local_day

DAYS: Final = 14
SOON_DAYS: Final = 2


class Urgency(enum.Enum):
    """How an open feedback stands to its deadline."""

    IN_TIME = "in_time"
    SOON = "soon"
    OVERDUE = "overdue"


def due_at(received: datetime) -> datetime:
    """Return the last second of the 14th day after the day it was received in Helsinki."""
    day = local_day(received) + timedelta(days=DAYS)
    return datetime.combine(day, time(23, 59, 59), HELSINKI)


def soon_until(now: datetime) -> datetime:
    """Return the latest deadline that counts as soon: the end of the day after tomorrow."""
    day = local_day(now) + timedelta(days=SOON_DAYS)
    return datetime.combine(day, time(23, 59, 59), HELSINKI)


def urgency(due: datetime, now: datetime) -> Urgency:
    """Say whether a deadline is past, less than three days off, or further."""
    if due < now:
        return Urgency.OVERDUE
    return Urgency.SOON if due <= soon_until(now) else Urgency.IN_TIME
