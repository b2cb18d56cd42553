"""Querysets whose SQL is made once: for a reader's page, making it costs more than running it."""

from collections.abc import Callable
from typing import Any

from django.db import connections, models


class Prepared:
    """A queryset that is compiled once for each database and then only filled in.

    `build` makes it from `samples`: one value for each parameter, unlike any other in the query.
    `fields` names the model field that each is compared with, since a database may store it in
    another form. Calling it with values gives the rows as model instances.
    """

    def __init__(
        self,
        build: Callable[..., models.QuerySet],
        samples: dict[str, Any],
        fields: dict[str, str] | None = None,
    ) -> None:
        self.build = build
        self.samples = samples
        self.fields = fields or {}
        self.compiled: dict[str, tuple[str, list[Any], dict[int, str]]] = {}

    def __call__(self, model: type[models.Model], **values: Any) -> list[Any]:
        manager = model._default_manager
        if manager.db not in self.compiled:
            self.compiled[manager.db] = self._compile(model, manager.db)
        sql, params, places = self.compiled[manager.db]
        filled = [
            self._stored(model, places[place], values[places[place]], manager.db)
            if place in places
            else param
            for place, param in enumerate(params)
        ]
        return list(manager.raw(sql, filled))

    def _compile(self, model: type[models.Model], db: str) -> tuple[str, list[Any], dict[int, str]]:
        query = self.build(model._default_manager, **self.samples).using(db).query
        sql, params = query.get_compiler(using=db).as_sql()
        stored = {
            name: self._stored(model, name, value, db) for name, value in self.samples.items()
        }
        places = {
            place: name
            for place, param in enumerate(params)
            for name, value in stored.items()
            if param == value
        }
        if set(places.values()) != set(self.samples):
            raise ValueError(f"A parameter is missing in {sql!r} {params!r}")
        return sql, list(params), places

    def _stored(self, model: type[models.Model], name: str, value: Any, db: str) -> Any:
        field = model._meta.get_field(self.fields.get(name, name))
        return field.get_db_prep_value(value, connections[db], prepared=False)
