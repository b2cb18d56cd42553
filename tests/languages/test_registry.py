"""The registry holds five content languages and English for the admin, and nothing is missing."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.translation import get_language_info

from site_core.languages.registry import ADMIN_LANGUAGES, LANGUAGES, SAMI_CODES, chain, register
from site_core.languages.sorting import sort_key


def test_order_and_own_names():
    assert [(item.code, item.own_name) for item in LANGUAGES.values()] == [
        ("fi", "suomi"),
        ("sv", "svenska"),
        ("se", "davvisámegiella"),
        ("smn", "anarâškielâ"),
        ("sms", "sääʹmǩiõll"),
    ]
    assert SAMI_CODES == ("se", "smn", "sms")


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_is_whole(code):
    language = LANGUAGES[code]
    assert set(chain(code)) == set(LANGUAGES)
    assert chain(code)[0] == code
    assert language.plural_count == (3 if language.is_sami else 2)
    assert language.analyser
    assert sort_key("a", language.sort_key)


@pytest.mark.parametrize("code", SAMI_CODES)
def test_sami_readers_fall_back_to_finnish_first(code):
    assert chain(code)[1:3] == ("fi", "sv")


def test_an_unknown_reader_gets_the_default():
    assert chain("en") == chain("fi")


@pytest.mark.parametrize("code", LANGUAGES)
def test_django_knows_the_language(code):
    register()
    assert get_language_info(code)["name_local"] == LANGUAGES[code].own_name


def test_english_is_for_the_admin_only():
    assert [item.code for item in ADMIN_LANGUAGES] == ["fi", "sv", "en"]
    assert [code for code, _ in settings.WAGTAILADMIN_PERMITTED_LANGUAGES] == ["fi", "sv", "en"]
    assert [code for code, _ in settings.LANGUAGES] == list(LANGUAGES)
    assert [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES] == list(LANGUAGES)


def test_the_registry_needs_no_settings():
    script = (
        "import site_core.languages.registry as r; r.register(); from django.conf import settings"
    )
    script += "; assert not settings.configured; print(len(r.LANGUAGES))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={}
    )
    assert done.stdout.strip() == "5"
