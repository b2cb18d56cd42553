"""Questions asked of seats and sign-ups."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q, Value, Window
from django.db.models.functions import FirstValue, Lower, RowNumber


class PoolQuerySet(models.QuerySet):
    """Pools, narrowed by whether one may come in."""

    def offered(self) -> Self:
        """Those there are at present: a role for which nothing is reserved any more has none."""
        return self.exclude(~Q(role=""), places=0)

    def with_idle(self, now: datetime) -> Self:
        """With `idle`, how many seats nobody has. A hold that is over counts among them."""
        over = Q(seats__state="held", seats__held_until__lte=now)
        idle = Q(seats__state__in=["free", "kept"]) | over
        return self.annotate(idle=Count("seats", filter=idle))


class SeatQuerySet(models.QuerySet):
    """Seats, narrowed by who may have them."""

    def live(self) -> Self:
        """Seats that count against the capacity."""
        return self.exclude(state=self.model.State.RETIRED)

    def idle(self) -> Self:
        """Seats that nobody has."""
        return self.filter(state__in=self.model.IDLE)

    def takeable(self, hold: str, now: datetime) -> Self:
        """What a newcomer may take: those held for her form first, then free ones, oldest first."""
        free = Q(state=self.model.State.FREE)
        if not hold:
            return self.filter(free).order_by("pk")
        own = Q(state=self.model.State.HELD, hold=hold, held_until__gt=now)
        return self.filter(own | free).order_by("-state", "pk")

    def lapsed(self, now: datetime) -> Self:
        """Held seats whose time is over."""
        return self.filter(state=self.model.State.HELD, held_until__lte=now)


class OfContact(models.QuerySet):
    """Rows with an address."""

    def of_contact(self, email: str) -> Self:
        """Those with an address, however it is written in large and small letters."""
        return self.alias(lower=Lower("email")).filter(lower=Lower(Value(email)))


class NextTimeQuerySet(OfContact):
    """Wishes to hear of the next time."""

    def confirmed(self) -> Self:
        """Those whose address was confirmed: they count, and are told."""
        return self.filter(confirmed_at__isnull=False)


class SignUpQuerySet(OfContact):
    """Sign-ups, narrowed by where they stand."""

    def live(self) -> Self:
        """Those that hold a seat or wait for one."""
        return self.filter(status__in=self.model.LIVE)

    def queue(self) -> Self:
        """Those that wait, the first one first: keys come from a sequence on every database."""
        return self.filter(status=self.model.Status.WAITING).order_by("pk")

    def in_order(self) -> Self:
        """Those that wait, with `place`, theirs in the queue of their pool, and `first`, the size
        of the one who stands first in it."""
        queue = {"partition_by": F("pool"), "order_by": F("pk").asc()}
        return self.queue().annotate(
            place=Window(RowNumber(), **queue), first=Window(FirstValue("size"), **queue)
        )

    def lapsed(self, now: datetime) -> Self:
        """Live ones whose address was not confirmed in time."""
        return self.live().filter(confirm_until__lte=now)
