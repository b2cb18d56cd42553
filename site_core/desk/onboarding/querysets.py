"""Questions asked of applications, and how long each keeps what it knows of a person."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

UNCONFIRMED_KEPT = timedelta(days=14)
"""An application whose address nobody confirmed is deleted after this."""
UNANSWERED_KEPT = timedelta(days=90)
"""One that never got the answer we asked for is deleted after this."""
PERSON_KEPT = timedelta(days=90)
"""How long a decided application keeps who applied and what was written about it."""


class ApplicationQuerySet(models.QuerySet):
    """Applications, narrowed by what is still to do about them."""

    def waiting(self) -> Self:
        """Those whose turn is a moderator's, the oldest first."""
        return self.filter(state=self.model.State.WAITING).order_by("confirmed_at", "pk")

    def asked(self) -> Self:
        """Those that wait for the applicant, the oldest question first."""
        return self.filter(state=self.model.State.ASKED).order_by("asked_at", "pk")

    def settled(self) -> Self:
        """Approved and rejected ones, the latest first."""
        return self.filter(state__in=self.model.SETTLED).order_by("-settled_at", "-pk")

    def confirmed(self) -> Self:
        """All that a moderator may see: nobody has vouched for the others' addresses."""
        return self.exclude(state=self.model.State.UNCONFIRMED)

    def of_sender(self, email: str, name: str) -> Self:
        """What the same address has sent about an organisation of the same name, newest first."""
        return self.filter(email__iexact=email, name__iexact=name).order_by("-pk")

    def to_delete(self, now: datetime) -> Self:
        """Unconfirmed and unanswered ones whose time is over."""
        states = self.model.State
        unconfirmed = Q(state=states.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_KEPT)
        unanswered = Q(state=states.ASKED, asked_at__lt=now - UNANSWERED_KEPT)
        return self.filter(unconfirmed | unanswered)

    def with_person_to_erase(self, now: datetime) -> Self:
        """Decided ones that still hold personal data and need them no more."""
        return self.filter(state__in=self.model.SETTLED, settled_at__lt=now - PERSON_KEPT).exclude(
            email=""
        )
