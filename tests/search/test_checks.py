"""System checks of the search."""

from search import checks


def test_missing_voikko_is_told_before_a_deployment(monkeypatch):
    monkeypatch.setattr(checks, "finnish_rung", lambda: "simplemma")
    (warning,) = checks.check_finnish_analysis(None)
    assert (warning.id, "libvoikko1" in warning.hint) == ("search.W001", True)


def test_voikko_present_is_silent(monkeypatch):
    monkeypatch.setattr(checks, "finnish_rung", lambda: "voikko")
    assert checks.check_finnish_analysis(None) == []
