"""The one client of the search engine that each process keeps."""

from __future__ import annotations

import logging
import os
from base64 import b64encode
from functools import lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import Urllib3HttpNode
from elasticsearch import Elasticsearch, OrjsonSerializer
from urllib3 import Timeout

MOST_CONNECTIONS = 40
"""More than a process has threads: a thread that finds none free would wait without limit."""

# Questions and documents are long. The second is how the engine's answers name themselves.
_SERIALIZERS = dict.fromkeys(
    ("application/json", "application/vnd.elasticsearch+json"), OrjsonSerializer()
)
# Whoever calls tells of failures, once; the transport would tell of every request.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)


def client() -> Elasticsearch:
    """The client of the engine at SEARCH_URL. It tries once, and waits SEARCH_TIMEOUT in all.

    Who can wait longer says so: `client().options(request_timeout=seconds)`.

    Raises:
        ValueError: SEARCH_URL names no scheme, host and port, or SEARCH_CA no file.
    """
    return _made(
        settings.SEARCH_URL,
        settings.SEARCH_USER,
        settings.SEARCH_PASSWORD,
        settings.SEARCH_API_KEY,
        settings.SEARCH_CA,
        settings.SEARCH_TIMEOUT,
    )


class _Node(Urllib3HttpNode):
    """Connecting and answering share one allowance of time instead of having one each."""

    def perform_request(self, *args: Any, request_timeout: Any = None, **kwargs: Any) -> Any:
        if isinstance(request_timeout, int | float):
            request_timeout = Timeout(total=request_timeout)
        return super().perform_request(*args, request_timeout=request_timeout, **kwargs)


@lru_cache(maxsize=4)
def _made(url: str, user: str, password: str, key: str, ca: str, timeout: float) -> Elasticsearch:
    return Elasticsearch(
        url,
        basic_auth=_basic(user, password) if user and not key else None,
        api_key=key or None,
        ca_certs=ca or None,
        node_class=_Node,
        serializers=_SERIALIZERS,
        connections_per_node=MOST_CONNECTIONS,
        request_timeout=timeout,
        max_retries=0,
        retry_on_timeout=False,
    )


def _basic(user: str, password: str) -> str:
    # The library would refuse a password beyond ASCII.
    return b64encode(f"{user}:{password}".encode()).decode()


# Two processes must not speak through one connection.
os.register_at_fork(after_in_child=_made.cache_clear)
