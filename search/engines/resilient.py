"""An engine that may fail, with the database behind it."""

from __future__ import annotations

import logging
from typing import Protocol

from .base import Engine, SearchRequest, SearchResult
from .breaker import Breaker

logger = logging.getLogger(__name__)


class RemoteEngine(Protocol):
    """An engine that somebody waits for."""

    def search(self, request: SearchRequest, seconds: float) -> SearchResult:
        """Find entries within `seconds`, or raise whatever went wrong."""


class Resilient:
    """Answers from the engine, and from the fallback where the engine cannot.

    Whatever goes wrong with the engine, a fault of ours included, opens the breaker and costs the
    reader no more than the wait. It is logged when the engine fails and when it is back.
    """

    def __init__(self, engine: RemoteEngine, fallback: Engine, breaker: Breaker) -> None:
        self.engine = engine
        self.fallback = fallback
        self.breaker = breaker

    def search(self, request: SearchRequest) -> SearchResult:
        """Find entries. Raises only what the fallback raises."""
        admission = self.breaker.admit()
        if admission is None:
            return self.fallback.search(request)
        try:
            result = self.engine.search(request, admission.seconds)
        except Exception as error:
            if self.breaker.failed(admission):
                logger.exception("The search engine fails; the database answers. %s", error)
            return self.fallback.search(request)
        if self.breaker.succeeded(admission):
            logger.warning("The search engine answers again.")
        return result
