"""Nobody asks this process to stop before a test does."""

from collections.abc import Iterator

import pytest

from site_core.worker import stopping


@pytest.fixture(autouse=True)
def _nobody_asked_to_stop() -> Iterator[None]:
    stopping.forget()
    yield
    stopping.forget()
