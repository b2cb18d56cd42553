"""Asking Elasticsearch."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from search.engines.base import SearchRequest, SearchResult
from search.engines.documents import analysis_name
from site_core.pages.detail import REMOTE_KINDS
from site_core.taxonomy.places import neighbours

from .answers import check, hits_of, page_count, result_of
from .client import client
from .mapping import alias_name
from .queries import Clause, Surroundings, question, window


def own_alias() -> str:
    """The name under which this process finds an index of its own mapping and analysis."""
    return alias_name(settings.SEARCH_INDEX, analysis_name())


class ElasticsearchEngine:
    """Reads what the sync has written (`search.sync`); stores nothing itself."""

    def search(self, request: SearchRequest, seconds: float | None = None) -> SearchResult:
        """Find entries: one question, two for a page beyond the last. `seconds` caps each.

        Raises:
            TransportError, ApiError: the engine cannot be reached, refuses, or has no such index.
            UnfitAnswerError: it answered in part, or from an index that is not ours.
        """
        if request.state.q and not request.words.terms:
            return SearchResult()
        page = request.state.page
        body = question(request, _around(request), page)
        answer = self._ask(request, body, seconds)
        hits = hits_of(request, answer)
        last = page_count(answer, request.page_size)
        if page > last:
            page = last
            body = {**body, **window(page, request.page_size), "aggs": {}}
            hits = hits_of(request, self._ask(request, body, seconds))
        return result_of(request, answer, hits, page)

    def _ask(self, request: SearchRequest, body: Clause, seconds: float | None) -> Any:
        alias, asking = own_alias(), client()
        if seconds:
            asking = asking.options(request_timeout=seconds)
        seconds = seconds or settings.SEARCH_TIMEOUT  # which the client waits anyhow
        answer = asking.search(
            index=alias,
            body={**body, "timeout": f"{seconds * 1000:.0f}ms"},
            allow_partial_search_results=False,
            request_cache=not request.state.q,  # listings are asked for again and again
        ).body
        check(answer, alias)
        return answer


def _around(request: SearchRequest) -> Surroundings:
    if not request.near:
        return Surroundings()
    return Surroundings(neighbours(request.near), REMOTE_KINDS)
