"""Servers for a test run: started on free ports, gone without a trace afterwards."""

import os
import subprocess
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def services(tmp_path):
    def run(*words: str, **given: str) -> str:
        environment = os.environ | {
            "SERVICES_DIR": str(tmp_path / "services"),
            "DATABASE_URL": "",
            "SEARCH_URL": "",
            **given,
        }
        command = [ROOT / ".ci/services", *words]
        return subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    yield run
    run("stop")


def test_a_server_answers_until_it_is_stopped(services, tmp_path):
    services("start", "postgresql")
    url = services("env").removeprefix("export DATABASE_URL=").strip()
    data = Path((tmp_path / "services/postgresql").read_text().strip())
    with psycopg.connect(url) as server:
        assert server.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    services("start", "postgresql")
    assert services("env").endswith(f"{url}\n"), "a second start keeps the server"
    services("stop")
    assert not data.parent.exists()
    assert services("env") == ""
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_a_search_engine_answers_until_it_is_stopped(services, tmp_path):
    services("start", "search")
    url = services("env").removeprefix("export SEARCH_URL=").strip()
    folder = Path((tmp_path / "services/search").read_text().strip())
    with urlopen(f"{url}/_cluster/health") as answer:
        assert answer.status == 200
    services("start", "search")
    assert services("env").endswith(f"{url}\n"), "a second start keeps the server"
    services("stop")
    assert not folder.exists()
    assert services("env") == ""
    with pytest.raises(OSError, match=r"refused|reset"):  # while it is shutting down, the latter
        urlopen(f"{url}/_cluster/health")


def test_what_is_given_is_used_as_it_is(services):
    given = {
        "DATABASE_URL": "postgres://db.example.fi/portal",
        "SEARCH_URL": "http://es.example.fi",
    }
    services("start", **given)
    assert services("env") == ""


def test_what_cannot_start_is_said_and_leaves_nothing(services, tmp_path, capfd):
    with pytest.raises(subprocess.CalledProcessError):
        services("start", "search", ES_JAVA_HOME=str(tmp_path))
    (line,) = capfd.readouterr().err.splitlines()
    assert line == f"ES_JAVA_HOME={tmp_path} holds no JDK 21 or newer."
    assert not (tmp_path / "services").exists()
