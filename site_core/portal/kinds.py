"""The entry kind of the portal's own pages: home and indexes are entries too, but never listed.

Being entries gives them the same road as everything else: switcher, sitemap, 410 and one query.
"""

from datetime import datetime
from typing import Any

from search.entries.kinds import EntryKind, register_kind
from search.models import Entry

from .home import home_context
from .listings import listing_context


def portal_context(entry: Entry, language: str, now: datetime, request: Any) -> dict[str, Any]:
    """What a home or index page shows beside its own words."""
    build = home_context if entry.facts.get("view") == "home" else listing_context
    return build(entry, language, now, request)


def portal_template(entry: Entry) -> str:
    """A home page has a template of its own."""
    return "portal/home.html" if entry.facts.get("view") == "home" else "portal/index_page.html"


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
