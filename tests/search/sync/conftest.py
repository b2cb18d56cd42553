"""An engine with an index that is in use and empty."""

import pytest
from elasticsearch import Elasticsearch

from search.sync import pushing, rebuilding


@pytest.fixture(autouse=True)
def _remember_nothing(monkeypatch) -> None:
    """A process remembers indices and refusals; a test has a process of its own in that."""
    monkeypatch.setattr(rebuilding, "_seen", set())
    monkeypatch.setattr(pushing, "_refused", {})


@pytest.fixture
def index(db: None, elastic: Elasticsearch) -> Elasticsearch:
    """The engine's client; the worker has built the index of a portal without entries."""
    rebuilding.tend()
    return elastic
