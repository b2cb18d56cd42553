"""What the worker does with mail."""

from datetime import datetime, timedelta

from site_core.worker.loops import loop

from .delivery import deliver_due
from .models import Message


@loop("outbox", every=timedelta(seconds=1))
def deliver(now: datetime) -> int:
    """Send what is due."""
    return deliver_due(now)


@loop("old mails", every=timedelta(hours=1))
def forget_old(now: datetime) -> int:
    """Delete mails that were sent 30 days ago or given up 90 days ago."""
    return Message.objects.over_for_long(now).delete()[0]
