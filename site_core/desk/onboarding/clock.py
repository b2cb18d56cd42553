"""What happens to applications because time passes."""

from datetime import datetime, timedelta

from site_core.worker.loops import loop

from .actions import purge


@loop("applications", every=timedelta(hours=1))
def purge_applications(now: datetime) -> int:
    return purge(now)
