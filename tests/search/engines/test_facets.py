"""Counts of the filters against a plain recount, and the objects templates show."""

import random
import uuid
from time import monotonic

import pytest

from search.entries.organisations import KEEP_SECONDS
from search.facets import chips, facet_groups, known_codes
from search.models import Entry
from search.urlstate import FACETS, SearchState
from site_core.languages.registry import LANGUAGES, chain
from site_core.organisations.signals import organisation_changed
from tests.factories.organisations import OrganisationFactory
from tests.factories.taxonomy import MunicipalityFactory, ThemeFactory
from tests.search.making import make_entry, requested, state, titles

pytestmark = pytest.mark.django_db

CODES = {
    "municipality": ["148", "320", "698", "890"],
    "theme": ["money", "family", "health"],
    "channel": ["chat", "phone"],
    "terms": ["free", "voucher"],
}


def scatter(chance: random.Random, groups: int) -> None:
    """Entries in random languages with random facets, some hidden, some for professionals."""
    for number in range(groups):
        key = uuid.uuid4()
        for language in chance.sample(list(LANGUAGES), chance.randint(1, 3)):
            make_entry(
                chance.choice(["Ryhmä", "Velkaneuvonta", "Ryhmä velkaneuvontaan"]) + f" {number}",
                language=language,
                key=key,
                is_public=chance.random() > 0.15,
                audience="residents" if chance.random() > 0.2 else "professionals",
                kind=chance.choice(["service", "news", "portal"]),
                facets={
                    facet: chance.sample(codes, chance.randint(0, len(codes)))
                    for facet, codes in CODES.items()
                },
            )


def shown(language: str) -> list[Entry]:
    """The public version of each group that fits a reader best, found the slow way."""
    groups: dict[uuid.UUID, list[Entry]] = {}
    for entry in Entry.objects.filter(is_public=True).prefetch_related("facet_rows"):
        groups.setdefault(entry.key, []).append(entry)
    order = chain(language)
    best = [min(group, key=lambda entry: order.index(entry.language)) for group in groups.values()]
    return [entry for entry in best if entry.kind != "portal"]


def recount(entries: list[Entry], asked: SearchState) -> tuple[set[int], dict, dict]:
    """The entries found, the counts of every facet, and the totals without each facet."""
    facets = {
        entry.pk: {(row.facet, row.code) for row in entry.facet_rows.all()} for entry in entries
    }

    def passes(entry: Entry, but: str = "") -> bool:
        return entry.audience == asked.audience and all(
            any((facet, code) in facets[entry.pk] for code in codes)
            for facet, codes in asked.filters.items()
            if facet != but
        )

    found = {entry.pk for entry in entries if passes(entry)}
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        for facet, code in facets[entry.pk]:
            if passes(entry, but=facet):
                counts.setdefault(facet, {}).setdefault(code, 0)
                counts[facet][code] += 1
    without = {
        facet: total
        for facet in asked.filters
        if (total := sum(passes(entry, but=facet) for entry in entries)) > len(found)
    }
    return found, counts, without


def random_state(chance: random.Random) -> SearchState:
    facets = {
        facet: chance.sample(codes, chance.randint(1, 2))
        for facet, codes in CODES.items()
        if chance.random() < 0.4
    }
    return state(**facets, audience=chance.choice(["residents", "residents", "professionals"]))


@pytest.mark.parametrize("seed", [3, 17])
def test_counts_equal_a_plain_recount(ask, seed):
    chance = random.Random(seed)
    scatter(chance, 40)
    for language in ("fi", "sv", "sms"):
        entries = shown(language)
        for _ in range(12):
            asked = random_state(chance)
            result = ask(requested(asked, language, page_size=500))
            found, counts, without = recount(entries, asked)
            assert {hit.entry_id for hit in result.hits} == found
            assert result.total == len(found)
            assert result.facets == counts
            assert result.without == without


def test_counts_with_a_query_hold_only_what_it_finds(find):
    make_entry("Velkaneuvonta", facets={"theme": ["money"]})
    make_entry("Ryhmä", facets={"theme": ["money", "family"]})
    result = find(q="velkaneuvonta")
    assert result.facets["theme"] == {"money": 1}
    assert find(q="velkaneuvonta", theme="family").without == {"theme": 1}


def groups_of(result, asked, language="fi"):
    return {group.name: group for group in facet_groups(asked, result, "/fi/search/", language)}


def test_groups_offer_what_gives_something_in_the_order_of_the_vocabulary(find):
    for position, code in enumerate(["money", "family", "health"]):
        ThemeFactory(code=code, position=position, labels={"fi": f"Teema {code}"})
    make_entry("Yksi", facets={"theme": ["family", "money"]})
    make_entry("Kaksi", facets={"theme": ["family"], "terms": ["free"]})
    asked = state(theme="health")
    theme = groups_of(find(theme="health"), asked)["theme"]
    assert [(option.code, option.count, option.chosen) for option in theme.options] == [
        ("money", 1, False),
        ("family", 2, False),
        ("health", 0, True),
    ]
    assert theme.options[0].label.text == "Teema money"
    assert theme.options[1].url == "/fi/search/?theme=family&theme=health"
    assert theme.options[2].url == "/fi/search/"
    assert theme.chosen == 1


