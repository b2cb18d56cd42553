"""What stands in the engine, and whether it is what the database says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.engine import ElasticsearchEngine, own_alias
from search.models import Entry
from search.sync.indices import held_versions, survey
from search.sync.rebuilding import find_drift
from tests.search.making import NOW, requested, state

PATIENCE = 30
"""Seconds: what is found is tested, not how fast on a machine with other work."""


def found(query: str = "", language: str = "fi", now: datetime = NOW) -> list[int]:
    """The entries that the engine alone finds, in order."""
    request = requested(state(q=query), language, now)
    return [hit.entry_id for hit in ElasticsearchEngine().search(request, PATIENCE).hits]


def document(client: Elasticsearch, entry: Entry) -> dict[str, Any]:
    """What the index in use holds of an entry."""
    return client.get(index=own_alias(), id=str(entry.pk)).body["_source"]


def in_step() -> bool:
    """Whether nothing waits and the index in use holds exactly the versions of the database."""
    index = survey().index
    rows = {str(pk): version for pk, version in Entry.objects.values_list("pk", "version")}
    return (
        index is not None
        and not Entry.objects.waiting().exists()
        and not find_drift(index)
        and held_versions(index) == rows
    )
