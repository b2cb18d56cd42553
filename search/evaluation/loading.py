"""Documents as published entries: the rows that the projector would write for pages like them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction

from search.analysis.normalise import fold
from search.engines import index_entry
from search.entries.building import VISITED, WIDE_COVERAGE
from search.entries.kinds import listed_kinds
from search.models import Entry, EntryFacet
from site_core.languages.sorting import sort_key
from site_core.pages.cards import VERBS
from site_core.taxonomy.labels import labels_for

from .judged import Document

SUMMARY_LENGTH = 150
"""What a page's summary holds; a first sentence that is longer is part of the description."""

_NAMESPACE = uuid.UUID("6d0e4b5c-8a4e-4c51-9b0a-0d7f0a6f3f11")


def load(documents: Iterable[Document]) -> tuple[dict[int, Document], list[str]]:
    """Write and index entries in the database at hand; which is which, and what was passed over.

    The vocabularies must be there. An unknown kind becomes a service, an unknown coverage follows
    from the municipalities; unknown municipalities and channels are left out.
    """
    loaded: dict[int, Document] = {}
    remarks: list[str] = []
    with transaction.atomic():
        for document in documents:
            entry = _entry(document, remarks)
            index_entry(entry)
            loaded[entry.pk] = document
    return loaded, remarks


def municipality_code(name: str) -> str:
    """The code of a municipality by its code or its name in any language, "" for a stranger."""
    labels = labels_for("Municipality")
    if name.isdigit():
        return name.zfill(3) if name.zfill(3) in labels else ""
    wanted = fold(name)
    found = (code for code, names in labels.items() if wanted in map(fold, names.values()))
    return next(found, "")


def newest_day(documents: Iterable[Document]) -> datetime | None:
    """The end of the day the newest document was updated, None where no document tells."""
    days = [document.updated for document in documents if document.updated]
    return datetime.combine(max(days), time.max, UTC) if days else None


def _entry(document: Document, remarks: list[str]) -> Entry:
    codes = _municipalities(document, remarks)
    kinds = _channels(document, remarks)
    coverage = document.coverage
    if coverage not in Entry.Coverage.values:
        coverage = Entry.Coverage.MUNICIPAL if codes else Entry.Coverage.ALL_LAPLAND
    values = _values(document, coverage, codes, kinds)
    entry = Entry.objects.create(**values)
    facets = {
        "municipality": labels_for("Municipality") if coverage in WIDE_COVERAGE else codes,
        "place": codes if VISITED.intersection(kinds) else (),
        "channel": kinds,
        "coverage": [coverage],
        "kind": [values["kind"]],
        "audience": [values["audience"]],
        "organisation": [str(values["organisation_key"] or "")],
    }
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, facet=facet, code=code)
        for facet, codes in facets.items()
        for code in dict.fromkeys(codes)
        if code
    )
    return entry


def _values(
    document: Document, coverage: str, codes: list[str], kinds: list[str]
) -> dict[str, Any]:
    summary, body = _summary_and_body(document.text)
    texts = {"title": document.title, "summary": summary, "body": body}
    moment = datetime.combine(document.updated, time.min, UTC) if document.updated else None
    organisation = document.organisation[:255]
    return {
        "key": uuid.uuid5(_NAMESPACE, document.group),
        "language": document.locale,
        "kind": document.kind if document.kind in listed_kinds() else _OTHER_KIND,
        "path": f"/{document.locale}/{uuid.uuid5(_NAMESPACE, document.id)}/",
        "is_public": True,
        "was_public": True,
        "title": document.title[:255],
        "sort_key": sort_key(document.title[:255], document.locale),
        "texts": {name: [text, document.locale] for name, text in texts.items() if text},
        "organisation_name": organisation,
        "organisation_key": uuid.uuid5(_NAMESPACE, organisation) if organisation else None,
        "audience": Entry.Audience.RESIDENTS,
        "coverage": coverage,
        "channels": [{"kind": kind} for kind in kinds],
        "facts": {"municipalities": [] if coverage in WIDE_COVERAGE else codes},
        "last_confirmed": document.updated,
        "published_at": moment,
        "updated_at": moment,
    }


_OTHER_KIND = "service"


def _summary_and_body(text: str) -> tuple[str, str]:
    """A first sentence short enough for a page's summary, and the rest, its description."""
    first, _, rest = re.sub(r"\s+", " ", text).partition(". ")
    if not rest:
        return (first, "") if len(first) <= SUMMARY_LENGTH else ("", first)
    return (first + ".", rest) if len(first) < SUMMARY_LENGTH else ("", f"{first}. {rest}")


def _municipalities(document: Document, remarks: list[str]) -> list[str]:
    codes = {name: municipality_code(name) for name in document.municipalities}
    remarks += [
        f"{document.id}: no municipality of Lapland is called {name!r}"
        for name, code in codes.items()
        if not code
    ]
    return [code for code in codes.values() if code]


def _channels(document: Document, remarks: list[str]) -> list[str]:
    known = labels_for("Channel").keys() & VERBS.keys()
    remarks += [
        f"{document.id}: there is no channel {kind!r}"
        for kind in document.channels
        if kind not in known
    ]
    return [kind for kind in dict.fromkeys(document.channels) if kind in known]
