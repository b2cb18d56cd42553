"""The engines that find entries, and the two verbs by which the projector feeds them."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.models import Entry

from .base import Engine
from .documents import analysis_name, entry_terms
from .postgres import PostgresEngine
from .sqlite import SQLiteEngine

_ENGINES: dict[str, type[Engine]] = {"sqlite": SQLiteEngine, "postgresql": PostgresEngine}


def current_engine() -> Engine:
    """The engine for the database at hand.

    Raises:
        ImproperlyConfigured: the database is neither SQLite nor PostgreSQL.
    """
    if connection.vendor not in _ENGINES:
        raise ImproperlyConfigured(f"Search knows no way to use {connection.vendor}.")
    return _ENGINES[connection.vendor]()


def index_entry(entry: Entry) -> None:
    """Write what an entry is found by, in the transaction of the caller. Three or four queries."""
    current_engine().store(entry.pk, entry_terms(entry), analysis_name())


def forget_entry(entry_id: int) -> None:
    """Make an entry unfindable, in the transaction of the caller. One query."""
    current_engine().forget(entry_id)


def reindex_outdated() -> int:
    """Index anew what another analysis indexed (a new version, or Voikko installed since).

    Answers how many entries were written. Entries that are right are not touched.
    """
    ids = current_engine().outdated(analysis_name())
    for entry in Entry.objects.filter(pk__in=ids).iterator():
        index_entry(entry)
    return len(ids)
