"""Every address of the resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import translation

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """A pattern of the resolver: its text and the view's name with its namespaces."""

    text: str
    name: str

    @property
    def parameters(self) -> list[str]:
        """The names to be filled in; a regular expression is filled as a whole."""
        return ["path"] if self.is_expression else PARAMETER.findall(self.text)

    @property
    def is_expression(self) -> bool:
        """Whether the text is more than words and parameters."""
        return "(" in self.text or "*" in self.text

    def path(self, values: dict[str, Any]) -> str:
        """The address with these values. Raises KeyError where one is missing."""
        if self.is_expression:
            return values["path"]
        text = self.text.replace("^", "").replace("$", "")
        address = "/" + PARAMETER.sub(lambda found: str(values[found[1]]), text)
        return f"{address}?{values['query']}" if "query" in values else address


def routes() -> list[Route]:
    """All of them once each, in the language fi, in the resolver's order.

    Where two patterns have the same text the first one answers.
    """
    found: dict[str, Route] = {}
    with translation.override("fi"):
        for route in _walk(get_resolver(), "", ()):
            found.setdefault(route.text, route)
    return list(found.values())


def _walk(resolver: Any, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, text, (*spaces, *filter(None, [pattern.namespace])))
        else:
            yield Route(text, ":".join((*spaces, pattern.name or "")))
