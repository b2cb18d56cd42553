"""Which version of a translated page each reader is shown, for whatever stores that beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from search.models import Entry
from site_core.languages.registry import LANGUAGES

from .kinds import listed_kinds
from .querysets import languages_for

COLUMNS = (
    "key",
    "kind",
    "language",
    "audience",
    "coverage",
    "visible_until",
    "last_confirmed",
    "updated_at",
    "starts_at",
    "published_at",
    "sort_key",
)
"""What whoever stores an entry for finding reads of it."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Languages of the readers who are shown a version: at once, or from when on.

    A version that fits a reader better stands before it until that has expired.
    """

    at_once: list[str] = field(default_factory=list)
    later: dict[str, datetime] = field(default_factory=dict)


def public_groups(keys: Collection[UUID]) -> dict[UUID, list[Entry]]:
    """The public entries of translation groups with their `COLUMNS`, the expired ones too."""
    groups: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(key__in=keys, is_public=True).only(*COLUMNS):
        groups[entry.key].append(entry)
    return groups


def readers(entry: Entry, group: Iterable[Entry]) -> Readers:
    """Who is shown this version among the public ones of its group; nobody where no list offers
    such a kind."""
    found = Readers()
    for reader in LANGUAGES if entry.kind in listed_kinds() else ():
        order = languages_for(reader)
        better = [
            other.visible_until
            for other in group
            if order.index(other.language) < order.index(entry.language)
        ]
        until = [moment for moment in better if moment]
        if not better:
            found.at_once.append(reader)
        elif len(until) == len(better):
            found.later[reader] = max(until)
    return found
