"""`manage.py search_eval` as a shell runs it: own database and index, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.architecture.project import ROOT

ENGINE = {"sqlite": "sqlite", "postgresql": "postgres"}
DOCUMENT = {"id": "x1", "locale": "fi", "title": "Tulkkauspalvelu", "municipalities": ["Inari"]}
JUDGED = {
    "documents": [
        DOCUMENT,
        {"id": "x2", "locale": "sv", "title": "Tolkningstjänst", "translation_of": "x1"},
        {"id": "x3", "locale": "fi", "title": "Uimahalli", "text": "Avoinna joka päivä."},
    ],
    "queries": [
        {"qid": "q1", "ui_locale": "fi", "query": "tulkkauspalvelun", "relevant": {"x1": 3}},
        {"qid": "q2", "ui_locale": "sv", "query": "tolkning", "relevant": {"x1": 3}},
        {"qid": "q3", "ui_locale": "fi", "query": "xyzzy", "type": "none", "relevant": {}},
    ],
}


@pytest.fixture
def here(tmp_path) -> dict[str, str]:
    """A shell's environment: the server at hand, but a portal of which nothing may be made."""
    given = os.environ.get("DATABASE_URL", "")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "site_core.settings.dev",
        "DATABASE_URL": given or f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "VAR_DIR": str(tmp_path / "var"),
        "TMPDIR": str(tmp_path),
        "SEARCH_URL": "",
    }


def command(path: Path, *options: str) -> list[str]:
    return [sys.executable, "manage.py", "search_eval", str(path), *options]


def run(path: Path, environment: dict[str, str], *options: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(path, *options), cwd=ROOT, env=environment, capture_output=True, text=True
    )


def written(folder: Path, judged: object) -> Path:
    path = folder / "judged.json"
    path.write_text(json.dumps(judged))
    return path


def left_behind(folder: Path) -> list[str]:
    """Scratch folders and databases that are there still."""
    found = [path.name for path in folder.glob("search-eval-*")]
    if connection.vendor == "postgresql":
        with psycopg.connect(os.environ["DATABASE_URL"]) as server:
            rows = server.execute("SELECT datname FROM pg_database WHERE datname ~ '^search_eval_'")
            found += [name for (name,) in rows]
    return found


@pytest.mark.database
def test_it_measures_and_leaves_nothing(tmp_path, here):
    out = tmp_path / "run.json"
    path = written(tmp_path, JUDGED)
    done = run(path, here, "--engine", ENGINE[connection.vendor], "--json", "--run", str(out))
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["all"] == {
        "ndcg_at_10": 1.0,
        "recall_at_10": 1.0,
        "p_at_10": 1.0,
        "zero_rate": 0.0,
        "queries": 2,
    }
    assert set(figures["by_locale"]) == {"fi", "sv"}
    assert figures["none"] == {"queries": 1, "with_hits": 0, "none_with_strong": 0}
    assert json.loads(out.read_text()) == {"q1": ["x1"], "q2": ["x2"], "q3": []}
    assert left_behind(tmp_path) == []
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.database
def test_an_interrupted_one_leaves_nothing(tmp_path, here):
    many = [{**DOCUMENT, "id": f"x{number}"} for number in range(5000)]
    path = written(tmp_path, {**JUDGED, "documents": many})
    running = subprocess.Popen(
        command(path, "--engine", ENGINE[connection.vendor]), cwd=ROOT, env=here
    )
    until = time.monotonic() + 60
    while not left_behind(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    assert left_behind(tmp_path) != []
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 128 + signal.SIGINT
    assert left_behind(tmp_path) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("judged", "engine", "said"),
    [
        (JUDGED, "elasticsearch", "SEARCH_URL"),
        (JUDGED, "postgres", "DATABASE_URL"),
        ({"documents": []}, "sqlite", "documents"),
    ],
)
def test_what_is_missing_is_told_in_one_line(judged, engine, said, tmp_path, here):
    sqlite = here | {"DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}"}
    done = run(written(tmp_path, judged), sqlite, "--engine", engine, "--json")
    assert done.returncode != 0
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert said in line
