"""The demo content as it is written: how much, how long, in which languages, about whom."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from services.point_words import ACCESS, DEVICES, HELP
from site_core.demo.content import SAMI, business_id, load, page_keys
from site_core.languages.registry import LANGUAGES
from site_core.organisations.business_id import normalise
from site_core.organisations.models import Organisation
from site_core.taxonomy.vocabulary_files import DIRECTORY

GLOSSARY = Path(__file__).resolve().parents[3] / "shared/data/glossary.tsv"
CHANNELS = {
    *("video", "chat", "web_form", "e_service", "calculator", "phone"),
    *("sms", "email", "printable_form", "in_person", "service_point", "home_visit"),
}
LIMITS = {"title": 100, "summary": 150, "short": 300, "alert": 200, "price_note": 150}
LIMITS |= {"booking": 300, "access_note": 300, "contact_role": 100}
LONGEST_SENTENCE = 15
HOMELAND = {"047", "148", "758", "890"}

MUNICIPALITIES = json.loads((DIRECTORY / "municipalities.json").read_text())["concepts"]
CONTENT = load()
SERVICES = [service for each in CONTENT.organisations for service in each["services"]]
POINTS = [point for each in CONTENT.organisations for point in each.get("points", ())]
REACHED = [*SERVICES, *POINTS]
PICTURED = [*CONTENT.organisations, *CONTENT.trainings, *CONTENT.news]
WAITING = CONTENT.reviews["new"]
ENTRIES = [*CONTENT.organisations, *REACHED, *CONTENT.trainings, *CONTENT.news, *WAITING]
VERSIONS = [
    pytest.param(entry if language == "fi" else entry[language], id=f"{entry['key']}-{language}")
    for entry in ENTRIES
    for language in ("fi", "sv")
    if language == "fi" or language in entry
]


def strings(value) -> list[str]:
    """Every text inside JSON data, however deep."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in strings(part)]


def prose(version: dict) -> list[str]:
    """The running texts of one language version."""
    return [version.get("summary", ""), version.get("short", ""), *version.get("body", ())]


def test_there_is_as_much_as_the_portal_needs_to_be_tried():
    assert len(CONTENT.organisations) >= 25
    assert len(SERVICES) >= 90
    assert len(POINTS) >= 14
    assert len(CONTENT.trainings) >= 14
    assert len(CONTENT.news) >= 12
    assert sum("sv" in entry for entry in ENTRIES) >= 30
    assert sum(any(code in entry for code in SAMI) for entry in ENTRIES) >= 7
    assert all(sum(code in entry for entry in ENTRIES) >= 5 for code in SAMI)


def test_every_kind_of_organisation_and_of_service_occurs():
    assert {each["kind"] for each in CONTENT.organisations} == set(Organisation.Kind.values)
    kinds = Counter(service["kind"] for service in SERVICES)
    assert min(kinds[kind] for kind in ("service", "activity", "event", "volunteer")) >= 5


def test_every_channel_every_way_in_and_every_wide_coverage_occurs():
    channels = [channel for service in SERVICES for channel in service["channels"]]
    assert {channel["kind"] for channel in channels} == CHANNELS
    assert {channel.get("sign_in", "none") for channel in channels} == {"none", "light", "strong"}
    assert any(channel.get("hours") == "24/7" for channel in channels)
    assert any("except" in channel for channel in channels)
    assert any(re.search(r"-(1[89]|2\d)\.", channel.get("hours", "")) for channel in channels)
    assert {service["coverage"] for service in SERVICES} == {
        *("municipal", "all_lapland", "whole_country", "remote")
    }
    assert sum(service.get("audience") == "professionals" for service in SERVICES) >= 3
    assert sum("referral" in service for service in SERVICES) >= 8
    assert sum(service.get("voucher", False) for service in SERVICES) >= 3


def test_every_municipality_has_services_of_its_own():
    named = Counter(code for service in SERVICES for code in service.get("municipalities", ()))
    assert set(named) == {each["code"] for each in MUNICIPALITIES}
    assert min(named.values()) >= 3


@pytest.mark.parametrize("municipality", [each["code"] for each in MUNICIPALITIES])
def test_every_municipality_has_something_that_only_it_has_and_something_to_tell(municipality):
    own = [each for each in SERVICES if each.get("municipalities") == [municipality]]
    points = [each for each in POINTS if each["municipality"] == municipality]
    assert len(own) + len(points) >= 2
    told = [*CONTENT.news, *(each for each in SERVICES if each["kind"] == "event")]
    assert any(municipality in each.get("municipalities", ()) for each in told)


