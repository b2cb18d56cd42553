"""PostgreSQL for a test run: started on a free port, gone without a trace afterwards."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def services(tmp_path):
    def run(verb: str, database_url: str = "") -> str:
        environment = os.environ | {
            "SERVICES_DIR": str(tmp_path / "services"),
            "DATABASE_URL": database_url,
        }
        command = [ROOT / ".ci/services", verb]
        return subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    yield run
    run("stop")


def test_a_server_answers_until_it_is_stopped(services, tmp_path):
    services("start")
    url = services("env").removeprefix("export DATABASE_URL=").strip()
    data = Path((tmp_path / "services/data").read_text().strip())
    with psycopg.connect(url) as server:
        assert server.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    services("start")
    assert services("env").endswith(f"{url}\n"), "a second start keeps the server"
    services("stop")
    assert not data.parent.exists()
    assert services("env") == ""
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_given_database_is_used_as_it_is(services):
    services("start", database_url="postgres://db.example.fi/portal")
    assert services("env") == ""
