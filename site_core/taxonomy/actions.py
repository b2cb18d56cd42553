"""Changes of the vocabularies that are not a plain edit of one term."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from site_core.taxonomy import labels
from site_core.taxonomy.models import Concept
from site_core.taxonomy.vocabulary_files import DIRECTORY, Term, read_vocabularies

MOST_RETIRED = 3
MOST_RETIRED_SHARE = 0.10


class MassRetirementError(Exception):
    """The files would take more terms out of use than an oversight should be able to."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a load did, or would do, to one field of one term; ``field`` is "" for a new term."""

    model: type[Concept]
    code: str
    field: str = ""
    before: Any = None
    after: Any = None

    @property
    def retires(self) -> bool:
        """Whether the term goes out of use."""
        return self.field == "is_active" and self.after is False

    def __str__(self) -> str:
        name = f"{self.model._meta.model_name} {self.code}"
        if not self.field:
            return f"{name}: new"
        return f"{name}: {self.field}: {self.before!r} -> {self.after!r}"


def load_taxonomy(
    source: Path = DIRECTORY, *, dry_run: bool = False, by=None, force: bool = False
) -> list[Change]:
    """Bring the vocabularies in line with the data files of a directory, and say what changed.

    Rows are matched by code. A value is taken from the file only while the row still holds what
    the last load gave it, so that what editors changed survives; terms that editors added are left
    alone. A term gone from the file goes out of use and is never deleted, since published entries
    may name it. All or nothing happens; with ``dry_run`` nothing does.

    ``by`` is the person responsible, who must have the right to change every vocabulary; None
    stands for the operator of the server. Raises VocabularyFileError, PermissionDenied, and,
    unless ``force`` is given, MassRetirementError when more than 3 terms, or over 10 % of one
    vocabulary, would go out of use.
    """
    vocabularies = read_vocabularies(Path(source))
    if by is not None:
        _require_rights(by, vocabularies)
    with transaction.atomic():
        plans = {model: _plan(model, terms) for model, terms in vocabularies.items()}
        if not force:
            _refuse_mass_retirement(plans)
        if not dry_run:
            for plan in plans.values():
                _write(plan, by)
    labels.forget()
    return [change for plan in plans.values() for step in plan for change in step.changes]


@dataclass(frozen=True, slots=True)
class Step:
    """A row as it should become, what that changes for people, and whether it must be saved."""

    row: Concept
    changes: list[Change]
    must_save: bool = True


Plan = list[Step]


def _require_rights(user, models: Iterable[type[Concept]]) -> None:
    for model in models:
        if not user.has_perm(f"taxonomy.change_{model._meta.model_name}"):
            raise PermissionDenied


def _plan(model: type[Concept], terms: list[Term]) -> Plan:
    """Every row of one vocabulary that the files know or once knew, as it should become."""
    rows = {row.code: row for row in model.objects.select_for_update()}
    plan = [
        _merge(rows.pop(term.code), term) if term.code in rows else _new(model, term)
        for term in terms
    ]
    return plan + [_retire(row) for row in rows.values() if row.loaded]


def _new(model: type[Concept], term: Term) -> Step:
    row = model(code=term.code, labels=term.labels, label_sources=term.label_sources, **term.values)
    row.loaded = _snapshot(term)
    return Step(row, [Change(model, term.code)])


def _merge(row: Concept, term: Term) -> Step:
    """Take from the term what no editor has touched since the last load."""
    before = deepcopy((row.labels, row.label_sources, row.loaded))
    changes = [*_merge_labels(row, term), *_merge_values(row, term)]
    row.loaded = _snapshot(term)
    after = (row.labels, row.label_sources, row.loaded)
    return Step(row, changes, must_save=bool(changes) or before != after)


def _merge_labels(row: Concept, term: Term) -> list[Change]:
    changes = []
    loaded = row.loaded.get("labels", {})
    for language in dict.fromkeys([*loaded, *term.labels]):
        current, wanted = row.labels.get(language), term.labels.get(language)
        if current != loaded.get(language) and current != wanted:
            continue
        _set(row.labels, language, wanted)
        _set(row.label_sources, language, term.label_sources.get(language))
        if current != wanted:
            changes.append(_change(row, f"label in {language}", current, wanted))
    return changes


def _merge_values(row: Concept, term: Term) -> list[Change]:
    """A field that no load has set before, on a row that came from a file, is the file's too."""
    changes = []
    loaded = row.loaded.get("values")
    for name, wanted in term.values.items() if loaded else ():
        current = getattr(row, name)
        if current == loaded.get(name, current) and current != wanted:
            setattr(row, name, wanted)
            changes.append(_change(row, name, current, wanted))
    return changes


def _retire(row: Concept) -> Step:
    """Take a term that left the files out of use, so that later files can bring it back."""
    was_active, row.is_active = row.is_active, False
    loaded = row.loaded["values"] | {"is_active": False}
    must_save = was_active or loaded != row.loaded["values"]
    row.loaded = row.loaded | {"values": loaded}
    changes = [_change(row, "is_active", True, False)] if was_active else []
    return Step(row, changes, must_save)


def _change(row: Concept, field: str, before: Any, after: Any) -> Change:
    return Change(type(row), row.code, field, before, after)


def _snapshot(term: Term) -> dict[str, Any]:
    return {"labels": term.labels, "values": term.values}


def _set(target: dict, key: str, value: Any) -> None:
    if value is None:
        target.pop(key, None)
    else:
        target[key] = value


def _refuse_mass_retirement(plans: dict[type[Concept], Plan]) -> None:
    retired: list[str] = []
    for model, plan in plans.items():
        existing = sum(step.row.pk is not None for step in plan)
        codes = [change.code for step in plan for change in step.changes if change.retires]
        if len(codes) > MOST_RETIRED_SHARE * existing:
            raise MassRetirementError(
                f"{len(codes)} of {existing} terms of “{model._meta.model_name}” "
                f"would go out of use: {', '.join(codes)}."
            )
        retired += codes
    if len(retired) > MOST_RETIRED:
        raise MassRetirementError(
            f"{len(retired)} terms would go out of use: {', '.join(retired)}."
        )


def _write(plan: Plan, by) -> None:
    """Save what differs; the history in the admin tells who did it and which fields changed."""
    for step in plan:
        if not step.must_save:
            continue
        action = "wagtail.edit" if step.row.pk else "wagtail.create"
        step.row.save()
        if step.changes:
            fields = [change.field for change in step.changes if change.field]
            log(step.row, action, user=by, data={"fields": fields})
