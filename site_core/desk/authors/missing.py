"""What a draft still lacks, read from its stored form alone: for lists, without a query a page."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop

from site_core.desk.authors.kinds import Kind

WORDS: Final[dict[str, str]] = {
    "summary": gettext_noop("the sentence about it"),
    "short": gettext_noop("what a person gets"),
    "body": gettext_noop("the text"),
    "channels": gettext_noop("how to get in touch"),
    "occurrences": gettext_noop("the time"),
    "municipality_links": gettext_noop("the municipality"),
}
_WANTED: Final[dict[str, tuple[str, ...]]] = {
    "service": ("summary", "short", "channels", "municipality_links"),
    "activity": ("summary", "short", "occurrences", "channels", "municipality_links"),
    "volunteer": ("summary", "short", "channels", "municipality_links"),
    "training": ("summary", "short"),
    "news": ("summary", "body"),
    "organisation": ("summary",),
}


def missing_in(kind: Kind, content: Mapping[str, Any]) -> list[str]:
    """Msgids of what is empty in a revision's content; places only where they are asked for."""
    found = []
    for name in _WANTED[kind.code]:
        if name == "municipality_links" and content.get("coverage") != "municipal":
            continue
        if content.get(name) in (None, "", "[]", []):
            found.append(WORDS[name])
    return found
