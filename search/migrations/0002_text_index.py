"""The table of terms, made in the way of the database at hand: FTS5, or tsvector under GIN.

Django's models cannot describe either, so no model stands for it; `search.engines` reads and writes
it. After this migration the table is empty: `rebuild_entries` fills it.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import migrations

from search.engines import postgres, sqlite

_WAYS = {"sqlite": sqlite, "postgresql": postgres}


def _way(schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor not in _WAYS:
        raise ImproperlyConfigured(f"Search knows no way to use {vendor}.")
    return _WAYS[vendor]


def create(apps, schema_editor):
    for statement in _way(schema_editor).CREATE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in _way(schema_editor).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