def test_service_points_lie_in_nearly_every_municipality():
    places = {point["municipality"] for point in POINTS}
    assert {"148", "273", "498", "683", "851", "854", "890"} <= places
    assert len(places) >= len(MUNICIPALITIES) - 2


def test_a_service_point_says_how_to_come_and_what_is_there():
    for point in POINTS:
        visits = [each for each in point["channels"] if each["kind"] == "in_person"]
        assert all("hours" in each and "street" in each["address"] for each in visits)
        assert visits
        assert set(point["devices"]) <= set(DEVICES)
        assert set(point["help"]) <= set(HELP)
        assert set(point["access"]) <= set(ACCESS)
        assert point["devices"]
        assert point["help"]
        assert point["access"]


def test_only_municipal_services_name_municipalities():
    for service in SERVICES:
        assert bool(service.get("municipalities")) == (service["coverage"] == "municipal")


@pytest.mark.parametrize("municipality", sorted(HOMELAND))
def test_the_homeland_is_served_in_sami(municipality):
    codes = {
        code
        for service in SERVICES
        if municipality in service.get("municipalities", ())
        for code, _note in service.get("languages", ())
    }
    assert codes & set(SAMI)


def test_a_confidential_place_has_no_address():
    hidden = [service for service in SERVICES if service.get("confidential")]
    assert hidden
    assert not any("address" in channel for service in hidden for channel in service["channels"])


def test_keys_are_used_once():
    keys = page_keys()
    assert len(set(keys)) == len(keys) == len(ENTRIES)


@pytest.mark.parametrize("version", VERSIONS)
def test_texts_keep_to_their_limits(version):
    too_long = {name for name, most in LIMITS.items() if len(version.get(name, "")) > most}
    assert too_long == set()
    channels = version.get("channels", ())
    assert all(len(channel.get("label", "")) <= 60 for channel in channels)
    assert all(len(channel.get("note", "")) <= 250 for channel in channels)


@pytest.mark.parametrize("version", VERSIONS)
def test_sentences_are_short(version):
    sentences = [part for text in prose(version) for part in re.split(r"[.!?:]\s+", text) if part]
    assert sentences
    long = [each for each in sentences if len(each.split()) > LONGEST_SENTENCE]
    assert long == []


def test_nobody_real_can_be_reached():
    texts = [text for entry in ENTRIES for text in strings(entry)]
    numbers = [text for text in texts if text.startswith("+")]
    assert numbers
    assert all(re.fullmatch(r"\+358 000 00\d\d", number) for number in numbers)
    mails = [text for text in texts if re.fullmatch(r"\S+@\S+", text)]
    assert mails
    assert all(re.search(r"@example\.(org|fi)$", mail) for mail in mails)
    sites = [text for text in texts if text.startswith("http")]
    assert sites
    assert all(re.match(r"https://([a-z]+\.)?example\.(org|fi)/", site) for site in sites)


def test_business_ids_are_valid_and_from_the_demo_range_unless_public():
    given = {each["key"]: business_id(each) for each in CONTENT.organisations}
    ids = [number for number in given.values() if number]
    assert [normalise(number) for number in ids] == ids
    assert len(set(ids)) == len(ids)
    public = {each["business_id"] for each in MUNICIPALITIES}
    assert all(number in public or number.startswith("99") for number in ids)


@pytest.mark.parametrize("entry", [pytest.param(each, id=each["key"]) for each in PICTURED])
def test_every_picture_is_described_in_finnish_and_swedish(entry):
    alt = entry["picture"]["alt"]
    assert set(alt) == {"fi", "sv"}
    assert all(30 <= len(text) <= 250 for text in alt.values())


def test_no_two_pictures_are_described_alike():
    described = Counter(entry["picture"]["alt"]["fi"] for entry in PICTURED)
    assert described.most_common(1)[0][1] == 1


def test_translations_name_each_channel():
    for entry in REACHED:
        if "sv" in entry:
            assert len(entry["sv"]["channels"]) == len(entry["channels"])


def test_sami_versions_are_a_title_and_nothing_else():
    versions = [entry[code] for entry in ENTRIES for code in SAMI if code in entry]
    assert all(set(version) == {"title"} for version in versions)
    assert set(SAMI) < set(LANGUAGES)


@pytest.mark.skipif(not GLOSSARY.exists(), reason="../shared/data is not on this machine")
def test_every_sami_text_is_a_whole_entry_of_the_glossary():
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for code in SAMI:
        attested = {row[code][:1].upper() + row[code][1:] for row in rows if row[code]}
        used = {text for entry in ENTRIES for text in strings(entry.get(code, {}))}
        assert used <= attested
