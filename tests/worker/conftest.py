"""A registry of loops of the test's own."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from site_core.worker import claims, stopping
from site_core.worker.loops import LOOPS, Loop, loop


@pytest.fixture
def loops() -> Iterator[dict[str, Loop]]:
    """No loops but those the test registers."""
    kept = dict(LOOPS)
    LOOPS.clear()
    yield LOOPS
    LOOPS.clear()
    LOOPS.update(kept)


@pytest.fixture(autouse=True)
def _nobody_asked_to_stop() -> Iterator[None]:
    stopping.forget()
    yield
    stopping.forget()


@pytest.fixture
def add(loops) -> Callable[..., Loop]:
    """Register a tick under a name, with its row: due at once, then every second."""

    def add(name: str, tick=lambda now: 0, *, every: float = 1, **options) -> Loop:
        loop(name, every=timedelta(seconds=every), **options)(tick)
        claims.prepare()
        return LOOPS[name]

    return add
