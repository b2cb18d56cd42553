"""Keeps `ListedEntry`: what lists find, count and order by, one row for each public entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from search.models import Code, EntryFacet, ListedEntry
from search.urlstate import FACETS

from .versions import public_groups, readers

PLACE = "place"
"""The facet that is not counted but tells near from far."""


def renew_listed(keys: Collection[UUID]) -> None:
    """Write the rows of translation groups, in the transaction of the caller, who holds them.

    Five queries for any number, one more where a code is new.
    """
    rows = _rows(keys)
    columns = [column.name for column in ListedEntry._meta.fields if not column.primary_key]
    ListedEntry.objects.filter(entry__key__in=keys).exclude(pk__in=rows).delete()
    ListedEntry.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["entry"], update_fields=columns
    )


def number_codes(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The number of each code of a facet; what had none is given one.

    Whoever else publishes something with a new code waits until this transaction ends, so that
    `setup_portal` numbers all that vocabularies hold.
    """
    known = Code.objects.filter(code__in={code for _, code in pairs})

    def read() -> dict[tuple[str, str], int]:
        return {(facet, code): pk for pk, facet, code in known.values_list("pk", "facet", "code")}

    numbers = read()
    if new := sorted(set(pairs) - numbers.keys()):
        made = (Code(facet=facet, code=code) for facet, code in new)
        Code.objects.bulk_create(made, ignore_conflicts=True)
        numbers = read()
    return numbers


def entries_astray(keys: Collection[UUID]) -> set[int]:
    """Entries of translation groups whose rows are not what they should be. Four queries."""
    wanted = {pk: _values(row) for pk, row in _rows(keys).items()}
    stored = ListedEntry.objects.filter(entry__key__in=keys)
    there = {row.pk: _values(row) for row in stored}
    return {pk for pk in wanted.keys() | there.keys() if wanted.get(pk) != there.get(pk)}


def _values(row: ListedEntry) -> dict[str, object]:
    return {column.attname: getattr(row, column.attname) for column in row._meta.fields}


def _rows(keys: Collection[UUID]) -> dict[int, ListedEntry]:
    """Rows as they should be, by entry."""
    groups = public_groups(keys)
    counted, places = _codes([entry.pk for group in groups.values() for entry in group])
    rows = {}
    for group in groups.values():
        for entry in group:
            shown = readers(entry, group)
            rows[entry.pk] = ListedEntry(
                entry_id=entry.pk,
                key=entry.key,
                shown_for="".join(f" {reader} " for reader in shown.at_once),
                shown_later={reader: at.timestamp() for reader, at in shown.later.items()} or None,
                audience=entry.audience,
                coverage=entry.coverage,
                visible_until=entry.visible_until,
                confirmed=entry.confirmed,
                starts_at=entry.starts_at,
                published_at=entry.published_at,
                sort_key=entry.sort_key,
                codes=counted[entry.pk],
                places=places.get(entry.pk),
            )
    return rows


_Numbered = defaultdict[int, list[int]]


def _codes(entry_ids: Collection[int]) -> tuple[_Numbered, _Numbered]:
    """The numbers of the codes each entry is counted by, and of its places, in order."""
    filed = EntryFacet.objects.filter(entry__in=entry_ids, facet__in=[*FACETS, PLACE])
    rows = list(filed.values_list("entry_id", "facet", "code"))
    numbers = number_codes({(facet, code) for _, facet, code in rows})
    counted, places = _Numbered(list), _Numbered(list)
    for pk, facet, code in sorted(rows, key=lambda row: numbers[row[1:]]):
        (places if facet == PLACE else counted)[pk].append(numbers[facet, code])
    return counted, places
