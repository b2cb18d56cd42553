"""Many people at once, each with a database connection of her own, and what spoils their day."""

import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

from django.db import connection

from site_core.outbox import actions as outbox
from training.signups import actions, by_hand, portable, postgres

THREADS = 32


class Gone(Exception):  # noqa: N818 - what happened to a person
    """Her connection is gone before the commit; all she did is rolled back."""


class Chance:
    """A seeded source of chance that threads share."""

    def __init__(self, seed: int) -> None:
        self.random, self.lock = random.Random(seed), Lock()

    def happens(self, share: float) -> bool:
        with self.lock:
            return self.random.random() < share

    def between(self, low: float, high: float) -> float:
        with self.lock:
            return self.random.uniform(low, high)


def crowd(deeds: Iterable[Callable[[], Any]], threads: int = THREADS) -> list[Any]:
    """Do all deeds, so many at a time, in their order; what each gave back or raised."""
    waiting = deque(enumerate(deeds))
    answers: dict[int, Any] = {}

    def work() -> None:
        while True:
            try:
                place, deed = waiting.popleft()
            except IndexError:
                break
            try:
                answers[place] = deed()
            except Exception as fault:
                answers[place] = fault
        connection.close()

    workers = [Thread(target=work, daemon=True) for _number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert not worker.is_alive(), "somebody waits for ever"
    return [answers[place] for place in sorted(answers)]


def spoiled(function: Callable[..., Any], chance: Chance, gone: float, window: float) -> Any:
    """The function, after which one lingers for a while and now and then is gone."""

    def call(*args: Any, **kwargs: Any) -> Any:
        answer = function(*args, **kwargs)
        time.sleep(chance.between(0, window))
        if chance.happens(gone):
            raise Gone
        return answer

    return call


@contextmanager
def spoiling(patch, chance: Chance, *, gone: float = 0.15, window: float = 0.02):
    """Spoil what is written about sign-ups, between the writing and the commit.

    Mails are not rendered, so that people come faster.
    """
    with patch.context() as inside:
        inside.setattr(outbox, "_render", lambda *_: dict.fromkeys(("subject", "text", "html"), ""))
        for module, name in (
            (postgres, "seat"),
            (postgres, "queue"),
            (portable, "seat"),
            (portable, "queue"),
            (actions, "settle"),
            (by_hand, "settle"),
        ):
            inside.setattr(module, name, spoiled(getattr(module, name), chance, gone, window))
        yield


def kill_one() -> bool:
    """End the connection of somebody who is in the midst of a transaction."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state <> 'idle' ORDER BY random() LIMIT 1"
        )
        return cursor.fetchone() is not None


def deadlocks() -> int:
    """How many deadlocks the server has ended in this database, all of them tried again."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]
