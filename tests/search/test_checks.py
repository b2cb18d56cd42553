"""System checks of the search."""

import pytest

from search import checks


def test_missing_voikko_is_told_before_a_deployment(monkeypatch):
    monkeypatch.setattr(checks, "finnish_rung", lambda: "simplemma")
    (warning,) = checks.check_finnish_analysis(None)
    assert (warning.id, "libvoikko1" in warning.hint) == ("search.W001", True)


def test_voikko_present_is_silent(monkeypatch):
    monkeypatch.setattr(checks, "finnish_rung", lambda: "voikko")
    assert checks.check_finnish_analysis(None) == []


def faults() -> list[str]:
    return [f"{found.id} {found.msg}" for found in checks.check_engine_settings(None)]


def test_a_portal_without_an_engine_says_so_and_no_more():
    (info,) = faults()
    assert info.startswith("search.I001 The database answers")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"URL": "search.example.fi:9200"}, "SEARCH_URL must name"),
        ({"URL": "http://search.example.fi"}, "SEARCH_URL must name"),
        ({"URL": "https://portal:secret@search.example.fi:9200"}, "must not hold a password"),
        ({"USER": "portal"}, "belong together"),
        ({"PASSWORD": "secret"}, "belong together"),
        ({"USER": "portal", "PASSWORD": "secret", "API_KEY": "key"}, "exclude each other"),
        ({"URL": "http://search.example.fi:9200", "API_KEY": "key"}, "in the open"),
        ({"URL": "http://127.0.0.1:9200", "CA": __file__}, "SEARCH_CA is for"),
        ({"CA": "/no/such/file.pem"}, "SEARCH_CA names no file"),
        ({"INDEX": "Portal"}, "SEARCH_INDEX may hold"),
    ],
)
def test_settings_of_the_engine_that_contradict_each_other_are_told(settings, changes, word):
    for name, value in {"URL": "https://search.example.fi:9200", **changes}.items():
        setattr(settings, f"SEARCH_{name}", value)
    (fault,) = faults()
    assert fault.startswith("search.W002 ")
    assert word in fault


@pytest.mark.parametrize(
    "good",
    [
        {"URL": "http://127.0.0.1:9200", "USER": "portal", "PASSWORD": "secret"},
        {"URL": "https://search.example.fi", "API_KEY": "key", "CA": __file__},
    ],
)
def test_settings_of_the_engine_that_agree_are_silent(settings, good):
    for name, value in good.items():
        setattr(settings, f"SEARCH_{name}", value)
    assert faults() == []
