"""Which organisations an application may be another word for.

The public is told only of organisations that it can read about anyway; a moderator of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from search.models import Entry
from site_core.organisations.models import Organisation

from .models import Application
from .similar import similar


@dataclass(frozen=True, slots=True)
class Likeness:
    """An organisation that may be the one that applies; `path` leads to its public page."""

    name: str
    path: str = ""
    organisation: Organisation | None = None
    same_id: bool = False


def public_likenesses(name: str, now: datetime | None = None) -> list[Likeness]:
    """Organisations with a public page and a name like this one: one query, one more if any."""
    entries = Entry.objects.public(now or timezone.now()).filter(kind="organisation")
    names = entries.order_by("pk").values_list("organisation_id", "title")
    found = dict.fromkeys(similar(name, ((pk, title) for pk, title in names if pk)))
    shown: dict[int, Entry] = {}
    for entry in entries.filter(organisation_id__in=list(found)).order_by("pk"):
        if entry.organisation_id not in shown or entry.language == get_language():
            shown[entry.organisation_id] = entry
    return [Likeness(shown[pk].title, shown[pk].path) for pk in found]


def likenesses(applications: Iterable[Application]) -> dict[int, list[Likeness]]:
    """For each application the organisations of the same id or a like name, for a moderator.

    One query for any number of applications. What an approval has made is no likeness of it.
    """
    organisations = {row.pk: row for row in Organisation.objects.order_by("pk")}
    names = [(pk, row.name) for pk, row in organisations.items()]
    by_id = {row.business_id: pk for pk, row in organisations.items() if row.business_id}
    found = {}
    for application in applications:
        same = by_id.get(application.business_id)
        keys = [same] if same else []
        keys += [pk for pk in similar(application.name, names) if pk != same]
        found[application.pk] = [
            Likeness(organisations[pk].name, organisation=organisations[pk], same_id=pk == same)
            for pk in keys
            if pk != application.organisation_id
        ]
    return found
