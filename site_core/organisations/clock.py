"""What organisations do because time passes."""

from datetime import datetime, timedelta

from site_core.organisations.invitations import erase_addresses
from site_core.worker.loops import loop


@loop("invitation addresses", every=timedelta(hours=1))
def erase_invitation_addresses(now: datetime) -> int:
    return erase_addresses(now)
