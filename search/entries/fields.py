"""A list of whole numbers in one column, as each database reads it fastest."""

import json
from typing import Any

from django.db import models


class Numbers(models.Field):
    """An array in PostgreSQL, a JSON list elsewhere."""

    def db_type(self, connection: Any) -> str:
        """The type of its column."""
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[int] | None:
        """A list, whatever it was stored as."""
        numbers: list[int] | None = json.loads(value) if isinstance(value, str) else value
        return numbers

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """What the database at hand stores."""
        is_stored = value is None or connection.vendor == "postgresql"
        return value if is_stored else json.dumps(value)
