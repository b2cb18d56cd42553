"""`manage.py search_eval` as a shell runs it: own database and index, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from elasticsearch import Elasticsearch

from tests.architecture.project import ROOT

WAIT_SECONDS = 300
pytestmark = pytest.mark.timeout(2 * WAIT_SECONDS)

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


@pytest.fixture
def on_engine(here, elastic, settings) -> dict[str, str]:
    """The same with the search engine, its indices those of the test."""
    named = {"SEARCH_URL": settings.SEARCH_URL, "SEARCH_INDEX": settings.SEARCH_INDEX}
    return here | named


@contextmanager
def started(path: Path, environment: dict[str, str], *options: str) -> Iterator[subprocess.Popen]:
    """A process of the command, which ends with the test at the latest."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "search_eval", str(path), *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def written(folder: Path, judged: object) -> Path:
    path = folder / "judged.json"
    path.write_text(json.dumps(judged))
    return path


def scratch(folder: Path, pid: int) -> list[str]:
    """Folders and databases that an evaluation has made and not deleted yet."""
    found = [path.name for path in folder.glob("search-eval-*")]
    if connection.vendor == "postgresql":
        with psycopg.connect(os.environ["DATABASE_URL"]) as server:
            names = server.execute("SELECT datname FROM pg_database")
            found += [name for (name,) in names if name.startswith(f"search_eval_{pid}_")]
    return found


def check_figures(out: str, shown: Path) -> None:
    figures = json.loads(out)
    assert figures["all"] == {
        "ndcg_at_10": 1.0,
        "recall_at_10": 1.0,
        "p_at_10": 1.0,
        "zero_rate": 0.0,
        "queries": 2,
    }
    assert set(figures["by_locale"]) == {"fi", "sv"}
    assert figures["none"] == {"queries": 1, "with_hits": 0, "none_with_strong": 0}
    assert json.loads(shown.read_text()) == {"q1": ["x1"], "q2": ["x2"], "q3": []}


def long_one(**sizes: int) -> dict:
    """A judged set that keeps an evaluation busy until somebody interrupts it."""
    documents = [{**DOCUMENT, "id": f"x{number}"} for number in range(sizes.get("documents", 5))]
    queries = [{"query": "tulkkauspalvelu"}] * sizes.get("queries", 1)
    return {"documents": documents, "queries": queries}


def indices(client: Elasticsearch, settings) -> list[str]:
    return list(client.indices.get(index=f"{settings.SEARCH_INDEX}*"))


def wait_for(found: Callable[[], object]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not found():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.database
def test_it_measures_and_leaves_nothing(tmp_path, here):
    path, shown = written(tmp_path, JUDGED), tmp_path / "run.json"
    options = ("--engine", ENGINE[connection.vendor], "--json", "--run", str(shown))
    with started(path, here, *options) as running:
        out, told = running.communicate(timeout=WAIT_SECONDS)
    assert running.returncode == 0, told
    check_figures(out, shown)
    assert scratch(tmp_path, running.pid) == []
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.database
def test_an_interrupted_one_leaves_nothing(tmp_path, here):
    path = written(tmp_path, long_one(documents=5000))
    with started(path, here, "--engine", ENGINE[connection.vendor]) as running:
        wait_for(lambda: scratch(tmp_path, running.pid))
        running.send_signal(signal.SIGTERM)  # SIGINT is ignored below a shell's background job
        running.communicate(timeout=WAIT_SECONDS)
    assert running.returncode == 128 + signal.SIGINT
    assert scratch(tmp_path, running.pid) == []


@pytest.mark.engine
def test_on_elasticsearch_it_measures_and_leaves_no_index(tmp_path, on_engine, elastic, settings):
    path, shown = written(tmp_path, JUDGED), tmp_path / "run.json"
    options = ("--engine", "elasticsearch", "--json", "--run", str(shown))
    with started(path, on_engine, *options) as running:
        out, told = running.communicate(timeout=WAIT_SECONDS)
    assert running.returncode == 0, told
    check_figures(out, shown)
    assert indices(elastic, settings) == []


@pytest.mark.engine
def test_interrupted_on_elasticsearch_it_leaves_no_index(tmp_path, on_engine, elastic, settings):
    path = written(tmp_path, long_one(queries=2000))
    with started(path, on_engine, "--engine", "elasticsearch") as running:
        wait_for(lambda: indices(elastic, settings))
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=WAIT_SECONDS)
    assert running.returncode == 128 + signal.SIGINT
    assert indices(elastic, settings) == []
    assert scratch(tmp_path, running.pid) == []


@pytest.mark.engine
def test_the_database_never_answers_in_its_place(tmp_path, on_engine, elastic, settings):
    """An index that goes away under the evaluation ends it, without figures."""
    path = written(tmp_path, long_one(queries=2000))
    with started(path, on_engine, "--engine", "elasticsearch") as running:
        wait_for(lambda: elastic.indices.get_alias(name=f"{settings.SEARCH_INDEX}*").body)
        elastic.indices.delete(index=indices(elastic, settings))
        out, told = running.communicate(timeout=WAIT_SECONDS)
    assert (running.returncode, out) == (1, "")
    assert told.splitlines()[-1].endswith("the search engine failed, and the database answered.")


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
    path = written(tmp_path, judged)
    with started(path, sqlite, "--engine", engine, "--json") as running:
        out, told = running.communicate(timeout=WAIT_SECONDS)
    assert (running.returncode, out) == (1, "")
    (line,) = told.splitlines()
    assert said in line
