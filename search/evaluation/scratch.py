"""A database and an index for one evaluation, made for it and gone after it.

The portal's own are never read or written: this process points its connection and its settings
elsewhere before anything asks them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import Error

from search.setup import set_up_search
from search.sync import indices
from site_core.taxonomy.actions import load_taxonomy

ENGINES = ("elasticsearch", "postgres", "sqlite")
PATIENCE = 30
"""Seconds the search engine may take for an answer: quality is measured here, not speed."""

_APPS = ("wagtailcore", "taxonomy", "search")


class ScratchError(Exception):
    """There is no place to evaluate in; the message is one line that says what is missing."""


@contextmanager
def scratch_place(engine: str) -> Iterator[None]:
    """Tables with vocabularies and no entry, in a place that `engine` (of `ENGINES`) searches.

    Elasticsearch has its documents from an SQLite database, like the other two from their own.

    Raises:
        ScratchError: the settings name no such server, or it makes no database.
        EngineError: Elasticsearch does not answer when the index is to be deleted.
    """
    if engine == "elasticsearch" and not settings.SEARCH_URL:
        raise ScratchError("SEARCH_URL names no Elasticsearch (`make services` starts one).")
    database = _postgres_database if engine == "postgres" else _sqlite_database
    index = _scratch_index if engine == "elasticsearch" else _no_index
    with ExitStack() as stack:
        stack.enter_context(database())
        stack.enter_context(index())
        for app in _APPS:
            call_command("migrate", app, verbosity=0)
        load_taxonomy()
        set_up_search()
        yield


@contextmanager
def _sqlite_database() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
        options = {"init_command": "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"}
        engine = "django.db.backends.sqlite3"
        with _connected(ENGINE=engine, NAME=str(Path(folder) / "db.sqlite3"), OPTIONS=options):
            yield


@contextmanager
def _postgres_database() -> Iterator[None]:
    if connection.vendor != "postgresql":
        raise ScratchError("DATABASE_URL names no PostgreSQL (`make services` starts one).")
    name = f"search_eval_{os.getpid()}_{uuid4().hex[:8]}"
    try:
        connection.ensure_connection()
    except Error as error:
        raise ScratchError(f"PostgreSQL does not answer: {_reason(error)}") from error
    try:
        try:
            _execute(f"CREATE DATABASE {name} TEMPLATE template0")
        except Error as error:
            raise ScratchError(f"PostgreSQL makes no database: {_reason(error)}") from error
        with _connected(NAME=name):
            yield
    finally:
        _execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _connected(**database: Any) -> Iterator[None]:
    """Connect to another database, and in the end to the former one again."""
    before = connections.settings[DEFAULT_DB_ALIAS]
    _connect({**before, **database})
    try:
        yield
    finally:
        _connect(before)


def _connect(database: dict[str, Any]) -> None:
    connections[DEFAULT_DB_ALIAS].close()
    del connections[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS] = database


@contextmanager
def _set(**values: Any) -> Iterator[None]:
    before = {name: getattr(settings, name) for name in values}
    try:
        for name, value in values.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)


@contextmanager
def _no_index() -> Iterator[None]:
    with _set(SEARCH_URL=""):
        yield


@contextmanager
def _scratch_index() -> Iterator[None]:
    prefix = f"{settings.SEARCH_INDEX}-eval-{uuid4().hex[:8]}"
    with _set(SEARCH_INDEX=prefix, SEARCH_TIMEOUT=PATIENCE):
        try:
            yield
        finally:
            with indices.told_clearly():  # by name: servers may refuse to delete by pattern
                indices.delete(indices.engine().indices.get(index=f"{prefix}*").body)
