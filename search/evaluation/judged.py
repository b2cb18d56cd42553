"""Reading a file of documents and judged queries; nothing in it is believed. Pure.

The form: `documents` with `id`, `locale`, `title`, and if they like `text`, `kind`, `organisation`,
`municipalities`, `coverage`, `channels`, `translation_of` (the id of an original) and `updated` (a
day); `queries` with `query`, and if they like `qid`, `ui_locale`, `type`, `municipality` (a filter
she has set) and `relevant` (grade 1 to 3 by translation group, which bears its original's id).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from site_core.languages.registry import DEFAULT, LANGUAGES


class JudgedSetError(Exception):
    """The file cannot be used; the message is one line that says why."""


@dataclass(frozen=True)
class Document:
    """One language version of something to find. `group` is the id of its original."""

    id: str
    group: str
    locale: str
    title: str
    text: str
    kind: str
    organisation: str
    municipalities: tuple[str, ...]
    coverage: str
    channels: tuple[str, ...]
    updated: date | None


@dataclass(frozen=True)
class Query:
    """What somebody types, in which language of the portal, and the groups that would help."""

    qid: str
    ui_locale: str
    query: str
    type: str
    relevant: Mapping[str, int]
    municipality: str


@dataclass(frozen=True)
class JudgedSet:
    """Documents and queries; `remarks` say what in the file was passed over."""

    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    remarks: tuple[str, ...] = ()


def read_judged_set(path: Path) -> JudgedSet:
    """Read and check a file.

    Raises:
        JudgedSetError: it is missing, no JSON, or lacks what nothing works without.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise JudgedSetError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise JudgedSetError(f"{path} is no JSON: {error}.") from error
    try:
        return parse_judged_set(data)
    except JudgedSetError as error:
        raise JudgedSetError(f"{path}: {error}") from error


def parse_judged_set(data: Any) -> JudgedSet:
    """The judged set that decoded JSON describes. Raises JudgedSetError."""
    documents = tuple(_documents(data))
    groups = {document.id: document.group for document in documents}
    remarks: list[str] = []
    queries = tuple(_queries(data, groups, remarks))
    return JudgedSet(documents, queries, tuple(remarks))


def _documents(data: Any) -> Iterator[Document]:
    rows = list(_rows(data, "documents"))
    originals: dict[str, str] = {}
    for place, row in rows:
        name = _text(row, "id") or _lacks(place, "id")
        if name in originals:
            raise JudgedSetError(f"{place} has the id of another, {name!r}.")
        originals[name] = _text(row, "translation_of")
    for place, row in rows:
        locale = _text(row, "locale")
        if locale not in LANGUAGES:
            raise JudgedSetError(f"{place} has the locale {locale!r}, which the portal has not.")
        yield Document(
            id=_text(row, "id"),
            group=_original(_text(row, "id"), originals),
            locale=locale,
            title=_text(row, "title") or _lacks(place, "title"),
            text=_text(row, "text"),
            kind=_text(row, "kind"),
            organisation=_text(row, "organisation"),
            municipalities=_texts(row, "municipalities"),
            coverage=_text(row, "coverage"),
            channels=_texts(row, "channels"),
            updated=_day(_text(row, "updated")),
        )


def _original(name: str, originals: Mapping[str, str]) -> str:
    """Follow translations to what they are made from; a circle ends where it began."""
    seen = [name]
    while (before := originals.get(seen[-1])) and before not in seen:
        seen.append(before)
    return seen[-1]


def _queries(data: Any, groups: Mapping[str, str], remarks: list[str]) -> Iterator[Query]:
    names: set[str] = set()
    for number, (place, row) in enumerate(_rows(data, "queries"), start=1):
        name = _text(row, "qid") or f"q{number}"
        if name in names:
            raise JudgedSetError(f"{place} has the qid of another, {name!r}.")
        names.add(name)
        locale = _text(row, "ui_locale") or DEFAULT
        if locale not in LANGUAGES:
            remarks.append(f"{name}: asked in {DEFAULT}, the portal has no {locale!r}")
            locale = DEFAULT
        yield Query(
            qid=name,
            ui_locale=locale,
            query=_text(row, "query") or _lacks(place, "query"),
            type=_text(row, "type"),
            relevant=_relevant(name, row, groups, remarks),
            municipality=_text(row, "municipality"),
        )


def _relevant(
    name: str, row: Mapping[str, Any], groups: Mapping[str, str], remarks: list[str]
) -> dict[str, int]:
    """The best grade of each group; a document that is not there counts as never found."""
    given = row.get("relevant") or {}
    relevant: dict[str, int] = {}
    for document, grade in given.items() if isinstance(given, dict) else ():
        if not isinstance(grade, int | float) or not 0 <= grade <= 3:
            raise JudgedSetError(f"{name}: the grade {grade!r} of {document!r} is not 0 to 3.")
        if document not in groups:
            remarks.append(f"{name}: there is no document {document!r}, so it cannot be found")
        group = groups.get(document, document)
        if grade:
            relevant[group] = max(int(grade), relevant.get(group, 0))
    return relevant


def _rows(data: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = data.get(name) if isinstance(data, dict) else None
    if not isinstance(rows, list) or not rows:
        raise JudgedSetError(f"there is no list of {name!r}.")
    for number, row in enumerate(rows, start=1):
        place = f"number {number} of {name!r}"
        if not isinstance(row, dict):
            raise JudgedSetError(f"{place} is no object.")
        yield place, row


def _lacks(place: str, field: str) -> str:
    raise JudgedSetError(f"{place} has no {field!r}.")


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def _texts(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(str(each).strip() for each in values)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
