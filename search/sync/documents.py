"""Rows of `Entry` as documents of the engine (`search.engines.elasticsearch.mapping`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any

from search.analysis.terms import roots_of, with_lesser
from search.engines import database_engine
from search.engines.documents import analysis_name
from search.engines.elasticsearch.mapping import MAPPINGS, facet_code
from search.entries.versions import public_groups, readers
from search.models import Entry, EntryFacet
from search.urlstate import FACETS


@dataclass(frozen=True, slots=True)
class Document:
    """One entry as the engine stores it, and the version that it is at least of."""

    entry_id: int
    version: int
    body: dict[str, Any]


def build_documents(entry_ids: Collection[int]) -> list[Document]:
    """The documents of entries, each with what the other versions of its page lend it.

    Four queries for any number. The versions are read before everything else: what is written
    meanwhile has a higher one, and waits. Rows that are not there give nothing.
    """
    rows = list(Entry.objects.filter(pk__in=entry_ids).values_list("pk", "version", "key"))
    versions = {pk: version for pk, version, _ in rows}
    groups = public_groups({key for _, _, key in rows})
    public = [entry for group in groups.values() for entry in group]
    terms = database_engine().terms_of([entry.pk for entry in public])
    facets = _facets([entry.pk for entry in public if entry.pk in versions])
    bodies = {pk: {"version": version, "gone": True} for pk, version in versions.items()}
    for group in groups.values():
        found_by = set(chain.from_iterable(terms.get(entry.pk, ()) for entry in group))
        words = {"terms": " ".join(with_lesser(found_by)), "roots": " ".join(roots_of(found_by))}
        for entry in group:
            if entry.pk in versions:
                shown = readers(entry, group)
                bodies[entry.pk] = {
                    **_own(entry, versions[entry.pk]),
                    "shown_for": shown.at_once,
                    "shown_later": shown.later,
                    **facets[entry.pk],
                    **words,
                }
    return [Document(pk, versions[pk], body) for pk, body in bodies.items()]


def _facets(entry_ids: Collection[int]) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {pk: {} for pk in entry_ids}
    rows = EntryFacet.objects.filter(entry__in=entry_ids).order_by("facet", "code")
    for pk, facet, code in rows.values_list("entry_id", "facet", "code"):
        if (field := f"facet_{facet}") in MAPPINGS["properties"]:
            found[pk].setdefault(field, []).append(code)
        if facet in FACETS:
            found[pk].setdefault("facets", []).append(facet_code(facet, code))
    return found


def _own(entry: Entry, version: int) -> dict[str, Any]:
    """What an entry says itself; an empty field is left out."""
    values = {
        "entry_id": entry.pk,
        "key": str(entry.key),
        "kind": entry.kind,
        "audience": entry.audience,
        "coverage": entry.coverage,
        "language": entry.language,
        "sort_key": entry.sort_key,
        "starts_at": entry.starts_at,
        "published_at": entry.published_at,
        "visible_until": entry.visible_until,
        "confirmed": entry.confirmed,
        "analysis": analysis_name(),
        "version": version,
    }
    return {name: value for name, value in values.items() if value is not None}
