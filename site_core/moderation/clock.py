"""What has to be done because time passes: one registry for the command and for the worker.

The layers above register their steps at start-up. A step takes the time, does its work in
transactions of its own and returns how much there was; a step that fails stops no other.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from .actions import publish_due

logger = logging.getLogger(__name__)

Step = Callable[[datetime], int]

STEPS: dict[str, Step] = {}


def clock_step(name: str) -> Callable[[Step], Step]:
    """Decorator that registers a step; a name used twice is a programming error."""

    def register(step: Step) -> Step:
        if name in STEPS:
            raise ImproperlyConfigured(f"The clock step {name!r} is registered already.")
        STEPS[name] = step
        return step

    return register


def run_clock(*, now: datetime | None = None) -> dict[str, int]:
    """Publish and expire what is due, then run every step.

    Returns how much each did under its name, with `failed` counting what failed and was logged.
    """
    now = now or timezone.now()
    done = publish_due(now=now)
    for name, step in STEPS.items():
        try:
            done[name] = step(now)
        except Exception:
            logger.exception("The clock step %s failed", name)
            done["failed"] += 1
    return done
