"""What the worker does again and again: one registry, filled by the apps at start-up.

A tick takes the time, does its work in transactions of its own and returns how much there was. It
takes seconds, not minutes: what is left waits for the next one. Long ticks ask `stopping.asked()`
between two items.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

logger = logging.getLogger(__name__)

Tick = Callable[[datetime], int]


class AwayError(Exception):
    """What a tick needs does not answer: told in one line of the log, and tried again later."""


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Loop:
    """A tick with its name and the time from the end of one tick to the next.

    patience: the longest pause after failures; None for what is usual (`claims`).
    when: whether there is anything to do in this installation.
    """

    name: str
    every: timedelta
    tick: Tick
    patience: timedelta | None = None
    when: Callable[[], bool] = always


@dataclass(slots=True)
class Round:
    """What one round of all loops did, and the names of those that failed or were busy."""

    done: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


LOOPS: dict[str, Loop] = {}


def loop(
    name: str,
    *,
    every: timedelta,
    patience: timedelta | None = None,
    when: Callable[[], bool] = always,
) -> Callable[[Tick], Tick]:
    """Decorator that registers a tick; a name used twice is a programming error."""

    def register(tick: Tick) -> Tick:
        if name in LOOPS:
            raise ImproperlyConfigured(f"The loop {name!r} is registered already.")
        LOOPS[name] = Loop(name, every, tick, patience, when)
        return tick

    return register


def wanted() -> dict[str, Loop]:
    """The loops that this installation has use for, by name."""
    return {name: each for name, each in LOOPS.items() if each.when()}


def run_all(now: datetime | None = None) -> Round:
    """Run every loop once, without claims: for tests. What fails is logged and stops no other."""
    now = now or timezone.now()
    round_ = Round()
    for each in wanted().values():
        try:
            round_.done[each.name] = each.tick(now)
        except Exception:
            logger.exception("The loop %s failed", each.name)
            round_.failed.append(each.name)
    return round_
