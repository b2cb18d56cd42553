"""The data files of the vocabularies, read and checked before anything is written.

A directory holds one JSON file per vocabulary: ``{"about": str, "concepts": [...]}``. A concept
has ``code``, ``labels`` (language to ``{"text", "source", "verified"}``; Finnish and Swedish must
be there), optionally ``national_codes``, ``position`` and ``is_active``, and the fields of its own
model. Its place in the file gives its position where none is written.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from site_core.languages.registry import LANGUAGES
from site_core.taxonomy.models import (
    Channel,
    Concept,
    LifeSituation,
    Municipality,
    ServiceLanguage,
    TargetGroup,
    Theme,
)

DIRECTORY = Path(__file__).parent / "data"

FILES: dict[str, type[Concept]] = {
    "municipalities.json": Municipality,
    "life_situations.json": LifeSituation,
    "target_groups.json": TargetGroup,
    "themes.json": Theme,
    "channels.json": Channel,
    "service_languages.json": ServiceLanguage,
}

REQUIRED_LANGUAGES = ("fi", "sv")
POSITION_STEP = 10
BOOKKEEPING = {"id", "code", "labels", "label_sources", "loaded"}


class VocabularyFileError(Exception):
    """A data file cannot be used; the message is one line naming file, concept and fault."""


@dataclass(frozen=True, slots=True)
class Term:
    """One concept as a file gives it: ``values`` holds its fields except code and labels."""

    code: str
    labels: dict[str, str]
    label_sources: dict[str, dict[str, Any]]
    values: dict[str, Any]


def read_vocabularies(directory: Path) -> dict[type[Concept], list[Term]]:
    """All six vocabularies of a directory, checked. Raises VocabularyFileError."""
    return {model: _read(directory / name, model) for name, model in FILES.items()}


def value_fields(model: type[Concept]) -> list[str]:
    """Names of the fields a file may give besides code and labels."""
    return [field.name for field in model._meta.fields if field.name not in BOOKKEEPING]


def _read(path: Path, model: type[Concept]) -> list[Term]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise VocabularyFileError(f"{path.name}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise VocabularyFileError(f"{path.name}: is not JSON ({error}).") from error
    concepts = content.get("concepts") if isinstance(content, dict) else None
    if not isinstance(concepts, list) or not concepts:
        raise VocabularyFileError(f"{path.name}: holds no list “concepts”.")
    terms = []
    for place, concept in enumerate(concepts, start=1):
        try:
            terms.append(_term(concept, place, model))
        except ValueError as error:
            raise VocabularyFileError(f"{path.name}: concept {place}: {error}") from error
    codes = [term.code for term in terms]
    for code in codes:
        if codes.count(code) > 1:
            raise VocabularyFileError(f"{path.name}: the code “{code}” stands twice.")
    _check_neighbours(path, terms)
    return terms


def _term(concept: Any, place: int, model: type[Concept]) -> Term:
    if not isinstance(concept, dict) or not isinstance(concept.get("code"), str):
        raise ValueError("has no code.")
    rest = dict(concept)
    code, raw_labels = rest.pop("code"), rest.pop("labels", None)
    if unknown := sorted(set(rest) - set(value_fields(model))):
        raise ValueError(f"“{code}” has an unknown field “{unknown[0]}”.")
    values = {"position": place * POSITION_STEP, "is_active": True, "national_codes": {}} | rest
    labels, sources = _labels(code, raw_labels)
    _check_values(model(code=code, labels=labels, label_sources=sources, **values))
    return Term(code, labels, sources, values)


def _labels(code: str, raw: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    labels: dict[str, str] = {}
    sources: dict[str, dict[str, Any]] = {}
    for language, label in raw.items() if isinstance(raw, dict) else ():
        if language not in LANGUAGES:
            raise ValueError(f"“{code}” has a label in the unknown language “{language}”.")
        if not isinstance(label, dict) or not _is_text(label.get("text")):
            raise ValueError(f"“{code}” has an empty label in “{language}”.")
        if not _is_text(label.get("source")) or not isinstance(label.get("verified"), bool):
            raise ValueError(f"“{code}” lacks source or verified in its label in “{language}”.")
        labels[language] = label["text"]
        sources[language] = {"source": label["source"], "verified": label["verified"]}
    for language in REQUIRED_LANGUAGES:
        if language not in labels:
            raise ValueError(f"“{code}” has no label in “{language}”.")
    return labels, sources


def _check_values(concept: Concept) -> None:
    try:
        concept.clean_fields()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise ValueError(f"“{concept.code}”, {field}: {messages[0]}") from error
    for field, fault in _json_faults(concept):
        raise ValueError(f"“{concept.code}”, {field}: {fault}.")


def _json_faults(concept: Concept) -> Iterator[tuple[str, str]]:
    """What Django does not check: the shape of the JSON fields."""
    codes = concept.national_codes
    if not isinstance(codes, dict) or not all(_is_list_of_text(item) for item in codes.values()):
        yield "national_codes", "is not lists of codes by the name of the national list"
    if isinstance(concept, Municipality):
        for field in ("postal_codes", "neighbours"):
            if not _is_list_of_text(getattr(concept, field)):
                yield field, "is not a list of codes"
        if not isinstance(concept.subregion_labels, Mapping):
            yield "subregion_labels", "is not names by language"


def _check_neighbours(path: Path, terms: list[Term]) -> None:
    """Neighbours must exist, and the relation must hold both ways."""
    near = {term.code: term.values.get("neighbours", ()) for term in terms}
    for code, neighbours in near.items():
        for other in neighbours:
            if code not in near.get(other, ()):
                raise VocabularyFileError(
                    f"{path.name}: “{other}” is a neighbour of “{code}” but not the other way."
                )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)
