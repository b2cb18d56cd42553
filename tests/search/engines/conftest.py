"""One way to find on whichever engine a test runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings as all_settings
from django.test import override_settings

from search.engines import database_engine
from search.engines.base import SearchRequest, SearchResult
from search.engines.elasticsearch.engine import ElasticsearchEngine
from tests.search.making import NOW, requested, state
from tests.support.elasticsearch import drop_indices, point_to_shared

from .pushing import Shelf

Ask = Callable[[SearchRequest], SearchResult]
Find = Callable[..., SearchResult]

ENGINES = ["database", pytest.param("elasticsearch", marks=pytest.mark.engine)]
PATIENCE = 30
"""Seconds: what is found is tested here, not how fast on a machine with other work."""


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """The index of this run; fails where there is no server."""
    with override_settings():
        client = point_to_shared(all_settings)
        prefix = all_settings.SEARCH_INDEX
    yield Shelf(client, prefix)
    drop_indices(client, prefix)
    client.close()


@pytest.fixture(params=ENGINES)
def ask(request: pytest.FixtureRequest) -> Ask:
    """What an engine answers to a request: the database's, or Elasticsearch.

    The latter holds all entries whenever it is asked, and nothing stands in where it fails.
    """
    return request.getfixturevalue(f"ask_{request.param}")


@pytest.fixture
def ask_database(db: None) -> Ask:
    """What the database at hand answers."""
    return lambda request: database_engine().search(request)


@pytest.fixture
def ask_elasticsearch(db: None, shelf: Shelf, settings) -> Ask:
    """What Elasticsearch answers."""
    settings.SEARCH_URL = settings.TEST_SEARCH_URL
    settings.SEARCH_INDEX = shelf.prefix

    def ask(request: SearchRequest) -> SearchResult:
        shelf.fill()
        return ElasticsearchEngine().search(request, PATIENCE)

    return ask


@pytest.fixture
def find(ask: Ask) -> Find:
    """What the engine answers to an address: `find(language, now=…, page_size=…, q=…, …)`."""

    def find(language="fi", now: datetime = NOW, page_size: int = 20, **parameters) -> SearchResult:
        return ask(requested(state(**parameters), language, now, page_size))

    return find
