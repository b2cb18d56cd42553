"""Several people at once, each in a browser of her own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import open_page

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Callable[[], Page]]:
    """Makes fresh visitors with a telephone and without JavaScript; fails as `page` does."""
    with ExitStack() as stack:

        def make() -> Page:
            opened = contextmanager(open_page)(browser, live_server.url, scripts=False)
            page = stack.enter_context(opened)
            page.set_viewport_size(PHONE)
            return page

        yield make
