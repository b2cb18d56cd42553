"""Who gets a seat, when a hold is over, and how many seats a pool should have.

Pure: no models, no Django. Whatever is decided about seats is decided here and only carried out
elsewhere, under the locks that make the numbers true.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FORM_HOLD: Final = timedelta(minutes=10)
"""How long seats are held for a form that is being filled in."""
CONFIRM_WITHIN: Final = timedelta(minutes=30)
"""How long a seat waits for its contact's address to be confirmed."""
QUEUE_CONFIRM_WITHIN: Final = timedelta(hours=24)
"""The same for whoever waits, or was promoted while the address was not confirmed."""


def has_lapsed(until: datetime | None, now: datetime) -> bool:
    """Whether a hold or a deadline is over. The moment itself counts: no worker need have run."""
    return until is not None and until <= now


def is_open(opens: datetime | None, closes: datetime | None, now: datetime) -> bool:
    """Whether one can sign up now; a bound that is not set does not bind."""
    return (opens is None or opens <= now) and (closes is None or now < closes)


def served(idle: int, sizes: Iterable[int]) -> int:
    """How many entries at the head of a queue get their seats out of `idle` ones.

    An entry gets all its seats or none, and nobody is served past one who is not.
    """
    count = 0
    for size in sizes:
        if size > idle:
            break
        idle -= size
        count += 1
    return count


def is_stranded(idle: int, first: int | None) -> bool:
    """Whether seats lie idle that the first entry of the queue, of that size, could have."""
    return first is not None and idle >= first


def over_by(live: int, capacity: int | None) -> int:
    """How many seats are in use above the capacity, which was lowered below them."""
    return 0 if capacity is None else max(0, live - capacity)


@dataclass(frozen=True, slots=True)
class PoolSeats:
    """One pool's seats: all in use or to be had (`live`), those nobody has (`idle`), and `places`,
    how many there should be."""

    key: int
    live: int
    idle: int
    places: int


def corrections(pools: Iterable[PoolSeats], capacity: int) -> Mapping[int, int]:
    """How many seats each pool gains (or loses, below zero) for all to be as they should.

    Only idle seats are taken away. All pools together never grow beyond the capacity: while one
    pool has more than its places, because people sit on them, another one waits for its own.
    """
    pools = list(pools)
    change = {pool.key: -min(pool.idle, max(0, pool.live - pool.places)) for pool in pools}
    excess = sum(pool.live + change[pool.key] for pool in pools) - capacity
    for pool in pools:
        taken = min(pool.idle + change[pool.key], max(0, excess))
        change[pool.key] -= taken
        excess -= taken
    for pool in pools:
        given = max(0, min(pool.places - pool.live - change[pool.key], -excess))
        change[pool.key] += given
        excess += given
    return {key: number for key, number in change.items() if number}


def places_of(capacity: int | None, reserved: Mapping[str, int]) -> dict[str, int | None]:
    """The places of each pool: those reserved by role, and the rest under "" for everyone.

    Without a capacity every pool is unlimited. Raises ValueError where more is reserved than
    there is.
    """
    roles = {role: places for role, places in reserved.items() if role and places > 0}
    if capacity is None:
        return {"": None, **dict.fromkeys(roles)}
    rest = capacity - sum(roles.values())
    if rest < 0:
        raise ValueError("More places are reserved than there are.")
    return {"": rest, **roles}


class Why(enum.Enum):
    """Why somebody who waits has no seat yet."""

    DUE = "due"
    """She stands first, and her seats are there: she gets them within a minute."""
    FULL = "full"
    """No seat is idle."""
    TOO_FEW = "too few"
    """She stands first, and needs more seats than are idle."""
    BEHIND_A_GROUP = "behind a group"
    """Seats are idle, and kept for a group that stands first and needs more of them."""


def why_waiting(place: int, *, first: int, idle: int) -> Why:
    """Why the entry at a place of a queue, from 1, has no seats; `first` is the first one's size.

    Seats that the first one could have are hers, whoever asks.
    """
    if idle <= 0:
        return Why.FULL
    if idle < first:
        return Why.TOO_FEW if place == 1 else Why.BEHIND_A_GROUP
    return Why.DUE if place == 1 else Why.FULL
