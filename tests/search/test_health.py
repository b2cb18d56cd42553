"""What `manage.py check_worker` says about the search, and what `manage.py analyse` shows."""

import pytest
from django.core.management import call_command

from search import health
from search.management.commands import analyse
from site_core.worker.health import CHECKS


@pytest.mark.parametrize(("rung", "faults"), [("voikko", 0), ("simplemma", 1)])
def test_whoever_reads_finnish_badly_is_named(monkeypatch, rung, faults):
    monkeypatch.setattr(health, "finnish_rung", lambda: rung)
    assert health.finnish_is_taken_apart in CHECKS
    told = health.finnish_is_taken_apart()
    assert len(told) == faults
    assert all(rung in fault and "libvoikko1" in fault for fault in told)


def test_analyse_shows_the_layers(capsys):
    call_command("analyse", "päihdepalveluissa", "xyzzyssä", "--lang", "fi")
    told = capsys.readouterr().out
    assert "Finnish by" in told
    assert "  lemma  paihdepalvelu\n" in told
    assert "xyzzyssä (in no dictionary)" in told


def test_analyse_reads_as_the_language_given(capsys):
    call_command("analyse", "giela", "--lang", "se")
    told = capsys.readouterr().out
    assert "  lemma  giella\n" in told
    assert "Finnish" not in told


def test_analyse_names_the_rung_that_runs(monkeypatch, capsys):
    monkeypatch.setattr(analyse, "finnish_rung", lambda: "simplemma")
    call_command("analyse", "sana")
    assert "Finnish by simplemma" in capsys.readouterr().out
