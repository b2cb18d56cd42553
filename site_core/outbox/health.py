"""What the outbox tells `manage.py check_worker`."""

from datetime import timedelta

from django.utils import timezone

from site_core.worker.health import health_check

from .models import Message

SLOW = timedelta(minutes=30)
"""How long after its time a mail may wait before somebody should look."""


@health_check
def mail_goes_out() -> list[str]:
    """Nothing is given up, and nothing that is due waits for long."""
    dead = Message.objects.dead().count()
    overdue = timezone.now() - SLOW
    waiting = Message.objects.filter(state__in=Message.OPEN, next_try_at__lt=overdue).count()
    return [
        *([f"{dead} mails could not be delivered; see the admin."] if dead else []),
        *([f"{waiting} mails have waited for more than half an hour."] if waiting else []),
    ]
