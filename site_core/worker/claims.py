"""Whose turn a loop is. Each claim is one conditional UPDATE, so of any number of workers one wins.

Times are the database's (`Now()`), not those of the machines, whose clocks may differ. A claim ends
by itself after `LEASE` unless its worker renews it: what a killed one held is free a minute later.
"""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Now

from .loops import LOOPS, Loop, wanted
from .models import Heartbeat, LoopState

LEASE = timedelta(seconds=60)
BEAT = timedelta(seconds=10)
"""How often a worker says that it lives and renews what it holds."""
ALIVE = timedelta(seconds=60)
"""How long after its last beat a worker counts as alive."""
LONGEST_BACKOFF = timedelta(minutes=5)
ERROR_LENGTH = 300


def prepare() -> None:
    """Make a row for each loop that has none: due at once."""
    known = set(LoopState.objects.values_list("name", flat=True))
    LoopState.objects.bulk_create(
        [LoopState(name=name, due_at=Now()) for name in LOOPS if name not in known],
        ignore_conflicts=True,
    )


def due() -> list[Loop]:
    """The loops that are due and that nobody has, the longest waiting first: one query."""
    loops = wanted()
    free = LoopState.objects.filter(_free(), due_at__lte=Now(), name__in=loops)
    return [loops[name] for name in free.order_by("due_at", "name").values_list("name", flat=True)]


def claim(name: str, worker: str, *, lease: timedelta = LEASE, even_early: bool = False) -> bool:
    """Take a loop that is due, or with `even_early` any that nobody has; False where it is not."""
    state = LoopState.objects.filter(_free(), name=name)
    if not even_early:
        state = state.filter(due_at__lte=Now())
    return bool(state.update(claimed_by=worker, claimed_at=Now(), claimed_until=Now() + lease))


def renew(worker: str) -> None:
    """Say that a worker lives, and keep what it holds."""
    Heartbeat.objects.filter(worker=worker).update(seen_at=Now())
    LoopState.objects.filter(claimed_by=worker, claimed_until__isnull=False).update(
        claimed_until=Now() + LEASE
    )


def finish(loop: Loop, worker: str, done: int) -> None:
    """Give a loop back after a tick that went well."""
    _held(loop, worker).update(
        **FREE,
        due_at=Now() + loop.every,
        last_ran_at=Now(),
        last_done=done,
        failures=0,
        last_error="",
    )


def fail(loop: Loop, worker: str, error: BaseException) -> timedelta:
    """Give a loop back after a tick that failed: each failure doubles the wait. Returns it."""
    held = _held(loop, worker)
    failures = held.values_list("failures", flat=True).first() or 0
    longest = loop.patience or max(LONGEST_BACKOFF, loop.every)
    wait = min(loop.every * 2 ** min(failures + 1, 20), longest)
    held.update(
        **FREE,
        due_at=Now() + wait,
        last_ran_at=Now(),
        failures=F("failures") + 1,
        last_error=f"{type(error).__name__}: {error}"[:ERROR_LENGTH],
    )
    return wait


def release(worker: str) -> None:
    """Give back whatever a worker holds."""
    LoopState.objects.filter(claimed_by=worker).update(**FREE)


FREE = {"claimed_by": "", "claimed_at": None, "claimed_until": None}


def _free() -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lte=Now())


def _held(loop: Loop, worker: str):
    return LoopState.objects.filter(name=loop.name, claimed_by=worker)
