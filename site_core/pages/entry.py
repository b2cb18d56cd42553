"""What a page tells the published entry about itself.

A page type builds an `EntryContent` from its live fields; the projector in `search` writes it. The
page thus decides what may be public, and nothing above it has to know its fields.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

Marked: TypeAlias = list[str]
"""A text with its language, `[text, language code]`: what the entry stores for every text."""


@dataclass(frozen=True)
class EntryContent:
    """A page's own contribution to its entry.

    `texts` hold the page's own language; an empty one is filled from the original, field by field.
    `facets` map a facet name to codes. `facts` and `channels` hold only JSON values; texts inside
    them are `Marked`. A fact that is None is filled from the original like a text.
    """

    texts: dict[str, str]
    facets: dict[str, list[str]] = field(default_factory=dict)
    coverage: str = ""
    audience: str = "residents"
    channels: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    picture: dict[str, Any] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    last_confirmed: date | None = None


def marked(text: str, language: str) -> Marked | None:
    """Pair a text with its language; an empty text is None so that it can fall back."""
    text = text.strip()
    return [text, language] if text else None
