"""The search engine that tests use: the shared one, and servers of a test's own.

`elastic` (tests/conftest.py) is for most tests. One that stops, freezes or locks a server starts
its own with `server()`.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from tests.support.forking import wait_until

ROOT = Path(__file__).resolve().parents[2]
MISSING = 'No search engine to test: eval "$(make -s services)"'


def client_of(settings: Any) -> Elasticsearch:
    """A plain client of the server that the settings name, with their credentials."""
    return Elasticsearch(
        settings.SEARCH_URL,
        basic_auth=(settings.SEARCH_USER, settings.SEARCH_PASSWORD)
        if settings.SEARCH_USER
        else None,
        api_key=settings.SEARCH_API_KEY or None,
        ca_certs=settings.SEARCH_CA or None,
        request_timeout=10,
        max_retries=0,
    )


def point_to_shared(settings: Any) -> Elasticsearch:
    """Make the portal search on the shared server, with indices of this test's own.

    Fails the test, in one line, where there is no server.
    """
    if not settings.TEST_SEARCH_URL:
        pytest.fail(MISSING, pytrace=False)
    settings.SEARCH_URL = settings.TEST_SEARCH_URL
    settings.SEARCH_INDEX = f"test-{uuid4().hex[:10]}"
    return client_of(settings)


def drop_indices(client: Elasticsearch, prefix: str) -> None:
    """Delete every index whose name begins with `prefix`, by name: servers refuse patterns."""
    if names := list(client.indices.get(index=f"{prefix}*", expand_wildcards="all")):
        client.indices.delete(index=names)


class Server:
    """An Elasticsearch of a test's own at `url`, to be stopped, frozen, killed and started again.

    It keeps its address and its data from one start to the next. With `user` and `password` it
    knows only that user. Starting takes 10 s on a quiet machine: share one within a module.
    """

    def __init__(self, user: str = "", password: str = "") -> None:
        self.user, self.password = user, password
        self.folder = Path(mkdtemp(prefix="portal-search.", dir="/tmp"))
        self.url = ""

    @property
    def pid(self) -> int:
        """The number of the server's process; raises FileNotFoundError where it was stopped."""
        return int((self.folder / "pid").read_text())

    def start(self) -> None:
        """Start it, and wait until it answers."""
        account = ["--user", self.user, "--password", self.password] if self.user else []
        self.url = self._command("start", *account).strip()

    def stop(self) -> None:
        """End it in order, as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as `kill -9` and a machine that stops do."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop it in order and start it again."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Let it take connections and answer nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        os.kill(self.pid, signal.SIGCONT)

    def point_to(self, settings: Any) -> None:
        """Make the portal search here, with indices of this test's own."""
        settings.SEARCH_URL = self.url
        settings.SEARCH_USER, settings.SEARCH_PASSWORD = self.user, self.password
        settings.SEARCH_API_KEY = settings.SEARCH_CA = ""
        settings.SEARCH_INDEX = f"test-{uuid4().hex[:10]}"

    def _end(self, how: signal.Signals) -> None:
        pid = self.pid
        os.kill(pid, how)
        # One that nobody waits for stays in the list of processes, without a command line.
        wait_until(lambda: not _command_line(pid))

    def _command(self, verb: str, *arguments: str) -> str:
        command = [sys.executable, ROOT / ".ci/search_server.py", verb, self.folder, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(done.stderr, pytrace=False)
        return done.stdout


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def server(user: str = "", password: str = "") -> Iterator[Server]:
    """Start a server of a test's own; it is gone with all its data when the block ends.

    with server() as own:
        own.point_to(settings)
        own.freeze()
    """
    own = Server(user, password)
    try:
        own.start()
        yield own
    finally:
        own._command("stop")
