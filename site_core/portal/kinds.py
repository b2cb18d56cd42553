"""The entry kinds of the portal's own pages.

Home, indexes, places and topics are entries too, but never listed. Being entries gives them the
same road as everything else: switcher, sitemap, 410 and one query.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from search.entries.kinds import EntryKind, register_kind
from search.models import Entry
from site_core.pages.jsonld import schema_of

from .home import home_context
from .listings import listing_context
from .places import municipality_context, municipality_index_context, topic_index_context
from .statement import statement_context
from .topics import topic_context

#: What a page of the portal is, to its template and to what the template needs beside the entry.
VIEWS = {
    "home": ("portal/home.html", home_context),
    "listing": ("portal/index_page.html", listing_context),
    "municipalities": ("portal/municipalities.html", municipality_index_context),
    "municipality": ("portal/municipality.html", municipality_context),
    "topics": ("portal/topics.html", topic_index_context),
    "topic": ("portal/topic.html", topic_context),
    "statement": ("portal/statement.html", statement_context),
}


def portal_context(entry: Entry, language: str, now: datetime, request: Any) -> dict[str, Any]:
    """What a page of the portal shows beside its own words."""
    _template, build = VIEWS[entry.facts["view"]]
    return build(entry, language, now, request)


def portal_template(entry: Entry) -> str:
    """Each view has a template of its own."""
    template, _build = VIEWS[entry.facts["view"]]
    return template


def page_schema(entry: Entry, url: str) -> dict[str, Any]:
    """A page of text as schema.org has it."""
    return schema_of("WebPage", entry, url)


register_kind(
    EntryKind(
        "portal",
        "Page of the portal",
        "Pages of the portal",
        portal_template,
        context=portal_context,
        listed=False,
    )
)
register_kind(
    EntryKind(
        "page",
        gettext_noop("Page"),
        gettext_noop("Pages"),
        "portal/standard.html",
        schema=page_schema,
    )
)
