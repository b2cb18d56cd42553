"""The search engine that tests use: the shared one, and servers of a test's own.

`elastic` (tests/conftest.py) is for most tests. One that stops, freezes or locks a server starts
its own with `server()`.
"""

from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

MISSING = 'No search engine to test: eval "$(make -s services)"'


def client_of(settings: Any) -> Elasticsearch:
    """A plain client of the server that the settings name, with their credentials."""
    return Elasticsearch(
        settings.SEARCH_URL,
        basic_auth=(settings.SEARCH_USER, settings.SEARCH_PASSWORD)
        if settings.SEARCH_USER
        else None,
        api_key=settings.SEARCH_API_KEY or None,
        ca_certs=settings.SEARCH_CA or None,
        request_timeout=10,
        max_retries=0,
    )


def point_to_shared(settings: Any) -> Elasticsearch:
    """Make the portal search on the shared server, with indices of this test's own.

    Fails the test, in one line, where there is no server.
    """
    if not settings.TEST_SEARCH_URL:
        pytest.fail(MISSING, pytrace=False)
    settings.SEARCH_URL = settings.TEST_SEARCH_URL
    settings.SEARCH_INDEX = f"test-{uuid4().hex[:10]}"
    return client_of(settings)


def drop_indices(client: Elasticsearch, prefix: str) -> None:
    """Delete every index whose name begins with `prefix`, by name: servers refuse patterns."""
    if names := list(client.indices.get(index=f"{prefix}*", expand_wildcards="all")):
        client.indices.delete(index=names)
