"""What the outbox tells `manage.py check_worker`."""

from datetime import timedelta

from django.utils import timezone

from site_core.worker.health import health_check

from .models import Message

SLOW = timedelta(minutes=30)
"""How long a mail may wait before somebody should look."""


@health_check
def mail_goes_out() -> list[str]:
    """Nothing is given up, and nothing waits for long that has not failed by itself."""
    dead = Message.objects.dead().count()
    waiting = Message.objects.filter(
        state__in=(Message.State.QUEUED, Message.State.SENDING),
        created_at__lt=timezone.now() - SLOW,
    ).count()
    return [
        *([f"{dead} mails could not be delivered; see the admin."] if dead else []),
        *([f"{waiting} mails have waited for more than half an hour."] if waiting else []),
    ]
