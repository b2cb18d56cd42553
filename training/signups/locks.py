"""Locks on an offering, and patience with them.

Joiners share the offering's lock, whoever frees, promotes or changes capacity has it alone. It is
an advisory lock of PostgreSQL that ends with the transaction; on SQLite every transaction begins
with BEGIN IMMEDIATE, so one is alone anyway.

Whoever waits for seats locks them in the order of their keys: PostgreSQL keeps the lock on a row
that somebody else has just taken, so two who go through the seats in different orders deadlock. For
the same reason sign-ups are locked as rows whose key stays (`no_key`), and pools never.
"""

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

from training.signups.errors import Busy

P = ParamSpec("P")
R = TypeVar("R")

NAMESPACE = 0x5EA7
"""Tells these advisory locks from others of the portal."""
LOCK_TIMEOUT = "3s"
TRIES = 3
PAUSE_SECONDS = 0.05
PASSING = {"55P03", "40P01", "40001"}
"""SQLSTATE of what passes: a lock not had in time, a deadlock, a failed serialisation."""


class Again(Exception):  # noqa: N818 - a signal
    """What was read is not so any more: the whole deed is done again."""


@contextmanager
def alone(offering_id: int) -> Iterator[None]:
    """A transaction of its own with the offering's lock to itself."""
    with transaction.atomic(durable=True):
        _lock("pg_advisory_xact_lock", offering_id)
        yield


@contextmanager
def joining(offering_id: int) -> Iterator[None]:
    """A transaction of its own that shares the offering's lock with other joiners."""
    with transaction.atomic(durable=True):
        _lock("pg_advisory_xact_lock_shared", offering_id)
        yield


@contextmanager
def brief() -> Iterator[None]:
    """A transaction of its own without the offering's lock, for rows that are its own."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        yield


def patiently(deed: Callable[P, R]) -> Callable[P, R]:
    """Decorator for a deed in transactions of its own: what passes is tried again, twice.

    Then it raises Busy. A connection that broke counts too: a deed knows what is done already.
    """

    @functools.wraps(deed)
    def patient(*args: P.args, **kwargs: P.kwargs) -> R:
        for number in range(1, TRIES + 1):
            try:
                return deed(*args, **kwargs)
            except (OperationalError, InterfaceError, Again) as fault:
                if connection.in_atomic_block or not _passes(fault):
                    raise
                if number == TRIES:
                    raise Busy from fault
                connection.close_if_unusable_or_obsolete()
                time.sleep(random.uniform(0, PAUSE_SECONDS * number))
        raise AssertionError

    return patient


def _passes(fault: Exception) -> bool:
    if isinstance(fault, Again | InterfaceError):
        return True
    if connection.vendor == "sqlite":
        return "locked" in str(fault) or "busy" in str(fault)
    state = getattr(fault.__cause__, "sqlstate", None)
    return state in PASSING or state is None or state[:2] in ("08", "57")


def _lock(function: str, offering_id: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT set_config('lock_timeout', %s, true), {function}(%s, %s)",
                [LOCK_TIMEOUT, NAMESPACE, offering_id % 2**31],
            )
