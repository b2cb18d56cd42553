"""A page as a machine reads it: its data, its versions, each run of text with its language."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from search.models import Entry
from site_core.languages import catalogues
from site_core.languages.registry import LANGUAGES
from site_core.taxonomy.models import (
    Channel,
    LifeSituation,
    Municipality,
    ServiceLanguage,
    TargetGroup,
    Theme,
)

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "track", "use"}
UNREAD = {"script", "style", "title"}
SPOKEN = ("alt", "aria-label", "placeholder", "title")
"""Attributes that are read out in the language of their element."""
NAMES = {"Lapin palvelutarjotin"}
"""Proper names, which WCAG 3.1.2 leaves to be read in any language: organisations' and places' are
added."""


class Reading(HTMLParser):
    """What one page says of itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.canonical: list[str] = []
        self.versions: dict[str, str] = {}
        self.runs: list[tuple[str, str]] = []
        self.data: list[dict[str, Any]] = []
        self._is_data = False
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        lang = values.get("lang") or (self._open[-1][1] if self._open else "")
        self._note(tag, values)
        self._is_data = values.get("type") == "application/ld+json"
        self.runs += [(values[name] or "", lang) for name in SPOKEN if values.get(name)]
        if tag not in VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_data and self._open[-1][0] == "script":
            found = json.loads(data)
            self.data += found if isinstance(found, list) else [found]
        if self._open and self._open[-1][0] not in UNREAD and data.strip():
            self.runs.append((" ".join(data.split()), self._open[-1][1]))

    def _note(self, tag: str, values: dict[str, str | None]) -> None:
        href = values.get("href") or ""
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical.append(href)
        if tag == "link" and values.get("rel") == "alternate" and values.get("hreflang"):
            self.versions[values["hreflang"] or ""] = href


def known_texts() -> dict[str, set[str]]:
    """Texts whose language is known, with every language in which they read the same."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for text, lang in [*_words(), *_terms(), *_entries()]:
        if any(letter.isalpha() for letter in text):
            known[" ".join(text.split())].add(lang)
    organisations = Entry.objects.values_list("organisation_name", flat=True)
    places = Municipality.objects.values_list("labels__fi", flat=True)
    for name in {*organisations, *places, *NAMES}:
        known.pop(name, None)
    return known


def _words() -> Iterator[tuple[str, str]]:
    for code in LANGUAGES:
        for message in catalogues.read(code):
            if message.id and catalogues.is_translated(message):
                yield from ((form, code) for form in catalogues.forms(message))


def _terms() -> Iterator[tuple[str, str]]:
    for model in (Channel, LifeSituation, Municipality, ServiceLanguage, TargetGroup, Theme):
        for labels in model.objects.values_list("labels", flat=True):
            yield from ((text, lang) for lang, text in labels.items())


def _entries() -> Iterator[tuple[str, str]]:
    for entry in Entry.objects.public():
        yield from _pairs(entry.texts.values())
        for channel in entry.channels:
            yield from _pairs(channel.get(name) for name in ("label", "note", "cost"))


def _pairs(values: Iterable[object]) -> Iterator[tuple[str, str]]:
    for value in values:
        if isinstance(value, list) and len(value) == 2 and value[0]:
            yield value[0], value[1]


def unmarked(reading: Reading, known: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Runs of a known text that stand in a language the text is not in."""
    return [(text, lang) for text, lang in reading.runs if lang not in known.get(text, {lang})]
