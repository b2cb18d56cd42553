"""The entry kind of news."""

from typing import Any

from search.entries.kinds import EntryKind, register_kind
from search.models import Entry
from site_core.pages.jsonld import schema_of


def news_schema(entry: Entry, url: str) -> dict[str, Any]:
    """A news item as schema.org has it."""
    return schema_of(
        "NewsArticle",
        entry,
        url,
        headline=entry.title,
        datePublished=entry.facts.get("date"),
        publisher={"@type": "Organization", "name": entry.organisation_name},
    )


register_kind(EntryKind("news", "News item", "News", "news/news.html", schema=news_schema))
