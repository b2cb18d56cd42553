"""Catalogues are compiled, kept in step, and checked; nothing composed in Sámi gets through."""

import subprocess
import sys
from gettext import GNUTranslations
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from site_core.languages import attested, catalogue_checks, catalogues, extraction
from site_core.languages.attested import GLOSSARY, same_entry
from site_core.languages.catalogue_checks import (
    beyond_glossary,
    incomplete,
    placeholders,
    problems,
    stale,
    unattested,
)
from site_core.languages.extraction import Message
from site_core.languages.registry import LANGUAGES, SAMI_CODES
from tests.languages.conftest import entry, write_catalogue

HEAD = "msgid\tcontext\tkey\tse\tsmn\tsms\tsource_se\tsource_smn\tsource_sms\n"
SAVE = "Save\t\tsave\tVurke\tVuorkkii\tRuõkk\tW se\tW smn\tW sms\n"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "attested.tsv"
    path.write_text(HEAD + SAVE, "utf-8")
    monkeypatch.setattr(catalogues, "attested", lambda: attested.attested(path))
    return path


def compiled(code: str, locale: Path) -> GNUTranslations:
    with catalogues.machine_path(code, locale).open("rb") as file:
        return GNUTranslations(file)


@pytest.mark.parametrize("code", LANGUAGES)
def test_compiled_catalogues_count_as_their_language_does(locale, code):
    forms = [compiled(code, locale).plural(number) for number in (1, 2, 3, 0)]
    assert forms == ([0, 1, 2, 2] if code in SAMI_CODES else [0, 1, 1, 1])


def test_what_is_not_translated_is_not_compiled(locale):
    write_catalogue(
        locale,
        "sv",
        entry("Save", ""),
        entry("one", "en", "", plural="many"),
        "#, fuzzy\n" + entry("Draft", "Utkast"),
        entry("Send", "Skicka"),
    )
    catalogues.compile_all(locale)
    swedish = compiled("sv", locale)
    assert swedish.gettext("Send") == "Skicka"
    assert swedish.gettext("Save") == "Save"
    assert swedish.gettext("Draft") == "Draft"
    assert swedish.ngettext("one", "many", 1) == "one"


def test_compiling_needs_neither_settings_nor_gettext():
    done = subprocess.run(
        [sys.executable, "-m", "site_core.languages.catalogues"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": ""},
        cwd=extraction.PROJECT,
    )
    assert done.stdout == "Compiled 5 catalogues.\n"


MESSAGES = [Message("Open"), Message("Save"), Message("one", plural="many")]


def test_update_keeps_translations_adds_new_and_drops_unused(locale, table):
    changed = catalogues.update_all(MESSAGES, locale)
    assert len(changed) == len(LANGUAGES)
    swedish = catalogues.read("sv", locale)
    assert [message.id for message in swedish if message.id] == ["Open", "Save", ("one", "many")]
    assert swedish["Save"].string == "Spara"
    assert swedish["Open"].string == ""
    text = catalogues.source_path("sms", locale).read_text("utf-8")
    assert '#. source: W sms\nmsgid "Save"\nmsgstr "Ruõkk"' in text
    assert text.count("msgstr[2]") == 1
    assert "nplurals=3" in text
    assert catalogues.update_all(MESSAGES, locale) == []
    assert list(stale(MESSAGES, locale)) == []


def test_update_does_not_squeeze_a_word_into_a_plural(locale, table):
    catalogues.update_all([Message("Save", plural="Save all")], locale)
    assert catalogues.read("sv", locale)["Save"].string == ("", "")


def test_update_does_not_keep_a_composed_sami_word(locale, table):
    write_catalogue(locale, "se", entry("Open", "Rahppet", comment="source: me"))
    catalogues.update_all(MESSAGES, locale)
    assert catalogues.read("se", locale)["Open"].string == ""


def test_stale_catalogues_are_named(locale, table):
    catalogues.update_all(MESSAGES, locale)
    found = list(stale([*MESSAGES, Message("Zoom")], locale))
    assert len(found) == len(LANGUAGES)
    assert "manage.py update_catalogues" in found[0]


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (entry("Save", ""), "sv: no translation of “Save”"),
        (entry("one", "en", "", plural="many"), "sv: no translation of “one”"),
        ("#, fuzzy\n" + entry("Save", "Spara"), "sv: no translation of “Save”"),
        (entry("May", "", context="alt. month"), "sv: no translation of “May” (alt. month)"),
        (entry("Save", "Spara"), None),
    ],
)
def test_incomplete(locale, broken, complaint):
    write_catalogue(locale, "sv", broken)
    found = list(incomplete("sv", catalogues.read("sv", locale)))
    assert found == ([complaint] if complaint else [])


