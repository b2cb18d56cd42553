"""Ways in: counted links into what the portal offers, by place and by topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from search.engines import current_engine
from search.engines.base import SearchRequest
from search.models import Entry
from search.urlstate import SearchState
from site_core.languages.fallback import Phrase, label_phrase
from site_core.pages.cards import entry_url
from site_core.taxonomy.labels import icons_for, label, labels_for, municipality_choices

SERVICES = ("service", "activity", "event", "volunteer")
VOCABULARIES = {"situation": "LifeSituation", "theme": "Theme"}

Counts = Mapping[str, Mapping[str, int]]
Addresses = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class WayIn:
    """A counted link."""

    code: str
    label: Phrase
    url: str
    count: int | None
    icon: str = ""


def offered(**facets: Iterable[str]) -> str:
    """The address of the listing of services and activities with these codes chosen."""
    chosen = {facet: tuple(sorted(codes)) for facet, codes in facets.items()}
    return reverse("search") + SearchState(kind=SERVICES, **chosen).query_string()


def counts_of_services(language: str, now: datetime) -> Counts:
    """How many services and activities each code of each facet has: two queries."""
    request = SearchRequest.of(SearchState(kind=SERVICES), language, now)
    return current_engine().search(request).facets


def page_addresses(language: str, now: datetime) -> Addresses:
    """Addresses of the municipality and topic pages by facet and code: one query.

    A page that the reader's language lacks is given by its key, inside her interface.
    """
    pages = (
        Entry.objects.public(now)
        .filter(kind="portal", facts__view__in=("municipality", "topic"))
        .shown_in(language, now)
        .only("key", "language", "path", "facts")
    )
    return {(page.facts["facet"], page.facts["code"]): entry_url(page, language) for page in pages}


def topics(facet: str, counts: Counts, addresses: Addresses) -> list[WayIn]:
    """The terms of a facet in their own order; what nothing answers is not offered."""
    found, vocabulary = counts.get(facet, {}), VOCABULARIES[facet]
    icons = icons_for(vocabulary)
    return [
        WayIn(
            code,
            label_phrase(labels),
            addresses.get((facet, code)) or offered(**{facet: [code]}),
            found[code],
            icons[code],
        )
        for code, labels in labels_for(vocabulary).items()
        if found.get(code)
    ]


def municipalities(counts: Counts, addresses: Addresses, language: str) -> list[WayIn]:
    """All municipalities by name, those that nothing reaches too."""
    found = counts.get("municipality", {})
    return [
        WayIn(
            code,
            label("Municipality", code),
            addresses.get(("municipality", code)) or offered(municipality=[code]),
            found.get(code, 0),
        )
        for code, _name in municipality_choices(language)
    ]
