"""The StreamField that keeps its blocks out of migrations."""

import json

import pytest
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from wagtail.blocks import CharBlock, IntegerBlock, StreamBlock, StreamValue
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import RenameStreamChildrenOperation

from site_core.pages.fields import StreamField

BLOCKS = [("word", CharBlock()), ("number", IntegerBlock())]
RAW = [
    {"type": "word", "value": "sana", "id": "11111111-1111-1111-1111-111111111111"},
    {"type": "number", "value": 7, "id": "22222222-2222-2222-2222-222222222222"},
]


def state_of(blocks) -> ProjectState:
    """The project as migrations see it: one model with a field of these blocks."""
    with isolate_apps("services"):

        class Leaflet(models.Model):
            body = StreamField(blocks, blank=True)

            class Meta:
                app_label = "services"

        state = ProjectState()
        state.add_model(ModelState.from_model(Leaflet))
    return state


@pytest.fixture
def leaflets(db):
    """The historical model, with its table, holding one row of two blocks."""
    state = state_of([])
    model = state.apps.get_model("services", "Leaflet")
    # Not inside the editor's context: on SQLite it cannot be entered within a transaction.
    create, _parameters = connection.schema_editor().table_sql(model)
    with connection.cursor() as cursor:
        cursor.execute(create)
        cursor.execute("INSERT INTO services_leaflet (body) VALUES (%s)", [json.dumps(RAW)])
    return state.apps


def stored() -> list:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM services_leaflet")
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def test_blocks_are_not_written_into_migrations():
    text, _imports = MigrationWriter.serialize(StreamField(BLOCKS, blank=True))
    assert text == "site_core.pages.fields.StreamField([], blank=True)"


def test_adding_a_block_makes_no_migration():
    before, after = state_of(BLOCKS), state_of([*BLOCKS, ("more", CharBlock())])
    assert MigrationAutodetector(before, after)._detect_changes() == {}


def test_a_clone_keeps_its_blocks():
    assert list(StreamField(BLOCKS).clone().stream_block.child_blocks) == ["word", "number"]
    assert list(StreamField(StreamBlock(BLOCKS)).clone().stream_block.child_blocks) == [
        "word",
        "number",
    ]


def test_saving_in_a_data_migration_keeps_the_value(leaflets):
    row = leaflets.get_model("services", "Leaflet").objects.get()
    row.save()
    assert stored() == RAW


def test_a_data_migration_reads_and_writes_raw_json(leaflets):
    row = leaflets.get_model("services", "Leaflet").objects.get()
    assert list(row.body.raw_data) == RAW
    row.body = [*RAW, {"type": "gone", "value": "x", "id": "3"}]
    row.save()
    assert [block["type"] for block in stored()] == ["word", "number", "gone"]


def test_a_new_row_in_a_data_migration_starts_empty(leaflets):
    model = leaflets.get_model("services", "Leaflet")
    model.objects.all().delete()
    model.objects.create()
    assert stored() == []


def test_wagtails_own_data_migration_works(leaflets):
    """It looks for revisions too, so it runs on the state of the whole project."""
    state = MigrationLoader(connection).project_state()
    state.add_model(state_of([]).models["services", "leaflet"])
    rename = RenameStreamChildrenOperation(old_name="word", new_name="term")
    MigrateStreamData("services", "Leaflet", "body", [(rename, "")]).migrate_stream_data_forward(
        state.apps, None
    )
    assert [block["type"] for block in stored()] == ["term", "number"]


def test_with_blocks_it_is_wagtails_field():
    field = StreamField(BLOCKS)
    value = field.to_python(json.dumps(RAW))
    assert isinstance(value, StreamValue)
    assert [child.value for child in value] == ["sana", 7]
    assert field.get_prep_value(value) == RAW
