"""What sign-ups do because time passes."""

from datetime import datetime, timedelta

from site_core.worker.loops import loop
from training.signups import next_time
from training.signups.actions import sweep


@loop("sign-ups", every=timedelta(minutes=1))
def sweep_signups(now: datetime) -> int:
    """Free what was not confirmed in time, for whoever waits first."""
    return sweep(now)


@loop("next time", every=timedelta(minutes=10))
def tell_of_next_time(now: datetime) -> int:
    """Tell those who asked of a new group that is open; forget wishes nobody confirmed."""
    return next_time.tell_all(now) + next_time.forget_unconfirmed(now)
