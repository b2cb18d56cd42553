"""The mail server of these tests."""

from collections.abc import Iterator

import pytest

from site_core.worker import stopping
from tests.support.smtp import Sink, point_to, serve


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server that takes everything until told otherwise; Django sends to it."""
    with serve(Sink()) as server:
        point_to(server, settings)
        yield server


@pytest.fixture(autouse=True)
def _nobody_asked_to_stop() -> Iterator[None]:
    stopping.forget()
    yield
    stopping.forget()
