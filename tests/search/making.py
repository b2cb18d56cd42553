"""Published entries without pages behind them, for tests of finding alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from django.utils.datastructures import MultiValueDict

from search.engines import database_engine, index_entry
from search.engines.base import SearchRequest, SearchResult
from search.models import Entry, EntryFacet
from search.urlstate import SearchState
from site_core.languages.sorting import sort_key

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
WIDE = ("all_lapland", "whole_country", "remote")


def make_entry(
    title: str,
    *,
    language: str = "fi",
    body: str = "",
    summary: str = "",
    facets: Mapping[str, Iterable[str]] | None = None,
    key: uuid.UUID | None = None,
    **values: object,
) -> Entry:
    """A public entry with its facets, indexed as the projector would."""
    facets = {name: list(codes) for name, codes in (facets or {}).items()}
    columns = {
        "kind": "service",
        "audience": "residents",
        "coverage": "municipal",
        "organisation_name": "Kylänväki ry",
        "is_public": True,
        "was_public": True,
        "published_at": NOW,
        **values,
    }
    own = facets.get("municipality", []) if columns["coverage"] not in WIDE else []
    entry = Entry.objects.create(
        key=key or uuid.uuid4(),
        language=language,
        title=title,
        path=f"/{language}/{uuid.uuid4()}/",
        sort_key=sort_key(title, language),
        texts={"title": [title, language]}
        | ({"summary": [summary, language]} if summary else {})
        | ({"body": [body, language]} if body else {}),
        facts={"municipalities": own},
        **columns,
    )
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, facet=facet, code=code)
        for facet, codes in {**facets, "kind": [columns["kind"]]}.items()
        for code in codes
    )
    index_entry(entry)
    return entry


def state(**parameters: str | list[str]) -> SearchState:
    """The state of an address with these parameters."""
    lists = {
        name: value if isinstance(value, list) else [value] for name, value in parameters.items()
    }
    return SearchState.parse(MultiValueDict(lists))


def requested(
    asked: SearchState, language: str = "fi", now: datetime = NOW, page_size: int = 20
) -> SearchRequest:
    """The request of a state, for a page of any size."""
    return replace(SearchRequest.of(asked, language, now), page_size=page_size)


def find(
    language: str = "fi", now: datetime = NOW, page_size: int = 20, **parameters: str | list[str]
) -> SearchResult:
    """What the engine of the database at hand answers to an address."""
    return database_engine().search(requested(state(**parameters), language, now, page_size))


def titles(result: SearchResult) -> list[str]:
    """The titles found, in order."""
    found = Entry.objects.in_bulk([hit.entry_id for hit in result.hits])
    return [found[hit.entry_id].title for hit in result.hits]
