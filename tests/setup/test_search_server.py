"""The search engine of `.ci/search_server.py`: what it needs, fetches, checks and leaves behind."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from elasticsearch import ApiError, ConnectionTimeout
from elasticsearch import ConnectionError as NoConnection

from tests.support.elasticsearch import ROOT, Server, client_of, server

SCRIPT = ROOT / ".ci/search_server.py"
RIGHT = b"as it should be"


@pytest.fixture
def script(tmp_path, monkeypatch):
    """The script as a module, with a cache of its own and a small distribution in mind."""
    spec = importlib.util.spec_from_file_location("search_server", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(module, "ZIP", tmp_path / "cache" / "distribution.zip")
    monkeypatch.setattr(module, "SHA256", hashlib.sha256(RIGHT).hexdigest())
    return module


def command(folder: Path, name: str, *lines: str) -> Path:
    """A command that does what the lines of shell say."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/bash", *lines, ""]))
    path.chmod(0o755)
    return path


@pytest.fixture
def maven(tmp_path, monkeypatch):
    """Put a Maven first on the path that brings what it is told to; its calls are kept."""

    def maven(*, usual: bytes, afresh: bytes) -> Path:
        for name, content in (("usual", usual), ("afresh", afresh)):
            (tmp_path / name).write_bytes(content)
        command(
            tmp_path / "bin",
            "mvn",
            f'echo "$*" >>{tmp_path}/calls',
            'for word; do case "$word" in -DoutputDirectory=*) out=${word#*=} ;; esac; done',
            f"from={tmp_path}/usual",
            f'case "$*" in *repo.local*) from={tmp_path}/afresh ;; esac',
            'cp "$from" "$out/distribution.zip"',
        )
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
        return tmp_path / "calls"

    return maven


def calls(path: Path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_what_was_fetched_is_kept(script, maven):
    made = maven(usual=RIGHT, afresh=b"")
    assert [script.fetched().read_bytes() for _ in range(2)] == [RIGHT, RIGHT]
    assert calls(made) == 1


def test_what_broke_in_the_cache_is_fetched_anew(script, maven):
    made = maven(usual=RIGHT, afresh=b"")
    script.fetched().write_bytes(b"half of it")
    assert script.fetched().read_bytes() == RIGHT
    assert calls(made) == 2


def test_what_broke_in_mavens_repository_is_fetched_past_it(script, maven):
    made = maven(usual=b"half of it", afresh=RIGHT)
    assert script.fetched().read_bytes() == RIGHT
    assert calls(made) == 2


def test_what_stays_broken_is_never_run(script, maven):
    made = maven(usual=b"half of it", afresh=b"another thing")
    with pytest.raises(SystemExit, match="another checksum"):
        script.fetched()
    assert calls(made) == 2


def test_a_maven_that_fails_is_named(script, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{command(tmp_path / 'bin', 'mvn', 'exit 1').parent}:/bin")
    with pytest.raises(SystemExit, match="Maven could not fetch"):
        script.fetched()


def test_a_java_too_old_is_named(tmp_path):
    old = command(tmp_path / "bin", "java", """echo 'openjdk version "17.0.15"' >&2""")
    done = subprocess.run(
        [sys.executable, SCRIPT, "check"],
        env=os.environ | {"ES_JAVA_HOME": str(old.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"ES_JAVA_HOME={tmp_path} holds no JDK 21 or newer.\n"


@pytest.mark.parametrize(("version", "found"), [("20.0.1", False), ("21", True), ("30-ea", True)])
def test_java_is_looked_for_where_it_is_not_named(script, tmp_path, monkeypatch, version, found):
    command(tmp_path / "jdk/bin", "java", f"""echo 'openjdk version "{version}"' >&2""")
    for name, value in {"PATH": "/nowhere", "JAVA_HOME": str(tmp_path / "jdk")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)
    monkeypatch.setattr(script, "JVMS", tmp_path / "none")
    if found:
        assert script.java_home() == tmp_path / "jdk"
    else:
        with pytest.raises(SystemExit, match="needs a JDK 21 or newer"):
            script.java_home()


def test_the_newest_of_the_machine_is_taken(script, tmp_path, monkeypatch):
    for version in ("25.0.1", "9.0.4", "21.0.2"):
        words = f"""echo 'openjdk version "{version}"' >&2"""
        command(tmp_path / f"jvm/{version}/bin", "java", words)
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(script, "JVMS", tmp_path / "jvm")
    assert script.java_home().name == "25.0.1"


@pytest.fixture(scope="module")
def own():
    """A server of these tests with one user."""
    with server("portal", "not-to-be-guessed") as own:
        yield own


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_a_server_runs_under_a_user_who_is_not_root(own: Server):
    assert Path(f"/proc/{own.pid}").stat().st_uid != 0


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_a_server_with_a_password_knows_only_its_user(own: Server, settings):
    own.point_to(settings)
    with client_of(settings) as client:
        patient = client.options(request_timeout=60)  # its indices come up after it answers
        # Yellow at best, once another test has made an index: one server holds no copy of it.
        health = patient.cluster.health(wait_for_status="yellow", timeout="50s")
        assert not health["timed_out"], health
    settings.SEARCH_PASSWORD = "guessed"
    with client_of(settings) as client, pytest.raises(ApiError) as refused:
        client.cluster.health()
    assert refused.value.status_code == 401


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_it_freezes_dies_and_comes_back_with_its_data(own: Server, settings):
    own.point_to(settings)
    with client_of(settings) as client:
        client.indices.create(index=settings.SEARCH_INDEX)
        own.freeze()
        with pytest.raises(ConnectionTimeout):
            client.options(request_timeout=0.3).cluster.health()
        own.thaw()
        assert client.cluster.health()
        own.kill()
        with pytest.raises(NoConnection):
            client.cluster.health()
        own.start()
        assert client.indices.exists(index=settings.SEARCH_INDEX)


@pytest.mark.engine
def test_a_server_that_does_not_start_says_why_in_one_line(monkeypatch):
    words = """[ "$1" = -version ] && exec echo 'openjdk version "21"' >&2"""
    with TemporaryDirectory(dir="/tmp") as folder:  # one that the server's user can enter
        Path(folder).chmod(0o755)
        java = command(Path(folder) / "bin", "java", words, "echo 'Error: no memory'; exit 3")
        monkeypatch.setenv("ES_JAVA_HOME", str(java.parent.parent))
        with pytest.raises(pytest.fail.Exception) as failure, server():
            pass
    assert str(failure.value) == "elasticsearch failed: Error: no memory\n"
