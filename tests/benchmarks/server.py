"""gunicorn with the portal, as production runs it: two workers, hashed and compressed files."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from whitenoise.storage import CompressedManifestStaticFilesStorage

from site_core import stylesheets

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def get(self, path: str, **headers: str) -> bytes:
        """The body at a path; RuntimeError for any answer but 200."""
        client = HTTPConnection("127.0.0.1", self.port, timeout=60)
        client.request("GET", path, headers=headers)
        response = client.getresponse()
        body = response.read()
        client.close()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return body

    def cpu_seconds(self) -> float:
        """Processor time of the workers up to now."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(map(_ticks, children)) / TICKS


def _ticks(pid: str) -> int:
    """User and system time of a process (proc(5), fields 14 and 15)."""
    row = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(row[11]) + int(row[12])


@contextmanager
def server() -> Iterator[Server]:
    """Serve the database and files that this process is connected to."""
    collect(Path(settings.STATIC_ROOT))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}",
         "--log-level", "warning", "site_core.wsgi"],
        cwd=ROOT,
        env=os.environ | environment(),
    )  # fmt: skip
    found = Server(port, process.pid)
    try:
        wait_for(found)
        yield found
    finally:
        process.terminate()
        process.wait(30)


def environment() -> dict[str, str]:
    """What makes the server's process use this one's database and files."""
    connection.close()
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    return {
        "DATABASE_URL": url,
        "TEST_FILES": str(settings.TEST_FILES),
        "BENCHMARK_STATIC": str(settings.STATIC_ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
    }


def collect(root: Path) -> None:
    """Our own static files as `collectstatic` leaves them; the admin's hundreds are not asked."""
    shutil.copytree(stylesheets.FOLDER.parent, root / "site_core", dirs_exist_ok=True)
    shutil.copy(finders.find(stylesheets.NAME), root / stylesheets.NAME)
    storage = CompressedManifestStaticFilesStorage(location=str(root), base_url="/static/")
    names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    for _, _, done in storage.post_process({name: (storage, name) for name in names}):
        if isinstance(done, Exception):
            raise done


def wait_for(found: Server) -> None:
    """Wait until the home page answers; RuntimeError after a minute."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            found.get("/fi/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The server does not start.")
