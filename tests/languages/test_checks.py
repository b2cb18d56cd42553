"""The system checks speak when a language would silently not work."""

import pytest

from site_core.languages import catalogues, checks
from site_core.languages.registry import LANGUAGES


def test_all_is_well():
    catalogues.compile_all()
    assert checks.check_catalogues(None) == []
    assert checks.check_formats(None) == []


def test_a_missing_catalogue_is_named_with_the_way_out(locale, monkeypatch):
    monkeypatch.setattr(checks, "LOCALE", locale)
    catalogues.machine_path("sms", locale).unlink()
    (error,) = checks.check_catalogues(None)
    assert error.id == "languages.E001"
    assert "sms" in error.msg
    assert "compile_catalogues" in error.hint


def test_a_language_django_does_not_take_is_named(monkeypatch):
    monkeypatch.setattr(checks, "check_for_language", lambda code: code != "se")
    assert ["“se”" in error.msg for error in checks.check_catalogues(None)] == [True]


@pytest.mark.parametrize("packages", [None, [], "no_such_package", ["site_core.no_formats"]])
def test_missing_formats_are_named(settings, packages):
    settings.FORMAT_MODULE_PATH = packages
    errors = checks.check_formats(None)
    assert [error.id for error in errors] == ["languages.E002"] * len(LANGUAGES)
    assert "formats.py" in errors[0].hint
