"""The filters of a listing as a reader sees them: groups of options with counts, and chips.

Options stand in the order of their vocabulary. One that would give nothing is left out, unless it
is chosen and so must be there to be taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_noop

from search.engines.base import SearchResult
from search.entries.kinds import KINDS, listed_kinds
from search.entries.organisations import organisation_names
from search.urlstate import FACETS, TERMS, SearchState
from site_core.languages.fallback import Phrase, say
from site_core.languages.sorting import sort_key
from site_core.pages.cards import service_language
from site_core.taxonomy.labels import labels_for, phrases_of

VOCABULARIES = {
    "municipality": "Municipality",
    "theme": "Theme",
    "situation": "LifeSituation",
    "group": "TargetGroup",
    "channel": "Channel",
    "language": "ServiceLanguage",
}

GROUP_NAMES = {
    "municipality": gettext_noop("Municipality"),
    "theme": gettext_noop("Theme"),
    "situation": gettext_noop("Life situation"),
    "group": gettext_noop("For whom"),
    "channel": gettext_noop("Way to get help"),
    "language": gettext_noop("Language of service"),
    "kind": gettext_noop("Kind"),
    "terms": gettext_noop("Terms"),
    "organisation": gettext_noop("Provider"),
}

TERM_NAMES = {
    "free": gettext_noop("Free of charge"),
    "voucher": gettext_noop("Service voucher accepted"),
    "anonymous": gettext_noop("Anonymous use possible"),
    "no_sign_in": gettext_noop("No sign-in needed"),
}


@dataclass(slots=True)
class FacetOption:
    """One value to filter by; not frozen, for a listing makes two hundred and that takes its time.

    count: entries shown if this were the group's only choice, the other groups' choices kept.
    """

    code: str
    label: Phrase
    count: int
    chosen: bool
    facet: str
    state: SearchState
    path: str

    @property
    def url(self) -> str:
        """The listing with this value chosen, without it where it is chosen."""
        turn = self.state.without if self.chosen else self.state.adding
        return self.path + turn(self.facet, self.code).query_string()


@dataclass(frozen=True)
class FacetGroup:
    """The options of one facet; `name` is the parameter, `label` what the reader sees."""

    name: str
    label: Phrase
    options: tuple[FacetOption, ...]

    @property
    def chosen(self) -> int:
        """How many of its options are chosen."""
        return sum(option.chosen for option in self.options)

    @property
    def select(self) -> bool:
        """Whether a drop-down serves it: one place among 21, unless an address names several."""
        return self.name == "municipality" and self.chosen < 2


@dataclass(frozen=True)
class Chip:
    """One choice in force; `url` is the listing without it."""

    group: Phrase
    label: Phrase
    url: str


def known_codes() -> dict[str, Iterable[str]]:
    """The codes each closed facet may take, for `SearchState.parse`."""
    known: dict[str, Iterable[str]] = {
        facet: labels_for(vocabulary) for facet, vocabulary in VOCABULARIES.items()
    }
    return {**known, "kind": listed_kinds()}


def facet_groups(
    state: SearchState, result: SearchResult, path: str, language: str
) -> list[FacetGroup]:
    """The groups that have an option to offer. Queries are those of `organisation_names`."""
    found = organisation_names({*result.facets.get("organisation", ()), *state.organisation})
    # One that is chosen but gone is offered by its code, so that it can be taken off.
    names = {**dict.fromkeys(state.organisation, ""), **found}
    groups = []
    for facet in FACETS:
        counts, chosen = result.facets.get(facet, {}), state.codes(facet)
        labels = _labels(facet, {*counts, *chosen}, names, language)
        offered = tuple(
            FacetOption(code, words, counts.get(code, 0), code in chosen, facet, state, path)
            for code, words in labels.items()
        )
        if offered:
            groups.append(FacetGroup(facet, say(GROUP_NAMES[facet]), offered))
    return groups


def chips(groups: Iterable[FacetGroup]) -> list[Chip]:
    """The choices in force, in the order of the groups."""
    return [
        Chip(group.label, option.label, option.url)
        for group in groups
        for option in group.options
        if option.chosen
    ]


_name_key = lru_cache(maxsize=2_000)(sort_key)
"""The same names come back in listing after listing."""


def _labels(
    facet: str, codes: set[str], names: Mapping[str, str], language: str
) -> dict[str, Phrase]:
    """Labels of codes in the order of their vocabulary, organisations by name; no strangers."""
    match facet:
        case "organisation":
            known = codes & names.keys()
            ordered = sorted(known, key=lambda code: _name_key(names[code], language))
            return {code: Phrase(names[code] or code) for code in ordered}
        case "kind":
            return {code: say(kind.plural) for code, kind in KINDS.items() if code in codes}
        case "terms":
            return {code: say(TERM_NAMES[code]) for code in TERMS if code in codes}
    labels = phrases_of(VOCABULARIES[facet])
    if facet == "language":
        return {code: service_language(code) for code in labels if code in codes}
    return {code: words for code, words in labels.items() if code in codes}
