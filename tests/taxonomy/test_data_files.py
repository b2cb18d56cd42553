"""What the project's own data files must hold."""

import csv
import json
from pathlib import Path

import pytest

from site_core.taxonomy.borders import neighbours
from site_core.taxonomy.icons import ICONS
from site_core.taxonomy.models import (
    Channel,
    Homeland,
    LifeSituation,
    Municipality,
    ServiceLanguage,
    TargetGroup,
    Theme,
)
from site_core.taxonomy.vocabulary_files import DIRECTORY, read_vocabularies

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")

CHANNELS = [
    "video",
    "chat",
    "web_form",
    "e_service",
    "calculator",
    "phone",
    "sms",
    "email",
    "printable_form",
    "in_person",
    "service_point",
    "home_visit",
]


@pytest.fixture(scope="module")
def vocabularies():
    return read_vocabularies(DIRECTORY)


@pytest.fixture(scope="module")
def municipalities(vocabularies):
    return {term.code: term for term in vocabularies[Municipality]}


def test_the_21_municipalities_of_lapland(municipalities):
    assert len(municipalities) == 21
    assert all(len(code) == 3 and code.isdigit() for code in municipalities)


def test_names_carry_source_and_verified_flag(municipalities):
    inari = municipalities["148"]
    assert inari.labels == {
        "fi": "Inari",
        "sv": "Enare",
        "se": "Anár",
        "smn": "Aanaar",
        "sms": "Aanar",
    }
    assert inari.label_sources["se"] == {
        "source": "giellalt dictionaries, GeoNames",
        "verified": True,
    }
    assert inari.label_sources["sms"]["verified"] is False


def test_homeland(municipalities):
    by_place = {code: term.values["homeland"] for code, term in municipalities.items()}
    assert [code for code, place in by_place.items() if place == Homeland.YES] == [
        "047",
        "148",
        "890",
    ]
    assert [code for code, place in by_place.items() if place == Homeland.PARTLY] == ["758"]


def test_every_postal_code_belongs_to_one_municipality(municipalities):
    codes = [code for term in municipalities.values() for code in term.values["postal_codes"]]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 5 and code.isdigit() for code in codes)


def test_codes_fixed_in_code_are_complete(vocabularies):
    assert [term.code for term in vocabularies[Channel]] == CHANNELS
    languages = [term.code for term in vocabularies[ServiceLanguage]]
    assert languages == ["fi", "sv", "se", "smn", "sms", "en", "fse", "interpreter"]


def test_life_situations_are_sentences_of_everyday_length(vocabularies):
    situations = vocabularies[LifeSituation]
    assert 12 <= len(situations) <= 15
    for term in situations:
        assert len(term.labels["fi"].split()) >= 3
        assert all(len(text) <= 60 for text in term.labels.values())


def test_icons_can_be_chosen(vocabularies):
    for model in (LifeSituation, Theme):
        assert {term.values["icon"] for term in vocabularies[model]} <= set(ICONS)


@needs_shared
@pytest.mark.parametrize(
    ("model", "scheme", "name"),
    [
        (LifeSituation, "ptv_life_events", "ptv_life_events.json"),
        (TargetGroup, "ptv_target_groups", "ptv_target_groups.json"),
        (Theme, "ptv_service_classes", "ptv_service_classes.json"),
    ],
)
def test_national_codes_exist(vocabularies, model, scheme, name):
    known = {row["code"] for row in json.loads((SHARED / "vocab" / name).read_text("utf-8"))}
    used = {
        code
        for term in vocabularies[model]
        for code in term.values["national_codes"].get(scheme, ())
    }
    assert used
    assert used <= known


@needs_shared
def test_sami_words_are_whole_attested_entries(vocabularies):
    with (SHARED / "glossary.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    for model, terms in vocabularies.items():
        if model is Municipality:
            continue
        for term in terms:
            for language in {"se", "smn", "sms"} & set(term.labels):
                word = term.labels[language]
                source = term.label_sources[language]["source"]
                assert (word, source) in {
                    (row[language], row[f"source_{language}"]) for row in rows
                }


@needs_shared
def test_municipality_names_are_those_of_the_shared_table(municipalities):
    table = json.loads((SHARED / "vocab" / "municipalities_lapland.json").read_text("utf-8"))
    for row in table["municipalities"]:
        names = {language: row[language] for language in ("fi", "sv")}
        names |= {
            language: row[language]["name"] for language in ("se", "smn", "sms") if language in row
        }
        assert municipalities[row["code"]].labels == names


@needs_shared
def test_neighbours_are_those_the_borders_give(municipalities):
    borders = json.loads((SHARED / "geo" / "lapland_municipalities.geojson").read_text("utf-8"))
    kept = {code: term.values["neighbours"] for code, term in municipalities.items()}
    assert kept == neighbours(borders["features"])
