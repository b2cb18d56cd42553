"""The kinds of entries, registered by the apps that own the page types."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class EntryKind:
    """One kind: its code, the template of its page, and what else that template needs.

    `name` and `plural` are msgids. `context(entry, language, now)` adds to the template's context;
    `schema(entry, url)` is the entry as schema.org JSON-LD. `listed` kinds are offered by browsing.
    """

    code: str
    name: str
    plural: str
    template: str
    context: Callable[..., dict[str, Any]] | None = None
    schema: Callable[..., dict[str, Any]] | None = None
    listed: bool = True


KINDS: dict[str, EntryKind] = {}


def register_kind(kind: EntryKind) -> None:
    """Add a kind at start-up; the same code twice is a programming error."""
    if kind.code in KINDS:
        raise ImproperlyConfigured(f"The entry kind {kind.code!r} is registered already.")
    KINDS[kind.code] = kind


def listed_kinds() -> list[str]:
    """Codes of the kinds that lists and search offer."""
    return [kind.code for kind in KINDS.values() if kind.listed]
