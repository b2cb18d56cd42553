"""The entry kinds of services and organisations, with what their pages show beside the entry."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from search.entries.kinds import EntryKind, register_kind
from search.models import Entry
from site_core.pages.jsonld import absolute, postal_place, schema_of

SERVICE_TEMPLATE = "services/service.html"


def offered_by(entry: Entry, language: str, now: datetime, request: HttpRequest) -> dict[str, Any]:
    """Everything an organisation offers, in the version that fits the reader: one query."""
    entries = (
        Entry.objects.public(now)
        .listed()
        .shown_in(language, now)
        .filter(organisation_id=entry.organisation_id)
        .exclude(kind="organisation")
        .order_by("kind", "sort_key")
    )
    return {"offered": list(entries)}


def service_schema(entry: Entry, url: str) -> dict[str, Any]:
    """A service as schema.org has it; an event or activity with its next time is an Event."""
    if entry.kind in {"event", "activity"} and entry.starts_at:
        return schema_of(
            "Event",
            entry,
            url,
            startDate=entry.starts_at.isoformat(),
            organizer={"@type": "Organization", "name": entry.organisation_name},
            **postal_place(entry),
        )
    return schema_of(
        "Service",
        entry,
        url,
        provider={"@type": "Organization", "name": entry.organisation_name},
        availableChannel=[
            {"@type": "ServiceChannel", "serviceUrl": channel["href"]}
            for channel in entry.channels
            if (channel.get("href") or "").startswith("https:")
        ],
        isAccessibleForFree=entry.facts.get("price") == "free",
    )


def organisation_schema(entry: Entry, url: str) -> dict[str, Any]:
    """An organisation as schema.org has it."""
    return schema_of("Organization", entry, url, sameAs=absolute(entry.facts.get("website")))


for code, name, plural in (
    ("service", gettext_noop("Service"), gettext_noop("Services")),
    ("activity", gettext_noop("Recurring activity"), gettext_noop("Recurring activities")),
    ("event", gettext_noop("Event"), gettext_noop("Events")),
    ("volunteer", gettext_noop("Volunteer task"), gettext_noop("Volunteer tasks")),
):
    register_kind(EntryKind(code, name, plural, SERVICE_TEMPLATE, schema=service_schema))

register_kind(
    EntryKind(
        "organisation",
        gettext_noop("Organisation"),
        gettext_noop("Organisations"),
        "services/organisation.html",
        context=offered_by,
        schema=organisation_schema,
    )
)
