"""Fixtures for all tests: the copied database, a set-up portal, a browser."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation
from elasticsearch import Elasticsearch
from playwright.sync_api import Browser, Page, sync_playwright

from site_core.languages import catalogues
from site_core.languages.registry import LANGUAGES
from site_core.taxonomy import labels
from tests.support.browser import WAIT_MS, Watch, launch
from tests.support.database import TestDatabase
from tests.support.elasticsearch import drop_indices, point_to_shared
from tests.support.smtp import Sink, point_to, serve

ONCE = ("once", "permission", "leak", "bypass")
"""Markers of what is not run again on PostgreSQL: rights are worked out in Python, from the same
rows on any database."""

STAGE_OF = {"demo_site": "demo", "portal": "portal"}
"""Which stage of the database a fixture asks for; the first that a test has counts."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rounds",
        type=int,
        default=8,
        help="How many rushes on a course are run (docs/seats.md); 120 for the whole proof.",
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile catalogues that are older than their words, once and before workers start."""
    if not hasattr(session.config, "workerinput") and any(map(_is_stale, LANGUAGES)):
        catalogues.compile_all()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the database: only that is run a second time, on PostgreSQL."""
    for item in items:
        names = {"db", "transactional_db", "live_server"}.intersection(item.fixturenames)
        reads = names or item.get_closest_marker("django_db")
        if reads and not any(map(item.get_closest_marker, ONCE)):
            item.add_marker("database")


def _is_stale(code: str) -> bool:
    source, machine = catalogues.source_path(code), catalogues.machine_path(code)
    return not machine.exists() or machine.stat().st_mtime < source.stat().st_mtime


@pytest.fixture(scope="session")
def test_database() -> Iterator[TestDatabase]:
    """This worker's databases, copies of templates."""
    database = TestDatabase()
    with pytest.MonkeyPatch.context() as patch:
        # After a test that commits, Django would empty every table, the root page's too.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.spoil())
        yield database
    database.drop()


@pytest.fixture
def django_db_setup(request: pytest.FixtureRequest, test_database: TestDatabase) -> None:
    """Before a test's transaction begins, connect it to the database that its fixtures ask for.

    Takes the place of pytest-django's fixture, which would migrate one database for all.
    """
    asked = [stage for fixture, stage in STAGE_OF.items() if fixture in request.fixturenames]
    test_database.use(asked[0] if asked else "migrated")


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """No test sees what another left in a cache, or reads in the language another asked for."""
    yield
    translation.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    labels.forget()


@pytest.fixture
def portal(db: None) -> None:
    """A portal that is set up: vocabularies, groups, locales and live home and index pages."""


@pytest.fixture
def demo_site(db: None) -> None:
    """The whole demo site with its pictures."""


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server that takes everything until told otherwise; Django sends to it."""
    with serve(Sink()) as server:
        point_to(server, settings)
        yield server


@pytest.fixture
def elastic(settings) -> Iterator[Elasticsearch]:
    """The portal searches on Elasticsearch, in indices of this test's own, deleted afterwards.

    Yields a plain client to look at them. Fails where there is no server: for tests marked
    `engine`, which must never be left out in silence.
    """
    client = point_to_shared(settings)
    yield client
    drop_indices(client, settings.SEARCH_INDEX)
    client.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run. Playwright keeps an event loop in this thread, which makes Django
    refuse database work in it unless told that nothing here is asynchronous."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = launch(playwright)
        yield browser
        browser.close()


def open_page(browser: Browser, address: str, *, scripts: bool) -> Iterator[Page]:
    watch = Watch(urlsplit(address).netloc)
    context = browser.new_context(
        base_url=address, locale="fi-FI", timezone_id="Europe/Helsinki", java_script_enabled=scripts
    )
    context.set_default_timeout(WAIT_MS)
    watch.over(context)
    yield context.new_page()
    context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of a fresh visitor on the live server; fails on script errors, breaches of the
    content security policy and requests to third parties."""
    yield from open_page(browser, live_server.url, scripts=True)


@pytest.fixture
def nojs_page(browser: Browser, live_server) -> Iterator[Page]:
    """The same with JavaScript switched off."""
    yield from open_page(browser, live_server.url, scripts=False)