def test_following_an_offered_option_never_leads_to_nothing(find):
    chance = random.Random(5)
    for code in CODES["theme"]:
        ThemeFactory(code=code)
    for code in CODES["municipality"]:
        MunicipalityFactory(code=code)
    scatter(chance, 25)
    for _ in range(10):
        asked = random_state(chance)
        plain = {facet: list(codes) for facet, codes in asked.filters.items()}
        result = find(audience=asked.audience, **plain)
        for group in groups_of(result, asked).values():
            for option in group.options:
                if not option.chosen:
                    only = {**plain, group.name: [option.code]}
                    assert find(audience=asked.audience, **only).total == option.count > 0


def test_organisations_are_named_and_ordered(find):
    for name in ("Öljy ry", "Apu ry"):
        key = uuid.uuid4()
        make_entry(
            f"Palvelu {name}",
            organisation_name=name,
            organisation_key=key,
            facets={"organisation": [str(key)]},
        )
    group = groups_of(find(), state())["organisation"]
    assert [option.label.text for option in group.options] == ["Apu ry", "Öljy ry"]
    chosen = find(organisation=group.options[1].code)
    assert titles(chosen) == ["Palvelu Öljy ry"]


def test_an_organisation_with_a_page_is_named_by_that_alone(find, django_assert_num_queries):
    key = uuid.uuid4()
    names = {"organisation_name": "Apu ry", "organisation_key": key}
    make_entry("Apu", kind="organisation", key=key, **names)
    for number in range(3):
        make_entry(f"Palvelu {number}", facets={"organisation": [str(key)]}, **names)
    found = find()
    known_codes()
    with django_assert_num_queries(1):
        (option,) = groups_of(found, state())["organisation"].options
    assert (option.label.text, option.count) == ("Apu ry", 3)
    with django_assert_num_queries(0):
        groups_of(found, state())


def test_a_name_is_kept_for_a_minute_or_until_an_organisation_changes(
    find, monkeypatch, django_capture_on_commit_callbacks
):
    key = uuid.uuid4()
    names = {"organisation_name": "Apu ry", "organisation_key": key}
    entry = make_entry("Apu", kind="organisation", key=key, **names)
    make_entry("Palvelu", facets={"organisation": [str(key)]}, **names)
    found, organisation = find(), OrganisationFactory()

    def named(name: str) -> str:
        Entry.objects.filter(pk=entry.pk).update(organisation_name=name)
        (option,) = groups_of(found, state())["organisation"].options
        return option.label.text

    assert [named("Apu ry"), named("Tuki ry")] == ["Apu ry", "Apu ry"]
    with django_capture_on_commit_callbacks(execute=True):
        organisation_changed.send(None, organisation=organisation)
    assert [named("Tuki ry"), named("Ilo ry")] == ["Tuki ry", "Tuki ry"]
    later = monotonic() + KEEP_SECONDS
    monkeypatch.setattr("search.entries.organisations.monotonic", lambda: later)
    assert named("Ilo ry") == "Ilo ry"


def test_stranger_codes_are_not_offered_but_can_be_taken_off(find):
    make_entry("Yksi", facets={"theme": ["gone"], "organisation": [str(uuid.uuid4())]})
    assert set(groups_of(find(), state())) == {"kind"}
    for stranger in ("no-such", "z" * 36):  # the latter as long as a key
        asked = state(organisation=stranger)
        (option,) = groups_of(find(organisation=stranger), asked)["organisation"].options
        assert (option.count, option.chosen, option.url) == (0, True, "/fi/search/")


def test_chips_take_their_choice_away(find):
    MunicipalityFactory(code="890", labels={"fi": "Utsjoki"})
    make_entry("Yksi", facets={"municipality": ["890"], "terms": ["free"]})
    asked = state(q="yksi", municipality="890", terms="free")
    found = find(q="yksi", municipality="890", terms="free")
    groups = facet_groups(asked, found, "/fi/search/", "fi")
    place, terms = chips(groups)
    assert (place.label.text, place.url) == ("Utsjoki", "/fi/search/?q=yksi&terms=free")
    assert terms.url == "/fi/search/?q=yksi&municipality=890"


def test_one_place_is_a_drop_down_several_are_boxes(find):
    for code in ("148", "890"):
        MunicipalityFactory(code=code)
        make_entry(code, facets={"municipality": [code]})
    assert groups_of(find(), state())["municipality"].select
    both = state(municipality=["148", "890"])
    assert not groups_of(find(municipality=["148", "890"]), both)["municipality"].select


def test_every_facet_has_a_name():
    from search.facets import GROUP_NAMES

    assert tuple(GROUP_NAMES) == FACETS
