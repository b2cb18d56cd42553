"""A StreamField whose block definitions stay out of migrations.

Adding or changing a block is then a change of code only. The price: inside a migration the field
knows no blocks, and a stock StreamField would read every stored value as empty and write that back
when a data migration saves the row. So a field without blocks here carries the stored JSON through
untouched. Data of a block that was removed from code stays in the database, unseen by readers and
editors, until a data migration rewrites it (`wagtail.blocks.migrations.MigrateStreamData` works).
"""

import json
from typing import Any

from django.db import models
from wagtail import fields
from wagtail.blocks import StreamValue


class StreamField(fields.StreamField):
    """Wagtail's StreamField, written into migrations with an empty list of blocks."""

    @property
    def knows_blocks(self) -> bool:
        """False inside migrations, where only stored JSON passes through."""
        return bool(self.stream_block.child_blocks)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = models.Field.deconstruct(self)
        return name, path, [[]], kwargs

    def clone(self) -> "StreamField":
        _, _, _, kwargs = self.deconstruct()
        return type(self)(self.block_types_arg, block_lookup=self.block_lookup, **kwargs)

    def to_python(self, value: Any) -> StreamValue:
        if self.knows_blocks or isinstance(value, StreamValue):
            return super().to_python(value)
        raw = json.loads(value) if isinstance(value, str) and value else value
        carried = StreamValue(self.stream_block, list(raw or []), is_lazy=True)
        carried._stream_field = self
        return carried

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, StreamValue) and not self.knows_blocks:
            return list(value._raw_data)
        return super().get_prep_value(value)

    def get_default(self) -> StreamValue:
        return self.to_python(models.Field.get_default(self))
