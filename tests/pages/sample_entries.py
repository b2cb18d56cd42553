"""Stand-ins for published entries: the attributes that cards and detail pages read, no database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

KEY = UUID("11111111-1111-4111-8111-111111111111")
MONDAY = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
"""Monday 23.11.2026, 14.05 in Helsinki."""

OFFICE_HOURS = {"weekly": {day: [["09:00", "16:00"]] for day in ("mon", "tue", "wed")}}
TUESDAYS = {"weekly": {"tue": [["09:00", "12:00"]]}}


def channel(kind: str, value: str = "", href: str | None = None, **given: Any) -> dict[str, Any]:
    """A channel as the entry keeps it; texts given as plain strings are Finnish."""
    texts = {
        name: [given.pop(name), "fi"] if name in given else None
        for name in ("label", "note", "cost", "device")
    }
    return {
        "id": kind,
        "kind": kind,
        "value": value,
        "href": href,
        "hours": None,
        "languages": [],
        "anonymous": False,
        "sign_in": "none",
        **texts,
        **given,
    }


def sample_entry(*channels: dict[str, Any], **given: Any) -> Any:
    """A Finnish service with the given channels; keyword arguments replace its attributes."""
    language = given.get("language", "fi")
    attributes = {
        "key": KEY,
        "language": language,
        "kind": "service",
        "path": f"/{language}/palvelu/",
        "texts": {
            "title": ["Neuvontapuhelin", language],
            "summary": ["Saat neuvoja puhelimessa.", language],
            "body": ["<p>Kerro omin sanoin.</p>", language],
        },
        "organisation_name": "Esimerkki ry",
        "organisation_key": KEY,
        "coverage": "all_lapland",
        "channels": list(channels),
        "facts": {"price": "free"},
        "picture": None,
        "starts_at": None,
        "last_confirmed": date(2026, 11, 3),
        "published_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
    }
    return SimpleNamespace(**{**attributes, **given})
