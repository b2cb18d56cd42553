"""How groups stand at this moment, for whoever runs them: people in, seats left, queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from training.courses import Offering
from training.signups.arithmetic import over_by
from training.signups.models import Seat, SignUp

State, Status = Seat.State, SignUp.Status


@dataclass(frozen=True, slots=True)
class Standing:
    """People and seats of one group.

    `taken` are confirmed, `held` wait for a mail to be answered or for a form to be sent, `waiting`
    are the people in the queue. `free` are seats for anybody, `kept` those that the queue's first
    group is too large for; both are None without a limit.
    """

    capacity: int | None = None
    taken: int = 0
    held: int = 0
    waiting: int = 0
    free: int | None = None
    kept: int | None = None
    over_by: int = 0

    @property
    def people(self) -> int:
        """All who are in or may be."""
        return self.taken + self.held + self.waiting


def standings(offerings: Iterable[Offering], now: datetime) -> dict[int, Standing]:
    """By key of the group: two queries, however many there are. Lapsed holds count as free."""
    offerings = list(offerings)
    people = {
        row.pop("offering"): row
        for row in SignUp.objects.live()
        .filter(offering__in=offerings)
        .order_by()
        .values("offering")
        .annotate(
            taken=Sum("size", filter=Q(status=Status.CONFIRMED), default=0),
            held=Sum("size", filter=Q(status=Status.UNCONFIRMED), default=0),
            waiting=Sum("size", filter=Q(status=Status.WAITING), default=0),
        )
    }
    in_form = Q(state=State.HELD, signup=None)
    seats = {
        row.pop("pool__offering"): row
        for row in Seat.objects.live()
        .filter(pool__offering__in=offerings)
        .order_by()
        .values("pool__offering")
        .annotate(
            live=Count("pk"),
            free=Count("pk", filter=Q(state=State.FREE) | (in_form & Q(held_until__lte=now))),
            kept=Count("pk", filter=Q(state=State.KEPT)),
            in_forms=Count("pk", filter=in_form & Q(held_until__gt=now)),
        )
    }
    return {
        offering.pk: _standing(offering, people.get(offering.pk, {}), seats.get(offering.pk))
        for offering in offerings
    }


def _standing(offering: Offering, people: dict[str, int], seats: dict[str, int] | None) -> Standing:
    capacity = offering.capacity
    if capacity is None:
        return Standing(**people)
    if seats is None:  # nobody has come yet, so there are no rows
        return Standing(capacity, **people, free=capacity, kept=0)
    return Standing(
        capacity=capacity,
        taken=people.get("taken", 0),
        held=people.get("held", 0) + seats["in_forms"],
        waiting=people.get("waiting", 0),
        free=seats["free"],
        kept=seats["kept"],
        over_by=over_by(seats["live"], capacity),
    )
