"""Entries and requests by chance, to ask two engines the same."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta

from search.engines.base import SearchRequest
from search.urlstate import FACETS, SORTS
from site_core.languages.registry import LANGUAGES
from site_core.taxonomy import labels
from tests.factories.taxonomy import MunicipalityFactory
from tests.search.making import NOW, make_entry, requested, state

CODES: dict[str, list[str]] = {
    "municipality": ["148", "320", "698", "890"],
    "theme": ["money", "family", "health"],
    "situation": ["moving", "illness"],
    "group": ["young", "old"],
    "channel": ["chat", "phone", "in_person", "home_visit"],
    "language": ["fi", "sv", "se"],
    "terms": ["free", "voucher"],
    "organisation": [str(uuid.UUID(int=number)) for number in (1, 2, 3)],
    "place": ["148", "320", "890"],
}
WORDS = {
    "fi": "velkaneuvonta vertaistuki omaishoitajille nuorten mielenterveyspalvelut Inarissa",
    "sv": "skuldrådgivning kamratstöd för närståendevårdare unga psykvård transport Enare",
    "se": "vealgeráđđeaddin bálvalus nuoraide sámegillii dearvvašvuohta Anár",
    "smn": "palvâlus nuoráid anarâškielân tiervâsvuotâ Aanaar",
    "sms": "kääzzkõs nuõrid sääʹmǩiõʹlle Aanar",
}
SOUGHT = """
    velkaneuvonnasta vertaistukea omaishoitaja nuori mielenterveys palvelut palvelu inari neuvonta
    tuki skuldrådgivningen stödet unga anhörigvård bálvalusaid sámegiella anarâškielâ kääzzkõõzzid
    sää´mǩiõll xyzzy missä on ei ! OR
"""
EXPIRIES = (None, None, NOW, NOW + timedelta(hours=1))
COVERAGES = ("municipal", "municipal", "all_lapland", "whole_country", "remote")


def some(chance: random.Random, values: list[str]) -> list[str]:
    return chance.sample(values, chance.randint(0, len(values)))


def scatter(chance: random.Random, groups: int, *, one_by_one: bool = False) -> None:
    """Translation groups in random languages, some versions hidden, expired or not listed.

    The versions of a page expire together, or `one_by_one`.
    """
    for code in CODES["municipality"]:
        MunicipalityFactory(code=code, neighbours=["890"] if code == "148" else [])
    labels.forget()
    for _ in range(groups):
        key, expiry = uuid.uuid4(), chance.choice(EXPIRIES)
        for language in chance.sample(list(LANGUAGES), chance.randint(1, 3)):
            words = chance.sample(WORDS[language].split(), 3)
            make_entry(
                " ".join(words[:2]),
                summary=words[2],
                body=" ".join(chance.choices(WORDS[chance.choice(list(WORDS))].split(), k=6)),
                language=language,
                key=key,
                is_public=chance.random() > 0.1,
                visible_until=chance.choice(EXPIRIES) if one_by_one else expiry,
                audience=chance.choice(["residents", "residents", "professionals"]),
                coverage=chance.choice(COVERAGES),
                kind=chance.choice(["service", "service", "event", "news", "portal"]),
                starts_at=chance.choice([None, NOW - timedelta(1), NOW, NOW + timedelta(1)]),
                published_at=chance.choice([None, NOW, NOW - timedelta(days=3)]),
                last_confirmed=chance.choice([None, date(2026, 11, 1), date(2024, 1, 1)]),
                facets={facet: some(chance, codes) for facet, codes in CODES.items()},
            )


def random_request(chance: random.Random, *, words: bool) -> SearchRequest:
    """A request for words (or none), filters, sorting and page by chance; half of them for all
    that is found at once."""
    count = chance.choice([1, 1, 2, 3, 5, 12]) if words else 0
    asked = state(
        q=" ".join(chance.choices(SOUGHT.split(), k=count)),
        audience=chance.choice(["residents", "residents", "professionals"]),
        sort=chance.choice(["", *SORTS]),
        page=str(chance.choice([1, 1, 2, 400])),
        **{
            facet: chance.sample(CODES[facet], chance.randint(1, 2))
            for facet in FACETS
            if facet in CODES and chance.random() < 0.2
        },
        **({"kind": chance.choice(["service", "news", "portal"])} if chance.random() < 0.1 else {}),
    )
    now = NOW + chance.choice([0, 0, 2]) * timedelta(hours=1)
    return requested(asked, chance.choice(list(LANGUAGES)), now, chance.choice([3, 500]))
