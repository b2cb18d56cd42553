"""Questions asked of mail."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

KEPT = timedelta(days=30)
"""How long a sent mail is kept."""
DEAD_KEPT = timedelta(days=90)
"""How long a mail that was given up waits for an operator."""


class MessageQuerySet(models.QuerySet):
    """Mail, narrowed by what is to do about it."""

    def due(self, now: datetime) -> Self:
        """What is to be sent now: its time has come, or whoever was sending it is gone."""
        sending = Q(state=self.model.State.SENDING, lease_until__lte=now)
        waiting = Q(state__in=self.model.WAITING, next_try_at__lte=now)
        return self.filter(waiting | sending).order_by("next_try_at", "pk")

    def dead(self) -> Self:
        """What was given up: an operator decides."""
        return self.filter(state=self.model.State.DEAD)

    def over_for_long(self, now: datetime) -> Self:
        """What was sent or given up so long ago that nobody asks for it any more."""
        sent = Q(state=self.model.State.SENT, over_at__lt=now - KEPT)
        return self.filter(sent | Q(state=self.model.State.DEAD, over_at__lt=now - DEAD_KEPT))
