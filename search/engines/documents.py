"""What of an entry can be found: its texts in their own languages, its places, its subjects."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from search.analysis.finnish import finnish_rung
from search.analysis.terms import document_terms
from search.analysis.tokens import ANALYSIS_VERSION
from search.entries.kinds import KINDS
from search.models import Entry
from site_core.languages.fallback import catalogue
from site_core.languages.registry import LANGUAGES
from site_core.taxonomy.labels import labels_for

_TAG = re.compile(r"<[^>]*>")
_FIELD_OF_TEXT = {"title": "title", "summary": "summary", "short": "summary"}
_SUBJECTS = {
    "theme": "Theme",
    "situation": "LifeSituation",
    "group": "TargetGroup",
    "channel": "Channel",
}
_PLAIN_KINDS = {"service", "activity"}
"""Kinds whose names stand in so many compounds that they would tell nothing."""
_MOST_TERMS = 20_000


def analysis_name() -> str:
    """The analysis that runs here; entries indexed under another name are out of date."""
    return f"{ANALYSIS_VERSION}-{finnish_rung()}"


def entry_terms(entry: Entry) -> list[str]:
    """All terms of an entry, those of the body last. One query, for its facets.

    Names of municipalities, subjects, channels and kinds are taken in every language they have. A
    label renamed later is found under its new name once the entry is written again.
    """
    texts = {"title": [entry.title, entry.language], **entry.texts}
    terms: set[str] = set()
    for name, (text, language) in texts.items():
        terms |= document_terms(plain(text), language, _FIELD_OF_TEXT.get(name, "body"))
    terms |= document_terms(entry.organisation_name, entry.language, "place")
    for facet, code in entry.facet_rows.values_list("facet", "code"):
        if facet == "municipality":
            own = code in entry.municipalities
            terms |= _label_terms("Municipality", code, "place" if own else "body")
        elif facet in _SUBJECTS:
            terms |= _label_terms(_SUBJECTS[facet], code, "body")
        elif facet == "kind" and code in KINDS and code not in _PLAIN_KINDS:
            terms |= _kind_terms(code)
    # What a huge text holds beyond the limit is lost from its body, not from its title.
    return sorted(terms, key=lambda term: (term[0] == "b", term))[:_MOST_TERMS]


def plain(text: str) -> str:
    """Rich text without its tags; words of neighbouring blocks stay apart."""
    return html.unescape(_TAG.sub(" ", text))


def _label_terms(vocabulary: str, code: str, field: str) -> set[str]:
    labels = labels_for(vocabulary).get(code, {})
    terms: set[str] = set()
    for language, label in labels.items():
        terms |= _name_terms(label, language, field)
    return terms


def _kind_terms(code: str) -> set[str]:
    """What a kind is called, for "courses" may stand in no course's text."""
    terms: set[str] = set()
    for language in LANGUAGES:
        name = catalogue(language).gettext(KINDS[code].name)
        terms |= _name_terms(name, language, "body") if name else set()
    return terms


@lru_cache(maxsize=4_000)
def _name_terms(name: str, language: str, field: str) -> frozenset[str]:
    # An entry for all Lapland names 21 municipalities in five languages.
    return frozenset(document_terms(name, language, field))
