"""What the worker does for search: it keeps the engine in step, where there is one."""

from datetime import datetime, timedelta

from django.conf import settings

from search.sync import rebuilding
from search.sync.pushing import push_waiting
from site_core.worker.loops import loop

PATIENCE = timedelta(seconds=15)
"""An engine that is back is noticed within this time."""


def has_engine() -> bool:
    """Whether there is a search engine at all."""
    return bool(settings.SEARCH_URL)


@loop("search", every=timedelta(seconds=0.5), patience=PATIENCE, when=has_engine)
def push(now: datetime) -> int:
    """Send what waits."""
    return push_waiting()


@loop(rebuilding.LOOP, every=timedelta(seconds=5), patience=PATIENCE, when=has_engine)
def tend(now: datetime) -> int:
    """Build the index where it is missing or not ours."""
    return rebuilding.tend()


@loop("search repair", every=timedelta(hours=1), patience=timedelta(minutes=15), when=has_engine)
def repair(now: datetime) -> int:
    """Compare index and database, and mend what differs."""
    return len(rebuilding.repair())
