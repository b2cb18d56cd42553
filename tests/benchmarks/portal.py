"""A set-up portal in a database of its own, on SQLite or on what `DATABASE_URL` names."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from tests.support.database import TestDatabase  # noqa: E402


@contextmanager
def portal(stage: str = "portal") -> Iterator[str]:
    """Connect to a fresh portal, dropped at the end; yields the name of the database's kind.

    `stage` is that of `tests.support.database`: "demo" is the whole demo site.
    """
    logging.disable(logging.WARNING)
    setup_test_environment()
    database = TestDatabase()
    database.use(stage)
    try:
        yield connection.vendor
    finally:
        database.drop()


def queries(deed) -> int:
    """How many queries a deed makes."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def tell(line: str = "") -> None:
    """Write a line of a report."""
    sys.stdout.write(f"{line}\n")
