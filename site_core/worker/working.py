"""One worker process: it looks for loops that are due, claims one, ticks, and looks again."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models.functions import Now
from django.utils import timezone

from . import claims, identity, stopping
from .loops import AwayError, Loop, Round, wanted
from .models import Heartbeat

logger = logging.getLogger(__name__)

IDLE = 0.25
"""Seconds between looks when nothing is due; one look is one query."""
RECONNECT = (1, 2, 5, 10, 30)
"""Seconds between tries while the database is away; the last one again and again."""
FORGOTTEN = timedelta(days=1)
ONCE_LEASE = timedelta(minutes=15)
"""How long `--once`, which renews nothing, may hold a loop."""


class Worker:
    """Runs loops until asked to stop; any number of workers may share a database."""

    def __init__(self) -> None:
        self.name = identity.name()
        self.prepared = False
        self.lost = 0

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, and end after the current item."""
        logger.info("The worker %s begins", self.name)
        pulse = Pulse(self.name)
        pulse.start()
        try:
            while not stopping.asked():
                self.look()
        finally:
            pulse.stop()
            self._leave()
        logger.info("The worker %s ends", self.name)

    def run_once(self) -> Round:
        """Run every loop once, due or not, save those another worker is just at."""
        claims.prepare()
        round_ = Round()
        for loop in wanted().values():
            if not claims.claim(loop.name, self.name, lease=ONCE_LEASE, even_early=True):
                round_.busy.append(loop.name)
                continue
            done = self._tick(loop)
            if done is None:
                round_.failed.append(loop.name)
            else:
                round_.done[loop.name] = done
        return round_

    def look(self) -> None:
        """Run what is due, then wait; where the database is away, wait longer and go on."""
        try:
            close_old_connections()
            if not self.prepared:
                self._enter()
            due = claims.due()
            for loop in due:
                if stopping.asked():
                    return
                if claims.claim(loop.name, self.name):
                    self._tick(loop)
            self.lost = 0
        except (DatabaseError, InterfaceError):
            self._lose()
            return
        stopping.wait(IDLE)

    def _tick(self, loop: Loop) -> int | None:
        """Run a claimed loop and give it back; None where it failed."""
        try:
            done = loop.tick(timezone.now())
        except Exception as error:
            if isinstance(error, AwayError):
                logger.warning("The loop %s has to wait: %s", loop.name, error)
            else:
                logger.exception("The loop %s failed", loop.name)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            claims.fail(loop, self.name, error)
            return None
        claims.finish(loop, self.name, done)
        return done

    def _enter(self) -> None:
        claims.prepare()
        Heartbeat.objects.filter(seen_at__lt=Now() - FORGOTTEN).delete()
        Heartbeat.objects.update_or_create(
            worker=self.name,
            defaults={
                "host": socket.gethostname()[:64],
                "pid": os.getpid(),
                "started_at": Now(),
                "seen_at": Now(),
            },
        )
        claims.release(self.name)
        self.prepared = True

    def _lose(self) -> None:
        pause = RECONNECT[min(self.lost, len(RECONNECT) - 1)]
        logger.exception("The database is away; the next try is in %s s", pause)
        self.lost += 1
        self.prepared = False
        connection.close()
        stopping.wait(pause)

    def _leave(self) -> None:
        try:
            claims.release(self.name)
            Heartbeat.objects.filter(worker=self.name).delete()
        except (DatabaseError, InterfaceError):
            logger.exception("The worker could not sign off")
        connection.close()


@contextmanager
def by_hand(name: str) -> Iterator[bool]:
    """Do the work of a loop outside the worker; gives False where a worker is just at it."""
    worker = identity.name()
    claims.prepare()
    if not claims.claim(name, worker, even_early=True):
        yield False
        return
    pulse = Pulse(worker)
    pulse.start()
    try:
        yield True
    finally:
        pulse.stop()
        claims.release(worker)


class Pulse(threading.Thread):
    """Says every few seconds that the worker lives, and renews its claim while it ticks."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="pulse", daemon=True)
        self.worker = worker
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(claims.BEAT.total_seconds()):
            try:
                close_old_connections()
                claims.renew(self.worker)
            except (DatabaseError, InterfaceError):
                logger.warning("The worker could not renew its claims", exc_info=True)
                connection.close()
        connection.close()

    def stop(self) -> None:
        """End, and wait for the connection to close."""
        self.over.set()
        self.join(timeout=claims.BEAT.total_seconds())
