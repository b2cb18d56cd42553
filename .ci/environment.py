"""Make `.venv` and install a lock file into it, hash by hash.

    python3 .ci/environment.py requirements.lock        what the portal needs to run
    python3 .ci/environment.py requirements-dev.lock    exactly what its tests need

Needs only the standard library. A second run does nothing while the lock is the same.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this line is for an older one
    sys.exit("Python 3.11 or newer is needed; this is Python " + sys.version.split()[0] + ".")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
DEV_LOCK = "requirements-dev.lock"
NO_NETWORK = (
    "name resolution",
    "dns error",
    "connection refused",
    "failed to connect",
    "network is unreachable",
    "newconnectionerror",
    "timed out",
    "no matching distribution found for uv",
)


def install(lock: str) -> None:
    """Install `lock`; stops the program with one line where that cannot be done."""
    stamp = VENV / f"installed-{lock}"
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    make_venv()
    print("Installing the packages of", lock, flush=True)
    if not run(*installer(lock)):
        sys.exit(reason())
    stamp.write_text(digest)


def make_venv() -> None:
    """Make `.venv` where there is none, or none that works with a Python new enough."""
    works = "import sys; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", works], check=False).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("Python's venv is missing: apt-get install python3-venv")
    print("Making .venv", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def installer(lock: str) -> list:
    """Return the command that installs `lock`: with uv in seconds, with pip in a minute.

    The exact set (`sync`) is for tests; a demo must not remove a developer's tools.
    """
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        run(PYTHON, "-m", "ensurepip")
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(locked("uv"))
            file.flush()
            run(*pip(), "--no-deps", "-r", file.name)
    if not uv.exists():
        return [*pip(), "-r", ROOT / lock]
    verb = ["sync"] if lock == DEV_LOCK else ["install", "-r"]
    return [uv, "pip", *verb, ROOT / lock, "--require-hashes", "--python", PYTHON]


def pip() -> list:
    return [PYTHON, "-m", "pip", "install", "--retries", "1", "--require-hashes"]


def locked(package: str) -> str:
    """Return the lines of one package, with its hashes, from the lock of all tools."""
    lines: list = []
    for line in (ROOT / DEV_LOCK).read_text().splitlines():
        if lines and not line.startswith(" "):
            break
        if lines or line.startswith(package + "=="):
            lines.append(line)
    return "\n".join(lines)


def run(*command: object) -> bool:
    """Run a command with its words kept in the log; tell whether it succeeded."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(map(str, command))}\n")
        log.flush()
        done = subprocess.run(command, env=environment, stdout=log, stderr=log, check=False)
    return done.returncode == 0


def reason() -> str:
    """Say in one line why the last command failed."""
    words = LOG.read_text().rpartition("\n$ ")[2]
    if any(sign in words.lower() for sign in NO_NETWORK):
        return f"No network: the package registry did not answer. Details: {LOG.relative_to(ROOT)}"
    return f"The packages could not be installed. Details: {LOG.relative_to(ROOT)}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 .ci/environment.py LOCK")
    install(sys.argv[1])
