"""Checks of a page before it is submitted: a registry that the page types' apps fill at start-up.

A check takes the page as its author left it and yields findings. An error stops submission; a hint
is advice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError

from site_core.languages.fallback import say


class Level(StrEnum):
    ERROR = "error"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `field` is the page's field or "" for the whole page; `message` is a msgid
    with named placeholders that `values` fill; `str()` says it in the active language."""

    level: Level
    field: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    code: str = ""

    def __str__(self) -> str:
        return say(self.message, **self.values).text

    @property
    def is_error(self) -> bool:
        return self.level == Level.ERROR


Check = Callable[[Any, str], Iterable[Finding]]
"""Takes the page and the tree path it has or, while it is not stored, will lie below."""

CHECKS: dict[str, Check] = {}


def quality_check(name: str) -> Callable[[Check], Check]:
    """Decorator that registers a check; a name used twice is a programming error."""

    def register(check: Check) -> Check:
        if CHECKS.get(name, check) is not check:
            raise ImproperlyConfigured(f"The quality check {name!r} is registered already.")
        CHECKS[name] = check
        return check

    return register


def check_page(page: Any, *, parent: Any = None) -> list[Finding]:
    """What all checks find in a page's fields as they are on the instance, errors first.

    `parent` is the page above one that is not stored yet.
    """
    path = page.path or (parent.path if parent is not None else "")
    findings = [finding for check in CHECKS.values() for finding in check(page, path)]
    return sorted(findings, key=lambda finding: not finding.is_error)


def require_quality(page: Any) -> None:
    """Raise ValidationError with every error found, by field, as forms take it."""
    faults: dict[str, list[ValidationError]] = {}
    for finding in check_page(page):
        if finding.is_error:
            fault = ValidationError(str(finding), code=finding.code or "quality")
            faults.setdefault(finding.field or "__all__", []).append(fault)
    if faults:
        raise ValidationError(faults)
