"""All entries of a test in an index that many tests use."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search.engines import analysis_name
from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, alias_name, index_name
from search.models import Entry
from search.sync.documents import build_documents


class Shelf:
    """An index that holds what the database holds whenever it is filled.

    It is written without versions, since tests use the same primary keys again and again.
    """

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self.client = client
        self.prefix = prefix
        self.alias = alias_name(prefix, analysis_name())
        self.held: dict[int, dict[str, Any]] = {}
        client.indices.create(
            index=index_name(self.alias, datetime.now(UTC)),
            settings=SETTINGS,
            mappings=MAPPINGS,
            aliases={self.alias: {}},
        )

    def fill(self) -> None:
        """Make the index equal to the database."""
        built = build_documents(list(Entry.objects.values_list("pk", flat=True)))
        wanted = {document.entry_id: document.body for document in built}
        deeds: list[dict[str, Any]] = [
            {"_op_type": "delete", "_id": pk} for pk in self.held.keys() - wanted.keys()
        ]
        deeds += [
            {"_id": pk, "_source": body} for pk, body in wanted.items() if self.held.get(pk) != body
        ]
        if deeds:
            bulk(self.client, deeds, index=self.alias, refresh=True, require_alias=True)
            # What is deleted or replaced counts in the rarity of words until it is merged away.
            self.client.indices.forcemerge(index=self.alias, max_num_segments=1)
            self.client.indices.refresh(index=self.alias)
        self.held = wanted
