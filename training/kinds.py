"""The entry kind of courses."""

from typing import Any

from search.entries.kinds import EntryKind, register_kind
from search.models import Entry
from site_core.pages.jsonld import schema_of


def training_schema(entry: Entry, url: str) -> dict[str, Any]:
    """A course as schema.org's Event has it, which search engines show with its day."""
    remote = entry.facts.get("remote")
    mode = "OnlineEventAttendanceMode" if remote else "OfflineEventAttendanceMode"
    return schema_of(
        "EducationEvent",
        entry,
        url,
        startDate=entry.starts_at and entry.starts_at.isoformat(),
        endDate=entry.ends_at and entry.ends_at.isoformat(),
        eventAttendanceMode=f"https://schema.org/{mode}",
        organizer={"@type": "Organization", "name": entry.organisation_name},
    )


register_kind(
    EntryKind("training", "Course", "Courses", "training/training.html", schema=training_schema)
)
