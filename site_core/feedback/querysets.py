"""Questions asked of feedback."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Q

from .deadline import soon_until

ADDRESS_KEPT = timedelta(days=30)
"""How long after its answer a feedback keeps the sender's address."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits for an answer; what is overdue or due soon is counted in `waiting` too."""

    waiting: int
    soon: int
    overdue: int


class FeedbackQuerySet(models.QuerySet):
    """Feedback, narrowed by what is still to do about it."""

    def waiting(self) -> Self:
        """What nobody has answered or closed, the most urgent first."""
        return self.filter(state=self.model.State.OPEN).order_by("due_at", "pk")

    def overdue(self, now: datetime) -> Self:
        """What should have been answered by now."""
        return self.waiting().filter(due_at__lt=now)

    def tally(self, now: datetime) -> Tally:
        """Count what waits: one query."""
        return Tally(
            **self.waiting().aggregate(
                waiting=Count("pk"),
                soon=Count("pk", filter=Q(due_at__gte=now, due_at__lte=soon_until(now))),
                overdue=Count("pk", filter=Q(due_at__lt=now)),
            )
        )

    def with_address_to_erase(self, now: datetime) -> Self:
        """What was settled so long ago that the sender's address has served."""
        return self.filter(settled_at__lt=now - ADDRESS_KEPT).exclude(email="")
