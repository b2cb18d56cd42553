"""The portal with demo content, from a fresh clone to a running site: `make demo`.

Needs Python 3.11+ with venv and nothing else. The first run makes `.venv`, the catalogues, an
SQLite database and the demo content; later runs keep the data and start at once. Delete `var/` to
begin again.
"""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import environment
from environment import PYTHON, ROOT

PACKAGES = ("site_core", "services", "news", "training", "search")
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
DATABASE = VAR / "portal.sqlite3"
STATE = VAR / "demo.json"
LOG_INS = VAR / "demo-log-ins.txt"
START_SECONDS = 60
VOIKKO = (
    "Without libvoikko inflected Finnish words are found less well."
    " To install it: sudo apt-get install libvoikko1 voikko-fi"
)


def main() -> None:
    port = chosen_port()
    environment.install("requirements.lock")
    if not succeeds(PYTHON, "-c", "import libvoikko; libvoikko.Voikko('fi')"):
        print(VOIKKO)
    prepare()
    serve(port)


def chosen_port() -> int:
    """Return the port to serve on; stops with one line where it is no port or in use."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65_536:
        sys.exit(f"PORT={given} is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except OSError as error:
            sys.exit(f"Port {given} cannot be used ({error.strerror}). Try: PORT=8001 make demo")
    return int(given)


def prepare() -> None:
    """Do what has not been done for this state of the sources; the demo content only once."""
    VAR.mkdir(parents=True, exist_ok=True)
    done = json.loads(STATE.read_text()) if STATE.exists() and DATABASE.exists() else {}
    catalogues = fingerprint("*.po", folder="site_core/locale")
    tables = fingerprint("*/migrations/*.py", "apps.py", "*.json")
    if done.get("catalogues") != catalogues or not any(ROOT.glob("site_core/locale/*/*/*.mo")):
        do("Compiling the catalogues", "-m", "site_core.languages.catalogues")
    if done.get("tables") != tables:
        do("Making the tables (half a minute)", "manage.py", "migrate", "--verbosity", "0")
        do("Setting up the portal", "manage.py", "setup_portal")
    if not done.get("seeded"):
        print("Making the demo content", flush=True)
        seed()
    STATE.write_text(json.dumps({"catalogues": catalogues, "tables": tables, "seeded": True}))


def fingerprint(*patterns: str, folder: str = "") -> str:
    """Name the content of the files that match, so that a change of one is noticed."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for package in [folder] if folder else PACKAGES:
        for path in sorted({path for p in patterns for path in (ROOT / package).rglob(p)}):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def seed() -> None:
    """Run `seed_demo` in sight, and keep the log-ins it ends with for later runs."""
    command = subprocess.Popen(
        [PYTHON, "manage.py", "seed_demo"],
        cwd=ROOT,
        env=settings(),
        stdout=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in command.stdout:
        print(line, end="", flush=True)
        said.append(line)
    if command.wait():
        sys.exit("The demo content could not be made; what failed stands above.")
    headings = [number for number, line in enumerate(said) if not line.startswith(" ")]
    LOG_INS.write_text("".join(said[headings[-1] :]))


def serve(port: int) -> None:
    """Run the web server and the worker until one ends or is interrupted."""
    commands = [["runserver", f"127.0.0.1:{port}", "--noreload"], ["worker"]]
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    running = [
        subprocess.Popen(
            [PYTHON, "manage.py", *command], cwd=ROOT, env=settings(), start_new_session=True
        )
        for command in commands
    ]
    try:
        if answers(f"http://127.0.0.1:{port}/", running[0]):
            print(f"\n{LOG_INS.read_text()}\nThe portal: http://127.0.0.1:{port}/", flush=True)
            print(f"The admin:  http://127.0.0.1:{port}/cms/   Ctrl-C stops.", flush=True)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        sys.exit("The server or the worker stopped; why stands above.")
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def answers(address: str, server: subprocess.Popen) -> bool:
    """Wait until the first page is there; False where the server ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=START_SECONDS):
                return True
        except HTTPError:
            return True
        except (URLError, OSError):
            time.sleep(0.2)
    return False


def do(heading: str, *arguments: str) -> None:
    print(heading, flush=True)
    if not succeeds(PYTHON, *arguments, quiet=False):
        sys.exit(f"'{' '.join(arguments)}' failed; why stands above.")


def settings() -> dict:
    """The demo has its own database and searches it, whatever the shell points to."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_core.settings.dev",
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "SEARCH_URL": "",
        "VAR_DIR": str(VAR),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",
    }


def succeeds(*command: object, quiet: bool = True) -> bool:
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        command, cwd=ROOT, env=settings(), stdout=output, stderr=output, check=False
    )
    return done.returncode == 0


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
