"""A column that only those who hold the portal's keys can read.

For what people tell of themselves that others may not see even in a stolen backup. The keys are in
`PERSONAL_DATA_KEYS`: the first writes, all read, so a key is changed by putting a new one in front;
the old one can go once all it wrote is erased. Every value differs from every other, so nothing can
be looked up by it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


class Unreadable(Exception):  # noqa: N818
    """A value was written under a key that the portal does not have."""


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted; empty stays empty.

    Reading raises Unreadable where the key is gone: an empty text would look like an answer.
    """

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        if not value:
            return value
        try:
            return _keys(tuple(settings.PERSONAL_DATA_KEYS)).decrypt(value.encode()).decode()
        except InvalidToken as fault:
            raise Unreadable(f"{self.model.__name__}.{self.name}") from fault

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        prepared = super().get_db_prep_save(value, connection)
        if not prepared:
            return prepared
        return _keys(tuple(settings.PERSONAL_DATA_KEYS)).encrypt(prepared.encode()).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value at all can be asked."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be looked up.")
        return super().get_lookup(lookup_name)


def new_key() -> str:
    """A key for `PERSONAL_DATA_KEYS`."""
    return Fernet.generate_key().decode()


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
