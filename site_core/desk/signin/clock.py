"""What is forgotten of log-ins when its time is over."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session

from site_core.accounts import records
from site_core.worker.loops import loop


@loop("log-ins", every=timedelta(minutes=10))
def forget(now: datetime) -> int:
    """Delete failed tries that count no more, sessions that ended, and events a year old."""
    tries, _by = AccessAttempt.objects.filter(
        attempt_time__lte=now - settings.AXES_COOLOFF_TIME
    ).delete()
    sessions, _by = Session.objects.filter(expire_date__lt=now).delete()
    return tries + sessions + records.purge(now)
