"""What feedback does because time passes."""

from datetime import datetime, timedelta

from site_core.throttle.actions import purge
from site_core.worker.loops import loop

from .actions import erase_addresses


@loop("feedback addresses", every=timedelta(hours=1))
def erase_old_addresses(now: datetime) -> int:
    return erase_addresses(now)


@loop("attempts", every=timedelta(minutes=10))
def purge_attempts(now: datetime) -> int:
    return purge(now)
