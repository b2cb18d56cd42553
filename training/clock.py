"""What courses tell and forget because time passes."""

from datetime import datetime, timedelta

from site_core.worker.loops import loop
from training import cancelling, reminding
from training.signups import erasing


@loop("reminders", every=timedelta(minutes=1))
def remind(now: datetime) -> int:
    """Tell participants of what is near, and of a change those who came in while it was made."""
    return reminding.remind(now) + reminding.tell_late(now) + cancelling.end_late(now)


@loop("participants' data", every=timedelta(hours=1))
def erase(now: datetime) -> int:
    """Erase what has served."""
    return sum(erasing.purge(now).values())
