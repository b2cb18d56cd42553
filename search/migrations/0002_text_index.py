"""The table of terms, made in the way of the database at hand: FTS5, or tsvector under GIN.

Django's models cannot describe either, so no model stands for it; `search.engines` reads and writes
it. After this migration the table is empty: `setup_portal` fills it.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import migrations

# FTS5's ascii tokenizer cuts at spaces and keeps every letter beyond ASCII: terms come folded. The
# look-up table tells in which rows a term stands, which a MATCH with many terms would not.
CREATE = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE search_terms USING fts5(
            terms, analysis UNINDEXED, tokenize = 'ascii', detail = 'none', columnsize = 0
        )
        """,
        "CREATE VIRTUAL TABLE search_terms_lookup USING fts5vocab('search_terms', 'instance')",
    ],
    # GIN without its list of pending entries, which every look-up of a term would read to its end.
    "postgresql": [
        """
        CREATE TABLE search_terms (
            entry_id bigint PRIMARY KEY, terms tsvector NOT NULL, analysis varchar(40) NOT NULL
        )
        """,
        "CREATE INDEX search_terms_gin ON search_terms USING gin (terms) WITH (fastupdate = off)",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE search_terms_lookup", "DROP TABLE search_terms"],
    "postgresql": ["DROP TABLE search_terms"],
}


def _run(statements, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor not in statements:
        raise ImproperlyConfigured(f"Search knows no way to use {vendor}.")
    for statement in statements[vendor]:
        schema_editor.execute(statement)


def create(apps, schema_editor):
    _run(CREATE, schema_editor)


def drop(apps, schema_editor):
    _run(DROP, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
