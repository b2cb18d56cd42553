"""Asking as a resident does: the addresses of the search page, and the rows it shows for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.utils import translation

from search.engines import current_engine
from search.engines.resilient import Resilient
from search.facets import known_codes
from search.listing import build_listing
from search.sync.indices import EngineError
from search.urlstate import SearchState

from .judged import Document, Query
from .loading import municipality_code
from .metrics import DEPTH, Answer


@dataclass(frozen=True)
class Shown:
    """What a query shows: documents in order, each group once, and whether any is a strong hit."""

    documents: tuple[Document, ...]
    strong: bool

    def answer(self, query: Query) -> Answer:
        """The same as it is measured."""
        return Answer(
            query.qid,
            query.ui_locale,
            query.type,
            query.relevant,
            [document.group for document in self.documents],
            self.strong,
        )


def ask(query: Query, loaded: Mapping[int, Document], now: datetime) -> Shown:
    """Ask one query in its language, `now` being the moment (aware), and read at least ten rows.

    The way is that of `search.views.search`: the address is parsed by `SearchState.parse` against
    `known_codes`, `build_listing` makes a `SearchRequest` of it, asks the engine and lays out rows,
    strong ones above related ones; further pages are those the listing itself links to.

    Raises:
        EngineError: Elasticsearch is to answer and failed, so that the database stood in.
    """
    found: dict[str, Document] = {}
    strong = False
    address = f"?{urlencode(_parameters(query))}"
    with translation.override(query.ui_locale):
        while address and len(found) < DEPTH:
            state = SearchState.parse(QueryDict(urlsplit(address).query), known_codes())
            listing = build_listing(state, query.ui_locale, now, "")
            for row in sorted(listing.rows, key=lambda row: not row.strong):
                document = loaded[row.entry.pk]
                found.setdefault(document.group, document)
                strong = strong or row.strong
            address = listing.next_url
    _require_own_answer(query)
    return Shown(tuple(found.values()), strong)


def _parameters(query: Query) -> dict[str, str]:
    code = municipality_code(query.municipality) if query.municipality else ""
    return {"q": query.query, **({"municipality": code} if code else {})}


def _require_own_answer(query: Query) -> None:
    engine = current_engine()
    if isinstance(engine, Resilient) and engine.breaker.is_open:
        raise EngineError(f"{query.qid}: the search engine failed, and the database answered.")
