"""The entry kinds of services and organisations, with what their pages show beside the entry."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from search.entries.kinds import KINDS, EntryKind, register_kind
from search.models import Entry
from services.points import point_context, point_schema
from site_core.languages.fallback import Phrase, say
from site_core.pages.jsonld import absolute, postal_place, schema_of

SERVICE_TEMPLATE = "services/service.html"
FREE: Final = {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}


@dataclass(frozen=True, slots=True)
class Offer:
    """All entries of one kind that an organisation offers."""

    name: Phrase
    entries: list[Entry]


def offered_by(entry: Entry, language: str, now: datetime, request: HttpRequest) -> dict[str, Any]:
    """Everything an organisation offers by kind, in the version that fits the reader: one query.

    `offered` holds an Offer for each kind that has entries, in the order of the kinds.
    """
    entries = (
        Entry.objects.public(now)
        .listed()
        .shown_in(language, now)
        .filter(organisation_id=entry.organisation_id)
        .exclude(kind="organisation")
        .order_by("kind", "sort_key")
    )
    order = list(KINDS)
    groups = [(kind, list(found)) for kind, found in groupby(entries, lambda each: each.kind)]
    groups.sort(key=lambda group: order.index(group[0]))
    return {"offered": [Offer(say(KINDS[kind].plural), found) for kind, found in groups]}


def service_schema(entry: Entry, url: str) -> dict[str, Any]:
    """A service as schema.org has it, an authority's as a GovernmentService; an event or activity
    with its next time is an Event."""
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
        "GovernmentService" if entry.facts.get("by_authority") else "Service",
        entry,
        url,
        provider={"@type": "Organization", "name": entry.organisation_name},
        availableChannel=[
            _channel_schema(channel)
            for channel in entry.channels
            if (channel.get("href") or "").startswith("https:")
        ],
        offers=FREE if entry.facts.get("price") == "free" else None,
    )


def _channel_schema(channel: dict[str, Any]) -> dict[str, Any]:
    languages = [given["code"] for given in channel.get("languages", ())]
    spoken = [code for code in languages if code != "interpreter"]
    return {
        "@type": "ServiceChannel",
        "serviceUrl": channel["href"],
        **({"availableLanguage": spoken} if spoken else {}),
    }


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

register_kind(
    EntryKind(
        "service_point",
        gettext_noop("Service point"),
        gettext_noop("Service points"),
        "services/service_point.html",
        context=point_context,
        schema=point_schema,
    )
)
