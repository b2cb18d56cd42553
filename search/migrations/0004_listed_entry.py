"""What the database's search reads of each entry, narrow; `setup_portal` fills it.

In PostgreSQL the terms learn of their group and their end, which SQLite looks up by row.
"""

import django.db.models.deletion
from django.db import migrations, models

import search.entries.fields

WIDEN = [
    "ALTER TABLE search_terms ADD COLUMN key uuid, ADD COLUMN visible_until timestamptz",
    "DELETE FROM search_terms WHERE entry_id NOT IN (SELECT id FROM search_entry)",
    """
    UPDATE search_terms SET key = entry.key, visible_until = entry.visible_until
    FROM search_entry entry WHERE entry.id = entry_id
    """,
    "ALTER TABLE search_terms ALTER COLUMN key SET NOT NULL",
]
NARROW = ["ALTER TABLE search_terms DROP COLUMN key, DROP COLUMN visible_until"]


def _run(statements, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def widen(apps, schema_editor):
    _run(WIDEN, schema_editor)


def narrow(apps, schema_editor):
    _run(NARROW, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_waiting_since")]

    operations = [
        migrations.CreateModel(
            name="ListedEntry",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="listed",
                        serialize=False,
                        to="search.entry",
                    ),
                ),
                ("key", models.UUIDField()),
                ("shown_for", models.CharField(blank=True, max_length=100)),
                ("shown_later", models.JSONField(null=True)),
                ("audience", models.CharField(max_length=15)),
                ("coverage", models.CharField(blank=True, max_length=15)),
                ("visible_until", models.DateTimeField(null=True)),
                ("confirmed", models.DateField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("sort_key", models.CharField(blank=True, max_length=1100)),
                ("codes", search.entries.fields.Numbers()),
                ("places", search.entries.fields.Numbers(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("facet", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=50)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "facet"), name="code_once")]
            },
        ),
        migrations.RunPython(widen, narrow),
    ]
