"""What sign-ups do because time passes."""

from datetime import datetime, timedelta

from site_core.worker.loops import loop
from training.signups.actions import sweep


@loop("sign-ups", every=timedelta(minutes=1))
def sweep_signups(now: datetime) -> int:
    """Free what was not confirmed in time, for whoever waits first."""
    return sweep(now)
