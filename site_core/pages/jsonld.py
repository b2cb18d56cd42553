"""schema.org JSON-LD made from entries. Nothing that has no value is written."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

DAYS: Final = {
    "mon": "https://schema.org/Monday",
    "tue": "https://schema.org/Tuesday",
    "wed": "https://schema.org/Wednesday",
    "thu": "https://schema.org/Thursday",
    "fri": "https://schema.org/Friday",
    "sat": "https://schema.org/Saturday",
    "sun": "https://schema.org/Sunday",
}

IN_A_LANGUAGE: Final = frozenset({"EducationEvent", "Event", "NewsArticle", "WebPage"})
"""Types of ours that schema.org gives a language; a service or an organisation has none."""


def schema_of(kind: str, entry: Any, url: str, **more: Any) -> dict[str, Any]:
    """The properties every kind shares, with `more`; empty values are left out."""
    title, summary = entry.texts.get("title"), entry.texts.get("summary")
    values = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": f"urn:uuid:{entry.key}",
        "url": url,
        "name": title[0] if title else entry.title,
        "description": summary[0] if summary else None,
        "inLanguage": entry.language if kind in IN_A_LANGUAGE else None,
        **more,
    }
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def breadcrumb_list(crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    """Breadcrumbs of (name, absolute URL) as schema.org has them."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(crumbs, start=1)
        ],
    }


def postal_place(entry: Any) -> dict[str, Any]:
    """Where an event is: a place with an address, or online when it is reached by a link."""
    for channel in entry.channels:
        if channel["kind"] == "in_person" and channel.get("value"):
            return {
                "location": {"@type": "Place", "address": channel["value"]},
                "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            }
    for channel in entry.channels:
        if (channel.get("href") or "").startswith("https:"):
            return {
                "location": {"@type": "VirtualLocation", "url": channel["href"]},
                "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            }
    return {}


def absolute(url: str | None) -> str | None:
    """A web address that is complete; anything else is left out of the data."""
    return url if url and url.startswith(("https://", "http://")) else None


def opening_hours(hours: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Hours (`site_core.pages.hours`) as schema.org has them; closed is 00:00 to 00:00."""
    hours = hours or {}
    if hours.get("always"):
        yield _opening("00:00", "23:59", dayOfWeek=list(DAYS.values()))
    else:
        together: dict[tuple[str, str], list[str]] = {}
        for code, name in DAYS.items():
            for start, end in hours.get("weekly", {}).get(code, ()):
                together.setdefault((start, end), []).append(name)
        for (start, end), days in together.items():
            yield _opening(start, end, dayOfWeek=days)
    for exception in hours.get("exceptions", ()):
        first = exception["date"]
        span = {"validFrom": first, "validThrough": exception.get("to") or first}
        for start, end in exception.get("times") or [("00:00", "00:00")]:
            yield _opening(start, end, **span)


def _opening(opens: str, closes: str, **when: Any) -> dict[str, Any]:
    shown = "23:59" if closes == "24:00" else closes
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": shown, **when}
