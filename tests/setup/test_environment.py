"""What a person sees where the set-up cannot go on: one line, and an exit code that is not 0."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9/"


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert all(word in line for word in words), line


def test_demo_names_a_port_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(sys.executable, ".ci/demo.py", PORT=port)
    assert_one_line(done, f"Port {port}", "PORT=8001 make demo")


@pytest.mark.parametrize("port", ["web", "0", "70000"])
def test_demo_refuses_what_is_no_port(port):
    assert_one_line(run(sys.executable, ".ci/demo.py", PORT=port), f"PORT={port}")


@pytest.mark.parametrize("script", ["environment.py", "demo.py"])
def test_an_old_python_is_named(script):
    old = f"import sys; sys.version = '3.9.2 (old)'; sys.version_info = (3, 9, 2); \
sys.path.insert(0, '.ci'); import runpy; runpy.run_path('.ci/{script}', run_name='__main__')"
    done = run(sys.executable, "-c", old)
    assert_one_line(done, "Python 3.11 or newer is needed", "3.9.2")


def test_a_python_without_venv_is_named(tmp_path):
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "requirements.lock").write_text("")
    without = "import sys, runpy; sys.modules['ensurepip'] = None; sys.path.insert(0, '.ci'); \
import importlib.util as u; u.find_spec = lambda name: None; \
sys.argv = ['environment.py', 'requirements.lock']; \
runpy.run_path('.ci/environment.py', run_name='__main__')"
    done = run(sys.executable, "-c", without, cwd=tmp_path)
    assert_one_line(done, "apt-get install python3-venv")


def test_no_network_is_said(tmp_path):
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / lock, tmp_path)
    done = run(
        sys.executable,
        ".ci/environment.py",
        "requirements.lock",
        cwd=tmp_path,
        PIP_FIND_LINKS="",
        PIP_NO_CACHE_DIR="1",
        PIP_INDEX_URL=NOWHERE,
        UV_DEFAULT_INDEX=NOWHERE,
    )
    assert_one_line(done, "No network")
    assert not (tmp_path / ".venv/installed-requirements.lock").exists()


def commands_without(tmp_path: Path, *missing: str) -> str:
    """A PATH that holds every command of this machine but the missing ones."""
    for folder in reversed(os.environ["PATH"].split(os.pathsep)):
        for command in Path(folder).glob("*"):
            link = tmp_path / command.name
            link.unlink(missing_ok=True)
            if command.name not in missing:
                link.symlink_to(command)
    return str(tmp_path)


@pytest.mark.parametrize(
    ("command", "package"), [("chromium", "chromium"), ("java", "default-jre-headless")]
)
def test_a_missing_tool_is_named(tmp_path, command, package):
    done = run("/bin/bash", ".ci/test", PATH=commands_without(tmp_path, command))
    assert_one_line(done, "apt-get install", package)


def test_a_missing_postgresql_is_named(tmp_path):
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    packages = tmp_path / ".ci" / "debian-packages"
    there = "ls /usr/lib/postgresql/*/bin/initdb"
    packages.write_text(packages.read_text().replace(there, "false"))
    done = run("bash", ".ci/test", cwd=tmp_path, DATABASE_URL="")
    assert_one_line(done, "apt-get install postgresql")


def test_a_given_database_needs_no_postgresql_here(tmp_path):
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    packages = tmp_path / ".ci" / "debian-packages"
    packages.write_text("postgresql false\n")
    done = run("bash", ".ci/test", cwd=tmp_path, DATABASE_URL="postgres://127.0.0.1:9/x")
    assert_one_line(done, "python3 .ci/environment.py")
