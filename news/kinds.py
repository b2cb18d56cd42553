"""The entry kind of news."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from search.entries.kinds import EntryKind, register_kind
from search.models import Entry, EntryFacet
from site_core.pages.jsonld import schema_of

RELATED_SHOWN: Final = 4


def related_news(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """The newest other news of the same theme or municipality: one query."""
    own = EntryFacet.objects.filter(entry=entry.pk, facet=OuterRef("facet"), code=OuterRef("code"))
    shared = EntryFacet.objects.filter(
        Exists(own), entry=OuterRef("pk"), facet__in=("theme", "municipality")
    )
    found = (
        Entry.objects.public(now)
        .for_audience()
        .filter(Exists(shared), kind=entry.kind)
        .exclude(key=entry.key)
        .shown_in(language, now)
        .order_by("-facts__date", "-published_at")
    )
    return {"related": list(found[:RELATED_SHOWN])}


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


register_kind(
    EntryKind(
        "news",
        "News item",
        "News",
        "news/news.html",
        context=related_news,
        schema=news_schema,
    )
)
