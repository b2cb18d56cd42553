"""What feedback does because time passes."""

from datetime import datetime

from site_core.moderation.clock import clock_step
from site_core.throttle.actions import purge

from .actions import erase_addresses


@clock_step("feedback addresses")
def erase_old_addresses(now: datetime) -> int:
    return erase_addresses(now)


@clock_step("attempts")
def purge_attempts(now: datetime) -> int:
    return purge(now)
