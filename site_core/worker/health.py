"""Whether what should work does: `manage.py check_worker` asks, apps add their questions."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models.functions import Now

from .claims import ALIVE
from .loops import wanted
from .models import Heartbeat, LoopState

Check = Callable[[], list[str]]

CHECKS: list[Check] = []
HANGING = timedelta(minutes=15)
"""How long a tick may take before somebody should look."""
LATE = timedelta(minutes=5)
"""How long after its time a loop may begin."""


def health_check(check: Check) -> Check:
    """Decorator that registers a question; its answer is one line of English per fault."""
    CHECKS.append(check)
    return check


def find_faults() -> list[str]:
    """All that is wrong, one line each; nothing when all is well."""
    return [fault for check in CHECKS for fault in check()]


@health_check
def somebody_works() -> list[str]:
    """A worker is alive."""
    if Heartbeat.objects.filter(seen_at__gt=Now() - ALIVE).exists():
        return []
    return ["No worker is running."]


@health_check
def loops_run() -> list[str]:
    """No loop fails again and again, hangs, or is left undone."""
    states = LoopState.objects.filter(name__in=wanted()).order_by("name")
    failing = states.filter(failures__gt=0)
    hanging = states.filter(claimed_until__gt=Now(), claimed_at__lt=Now() - HANGING)
    late = states.filter(due_at__lt=Now() - LATE).exclude(claimed_until__gt=Now())
    return [
        *(
            f"The loop {state.name!r} has failed {state.failures} times: {state.last_error}"
            for state in failing
        ),
        *(f"The loop {state.name!r} has been at it since {state.claimed_at}." for state in hanging),
        *(f"The loop {state.name!r} was due at {state.due_at}." for state in late),
    ]
