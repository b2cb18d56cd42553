"""Organisations as entries know them: their names, and what a change of one does to its entries."""

from collections.abc import Collection
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from search.models import Entry
from site_core.organisations.branches import branch_pages
from site_core.organisations.models import Organisation
from site_core.organisations.signals import organisation_changed
from site_core.pages.projection import projector

KEEP_SECONDS = 60
"""How long a process may offer an organisation under the name it had."""

_kept: dict[str, tuple[float, str]] = {}


@receiver(organisation_changed)
def project_branches(sender: Any, organisation: Organisation, **kwargs: Any) -> None:
    """Project every branch of an organisation that is renamed, suspended or restored, inside the
    action's transaction."""
    for branch in branch_pages().filter(organisation=organisation):
        projector().project_subtree(branch)


@receiver(organisation_changed)
def forget_names(sender: Any, **kwargs: Any) -> None:
    """Read names anew once the action's transaction is over; other processes follow in
    `KEEP_SECONDS`."""
    transaction.on_commit(_kept.clear)


def organisation_names(codes: Collection[str]) -> dict[str, str]:
    """Names by the key of the organisation's page, as its own entry bears them; no strangers.

    They are kept in the process. One query for those that are not, two where the page of one is
    not public: then any of its entries tells, which is slow among many.
    """
    now = monotonic()
    kept = {code: _kept[code] for code in codes if code in _kept}
    known = {code: name for code, (read_at, name) in kept.items() if now - read_at < KEEP_SECONDS}
    read = _read(set(filter(None, map(_uuid, set(codes) - known.keys()))))
    _kept.update({code: (now, name) for code, name in read.items()})
    return known | read


def _read(keys: set[UUID]) -> dict[str, str]:
    if not keys:
        return {}
    public = Entry.objects.filter(is_public=True)
    own = public.filter(kind="organisation", key__in=keys)
    names = dict(own.values_list("key", "organisation_name"))
    if left := keys - names.keys():
        others = public.filter(organisation_key__in=left)
        names |= dict(others.values_list("organisation_key", "organisation_name").distinct())
    return {str(key): name for key, name in names.items()}


def _uuid(code: str) -> UUID | None:
    try:
        return UUID(code)
    except ValueError:
        return None
