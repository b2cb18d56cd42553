"""Entries for the style page: every state that cards and pages must bear, and no database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

KEY = UUID("11111111-1111-4111-8111-111111111111")
NOW = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
"""Monday 23.11.2026, 14.05 in Helsinki: offices are open."""

OPEN = {"weekly": {"mon": [["09:00", "16:00"]], "tue": [["09:00", "16:00"]]}}
SHUT = {"weekly": {"tue": [["09:00", "12:00"]]}}
LONG = "Erityisasiantuntijajärjestelmäkehittämistoimintayhteenliittymä"


def channel(kind: str, value: str = "", href: str | None = None, **given: Any) -> dict[str, Any]:
    """A channel as the entry keeps it; texts given as plain strings are Finnish."""
    texts = {
        name: [given.pop(name), "fi"] if name in given else None
        for name in ("label", "note", "cost", "device")
    }
    plain: dict[str, Any] = {"hours": None, "languages": [], "anonymous": False, "sign_in": "none"}
    return {"id": kind, "kind": kind, "value": value, "href": href, **plain, **texts, **given}


def entry(title: str, *channels: dict[str, Any], summary: str = "", **given: Any) -> Any:
    """A Finnish service with the given channels; keyword arguments replace its attributes."""
    attributes = {
        "key": KEY,
        "language": "fi",
        "kind": "service",
        "path": "/fi/palvelu/",
        "texts": {"title": [title, "fi"], "summary": [summary or "Saat neuvoja.", "fi"]},
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


def samples() -> list[tuple[str, Any]]:
    """Pairs of a state's name and an entry that shows it."""
    number, call = "+358 000 0012", "tel:+3580000012"
    form = channel("web_form", href="https://example.org/lomake", sign_in="strong")
    video = channel("video", href="https://example.org/", device="Tarvitset laitteen.", hours=SHUT)
    place = channel("in_person", "Esimerkkitie 1, 99980 Utsjoki", hours=OPEN)
    everything = [channel("phone", number, call, hours=OPEN, anonymous=True), video, form, place]
    return [
        ("open", entry("Neuvontapuhelin", channel("phone", number, call, hours=OPEN))),
        ("shut", entry("Iltapuhelin", channel("phone", number, call, hours=SHUT))),
        ("no hours", entry("Lomake", form)),
        ("a place to go to", entry("Vastaanotto", place)),
        ("no channel", entry("Opas")),
        ("every channel", entry("Kaikki keinot", *everything)),
        ("long words", entry(LONG, form, summary=f"{LONG} {LONG}", organisation_name=LONG)),
        ("another language", entry("Rådgivning", form, language="sv", path="/sv/radgivning/")),
    ]
