"""Prints what readers and editors notice while the search engine fails, and how soon it is in step.

python -m tests.benchmarks.search_faults

Starts a search engine of its own (`.ci/search_server.py`) and a worker.
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import logging  # isort: skip
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from django.conf import settings
from django.db import connections

from search.models import Entry
from site_core.worker import stopping
from site_core.worker.working import Worker
from tests.factories.pages import ServicePageFactory, publish
from tests.search.faults.world import FAULTS, RECOVERY, World, stopped
from tests.search.sync.looking import found
from tests.support.elasticsearch import client_of, drop_indices, server
from tests.support.forking import end_of, fork, wait_until

READS = 20
PUBLISHED = 60


def faults(own) -> None:
    tell(f"{'fault':<17}{'first s':>9}{'after, median':>15}{'after, most':>13}{'in step s':>11}")
    for fault in FAULTS:
        world = fresh(own)
        world.begin()
        with fault(world):
            world.seconds.clear()
            for _ in range(READS):
                world.read()
            first, *after = world.seconds
            world.write()
        took = world.recover()
        tell(
            f"{fault.__name__:<17}{first:>9.2f}{median(after):>15.2f}{max(after):>13.2f}{took:>11.1f}"
        )
        forget()


def publishing(own) -> None:
    """How long publishing takes with the engine up and down, and what is published to be found."""
    world = fresh(own)
    world.begin()
    page = ServicePageFactory(title="Kirjastoauto")
    up = [seconds_to_publish(page) for _ in range(READS)]
    with stopped(world):
        down = [seconds_to_publish(page) for _ in range(READS)]
    wait_until(world.in_step, RECOVERY)
    tell(f"\npublishing, median s: engine up {median(up):.3f}, down {median(down):.3f}")
    with worker():
        waits = [seconds_until_found(page, number) for number in range(PUBLISHED)]
    p95 = quantiles(waits, n=20)[-1]
    tell(f"published to found, s: median {median(waits):.2f}, p95 {p95:.2f}, most {max(waits):.2f}")
    forget()


def seconds_to_publish(page) -> float:
    began = time.perf_counter()
    publish(page)
    return time.perf_counter() - began


def seconds_until_found(page, number: int) -> float:
    word = "".join(random.choices("aeiouklmnprst", k=12))
    page.title = f"Kirjastoauto {word}"
    publish(page)
    began = time.perf_counter()
    while not found(word):
        time.sleep(0.02)
    took = time.perf_counter() - began
    time.sleep(random.random())
    return took


@contextmanager
def worker() -> Iterator[None]:
    """A worker process, as in production."""

    def work() -> None:
        stopping.forget()
        stopping.listen()
        Worker().run()

    child = fork(work)
    try:
        yield
    finally:
        os.kill(child, signal.SIGTERM)
        end_of(child)


def fresh(own) -> World:
    own.point_to(settings)
    Entry.objects.all().delete()
    return World(own, settings)


def forget() -> None:
    plain = client_of(settings)
    drop_indices(plain, settings.SEARCH_INDEX)
    plain.close()
    connections.close_all()


def main() -> None:
    with portal() as vendor, server("portal", "a-password") as own:
        logging.disable(logging.CRITICAL)
        tell(f"A search engine that fails, on {vendor}\n")
        faults(own)
        publishing(own)


if __name__ == "__main__":
    main()