@pytest.mark.parametrize(
    ("msgid", "string", "comment", "complaints"),
    [
        ("Save", "Vurke", "source: W se", []),
        ("Save", "vurke", "source: W se", []),
        ("Save", "", "", []),
        ("Save", "Vurke", "", ["se: “Save” has no source"]),
        ("Save", "Vurke buot", "source: W se", ["se: “Save” is not an attested entry"]),
        ("Save", "VURKE", "source: W se", ["se: “Save” is not an attested entry"]),
        ("Save all", "Vurke buot", "source: W se", ["se: “Save all” is not an attested entry"]),
    ],
)
def test_composed_sami_is_refused(locale, table, msgid, string, comment, complaints):
    write_catalogue(locale, "se", entry(msgid, string, comment=comment))
    assert list(unattested("se", catalogues.read("se", locale), table)) == complaints


def test_a_composed_plural_is_refused(locale, table):
    write_catalogue(locale, "se", entry("Save", "Vurke", "", "", plural="Save all"))
    assert len(list(unattested("se", catalogues.read("se", locale), table))) == 2


GLOSSARY_HEAD = "key\ten\tfi\tsv\tse\tsmn\tsms\tsource_se\tsource_smn\tsource_sms\tnote\n"


@pytest.mark.parametrize(
    ("row", "complaints"),
    [
        (SAVE, 0),
        (SAVE.replace("Vurke", "vurke"), 0),
        (SAVE.replace("Vurke", "Vurke buot"), 1),
        (SAVE.replace("W sms", "somewhere"), 1),
        (SAVE.replace("\tsave\t", "\tno_such_key\t"), 3),
    ],
)
def test_our_table_against_the_glossary(tmp_path, row, complaints):
    glossary, table = tmp_path / "glossary.tsv", tmp_path / "attested.tsv"
    words = "Vurke\tVuorkkii\tRuõkk\tW se\tW smn\tW sms"
    glossary.write_text(f"{GLOSSARY_HEAD}save\tSave\tTallenna\tSpara\t{words}\t\n", "utf-8")
    table.write_text(HEAD + row, "utf-8")
    assert len(list(beyond_glossary(table, glossary))) == complaints


@pytest.mark.parametrize(
    ("word", "whole", "same"),
    [
        ("Bálvalus", "bálvalus", True),
        ("ŋálgi", "Ŋálgi", True),
        ("bálvalusat", "bálvalus", False),
        ("bálvaluS", "bálvalus", False),
        ("", "bálvalus", False),
    ],
)
def test_only_the_first_letter_may_change_case(word, whole, same):
    assert same_entry(word, whole) is same


@pytest.mark.parametrize(
    ("broken", "count"),
    [
        (entry("In %(place)s", "Palvelut"), 1),
        (entry("In %(place)s", "%(town)s"), 1),
        (entry("In %(place)s", "%(place)s %(place)s"), 0),
        (entry("Hi {name}", "Hei {nimi}"), 1),
        (entry("One left", "Yksi", "%(count)s", plural="%(count)s left"), 0),
        (entry("One left", "Yksi", "Monta", plural="%(count)s left"), 1),
        (entry("One in %(p)s", "Yksi", "%(count)s: %(p)s", plural="%(count)s in %(p)s"), 1),
        (entry("100 %", "100 %"), 0),
        (entry("In %(place)s", ""), 0),
    ],
)
def test_placeholders(locale, broken, count):
    write_catalogue(locale, "fi", broken)
    assert len(list(placeholders("fi", catalogues.read("fi", locale)))) == count


def test_the_command_fails_and_lists_what_is_wrong(monkeypatch):
    command = "site_core.languages.management.commands.check_catalogues.problems"
    monkeypatch.setattr(command, lambda messages: ["sv: no translation of “Save”"])
    errors = StringIO()
    with pytest.raises(CommandError, match="1 problems"):
        call_command("check_catalogues", stderr=errors)
    assert "sv: no translation of “Save”" in errors.getvalue()


def test_the_products_own_catalogues_are_well():
    assert problems(extraction.all_messages()) == []


@pytest.mark.skipif(not GLOSSARY.exists(), reason="../shared/data is not beside this checkout")
def test_every_attested_word_is_the_glossarys():
    assert list(beyond_glossary(catalogue_checks.TABLE, GLOSSARY)) == []


@pytest.mark.parametrize("code", SAMI_CODES)
def test_sami_catalogues_hold_days_months_and_languages(code):
    words = catalogues.read(code)
    for message in extraction.fixed_messages():
        assert words.get(message.msgid, message.context or None).string, message
