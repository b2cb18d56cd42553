"""How a pool of seats stands, and how an offering's pools come to have their places."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from training.courses import Offering
from training.signups.arithmetic import places_of
from training.signups.models import Pool, Seat, SignUp

State = Seat.State
SEATS = Seat._meta.db_table


@dataclass(frozen=True, slots=True)
class PoolView:
    """A pool at a glance, without locks: what is likely, before it is made sure."""

    pk: int
    is_limited: bool
    free: int
    has_lapsed: bool


# In SQL because everybody who comes in a rush asks it, and the ORM takes three times as long.
_VIEW = f"""
    SELECT pool.id, pool.places,
        (SELECT count(*) FROM {SEATS} WHERE pool_id = pool.id AND state = 'free'),
        EXISTS (SELECT 1 FROM {SEATS}
            WHERE pool_id = pool.id AND state = 'held' AND held_until <= %(now)s)
    FROM {Pool._meta.db_table} pool
    WHERE offering_id = %(offering)s
        AND (role = '' OR (role = %(role)s AND (places IS NULL OR places > 0)))
    ORDER BY role DESC LIMIT 1
"""


def view_pool(offering: Offering, role: str, now: datetime) -> PoolView | None:
    """The pool of a role, or that of everybody where the role has none.

    None where the offering has no pools yet.
    """
    now = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_VIEW, {"now": now, "offering": offering.pk, "role": role})
        row = cursor.fetchone()
    if row is None:
        return None
    pk, places, free, has_lapsed = row
    return PoolView(pk, places is not None, free, bool(has_lapsed))


def unsettled(now: datetime) -> QuerySet[Offering]:
    """Offerings in which something lapsed, or seats lie idle beside a queue."""
    lapsed_seats = Seat.objects.lapsed(now).filter(pool__offering=OuterRef("pk"))
    lapsed = SignUp.objects.lapsed(now).filter(offering=OuterRef("pk"))
    waiting = SignUp.objects.queue().filter(pool=OuterRef("pool"))
    idle = Seat.objects.idle().filter(Exists(waiting), pool__offering=OuterRef("pk"))
    found = Exists(lapsed_seats) | Exists(lapsed) | Exists(idle)
    return Offering.objects.filter(found).select_related("course").order_by("pk")


def set_places(
    offering: Offering, capacity: int | None, reserved: Mapping[str, int] | None
) -> None:
    """Write how many places each pool should have; the seats follow when it is settled.

    Called under the offering's lock. What is not reserved any more becomes everybody's.
    """
    pools = {pool.role: pool for pool in Pool.objects.filter(offering=offering)}
    if reserved is None:
        reserved = {role: pool.places or 0 for role, pool in pools.items() if role}
    try:
        wanted = places_of(capacity, reserved)
    except ValueError:
        raise ValidationError(gettext("More places are reserved than there are.")) from None
    was_limited = any(pool.places is not None for pool in pools.values())
    gone: list[Pool] = []
    for role in {*pools, *wanted}:
        places = wanted.get(role, None if capacity is None else 0)
        if role not in pools:
            pools[role] = Pool.objects.create(offering=offering, role=role, places=places)
        else:  # by UPDATE: it leaves alone the locks of those who are just signing up for the pool
            Pool.objects.filter(pk=pools[role].pk).update(places=places)
        if role not in wanted:
            gone.append(pools[role])
    SignUp.objects.queue().filter(pool__in=gone).update(pool=pools[""])
    Offering.objects.filter(pk=offering.pk).update(capacity=capacity)
    offering.capacity = capacity
    if capacity is None:
        _take_seats_off(offering)
    elif not was_limited:
        _give_seats_to_the_seated(offering)


def _take_seats_off(offering: Offering) -> None:
    """Without a limit nobody needs a seat row."""
    seats = Seat.objects.filter(pool__offering=offering).order_by("pk")
    locked = list(seats.select_for_update(of=["self"]).values_list("pk", flat=True))
    Seat.objects.filter(pk__in=locked).update(
        state=State.RETIRED, signup=None, hold="", held_until=None
    )


def _give_seats_to_the_seated(offering: Offering) -> None:
    """With a limit for the first time, whoever is in already has her seats."""
    seated = SignUp.objects.filter(offering=offering, status__in=SignUp.SEATED)
    for signup in seated.order_by("pk").select_for_update(no_key=True):
        state = State.HELD if signup.confirm_until else State.TAKEN
        Seat.objects.bulk_create(
            Seat(
                pool_id=signup.pool_id, signup=signup, state=state, held_until=signup.confirm_until
            )
            for _seat in range(signup.size)
        )
