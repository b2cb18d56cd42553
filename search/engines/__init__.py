"""The engines that find entries, and the two verbs by which the projector feeds the database's.

The database always holds the terms: it stands in where a search engine fails, and the documents
of the engine are made from them.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.entries.listed import renew_listed
from search.models import Entry

from .base import Engine
from .breaker import Breaker
from .database import DatabaseEngine
from .documents import analysis_name, entry_terms
from .elasticsearch.engine import ElasticsearchEngine
from .postgres import PostgresEngine
from .resilient import Resilient
from .sqlite import SQLiteEngine

_ENGINES: dict[str, type[DatabaseEngine]] = {"sqlite": SQLiteEngine, "postgresql": PostgresEngine}


def current_engine() -> Engine:
    """What answers residents: the search engine where SEARCH_URL names one, else the database."""
    if not settings.SEARCH_URL:
        return database_engine()
    breaker = _breaker(settings.SEARCH_URL, settings.SEARCH_INDEX, settings.SEARCH_TIMEOUT)
    return Resilient(ElasticsearchEngine(), database_engine(), breaker)


def database_engine() -> DatabaseEngine:
    """The engine for the database at hand.

    Raises:
        ImproperlyConfigured: the database is neither SQLite nor PostgreSQL.
    """
    if connection.vendor not in _ENGINES:
        raise ImproperlyConfigured(f"Search knows no way to use {connection.vendor}.")
    return _ENGINES[connection.vendor]()


@lru_cache(maxsize=4)
def _breaker(url: str, index: str, patience: float) -> Breaker:
    """One for each engine, kept as long as the process."""
    return Breaker(patience)


# Another thread may have held the lock of a breaker in the moment of the fork.
os.register_at_fork(after_in_child=_breaker.cache_clear)


def index_entry(entry: Entry) -> None:
    """Write what an entry is found by and who is shown it, in the transaction of the caller.

    About ten queries.
    """
    index_terms(entry)
    renew_listed([entry.key])


def index_terms(entry: Entry) -> None:
    """Write only what an entry is found by, as after a change of the analysis."""
    database_engine().store(entry.pk, entry_terms(entry), analysis_name())


def forget_entries(entry_ids: Collection[int]) -> None:
    """Make hidden entries unfindable and leave their readers to the other versions, in the
    transaction of the caller. Seven queries for any number."""
    database_engine().forget(entry_ids)
    renew_listed(set(Entry.objects.filter(pk__in=entry_ids).values_list("key", flat=True)))
