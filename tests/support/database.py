"""The test database: migrated once, kept as a template, copied for every worker.

Migrating takes 20 seconds, copying a tenth of one. A template is named after what it was made
from, so it is built again only when that changed, and a run of one test starts at once. A test that
commits (`transactional_db`, `live_server`) gets its worker a fresh copy afterwards where Django
would empty all tables: Wagtail's root page, locales and site stay, in any order of tests.

Stages: `migrated` is what tests get; `demo` is the demo site, with its pictures, for tests that
look at whole pages.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("site_core", "services", "news", "training", "search")
STAGES: dict[str, list[list[str]]] = {
    "migrated": [["migrate"]],
    "demo": [["migrate"], ["setup_portal"], ["seed_demo"]],
}
KEPT_DAYS = 1


def sources(stage: str) -> list[Path]:
    """Return the files that decide what a stage's template holds."""
    kinds = {".py", ".json", ".csv", ".tsv", ".po", ".txt"}
    found = [
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in kinds
        and (
            stage == "demo"
            or "migrations" in path.parts
            or "settings" in path.parts
            or path.name == "apps.py"
        )
    ]
    return sorted([*found, ROOT / "requirements.lock"])


def fingerprint(stage: str) -> str:
    """Name the content of a stage's sources and the server that keeps it, in 12 characters."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for path in sources(stage):
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def run_commands(stage: str, database_url: str, files: Path) -> None:
    """Run a stage's commands in a process of its own.

    Raises RuntimeError with what the failed command said.
    """
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "TEST_FILES": str(files),
        "DJANGO_SETTINGS_MODULE": "site_core.settings.test",
    }
    for command in STAGES[stage]:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(command)} failed:\n{done.stderr[-4000:]}")


class Sqlite:
    """Templates and copies as files."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.name = str(Path(settings.TEST_FILES) / "test.sqlite3")

    def has(self, key: str) -> bool:
        return (self.cache / key / "db.sqlite3").exists()

    def build(self, stage: str, key: str, files: Path) -> None:
        database = files.parent / "db.sqlite3"
        run_commands(stage, f"sqlite:///{database}", files)
        with sqlite3.connect(database) as template:  # all in one file, none beside it
            template.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        template.close()

    def copy(self, key: str) -> None:
        self.drop()
        shutil.copyfile(self.cache / key / "db.sqlite3", self.name)

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(self.name + suffix).unlink(missing_ok=True)


class Postgres:
    """Templates and copies as databases of one server, the one `DATABASE_URL` names."""

    def __init__(self, cache: Path) -> None:
        self.url = os.environ["DATABASE_URL"]
        self.name = f"portal_test_{os.getpid()}"

    def execute(self, statement: str, *names: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as server:
            cursor = server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
            return cursor.fetchall() if cursor.description else []

    def databases(self) -> set[str]:
        return {name for (name,) in self.execute("SELECT datname FROM pg_database")}

    def has(self, key: str) -> bool:
        return f"portal_{key}" in self.databases()

    def build(self, stage: str, key: str, files: Path) -> None:
        for old in self.databases():
            if old.startswith(f"portal_{stage}-"):
                self.execute("DROP DATABASE {} WITH (FORCE)", old)
        building = f"building_{os.getpid()}"
        self.execute("CREATE DATABASE {}", building)
        run_commands(stage, urlsplit(self.url)._replace(path=f"/{building}").geturl(), files)
        self.execute("ALTER DATABASE {} RENAME TO {}", building, f"portal_{key}")

    def copy(self, key: str) -> None:
        self.drop()
        self.execute("CREATE DATABASE {} TEMPLATE {}", self.name, f"portal_{key}")

    def drop(self) -> None:
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)


class TestDatabase:
    """This worker's database, which can be set back to a stage at any time."""

    __test__ = False

    def __init__(self) -> None:
        self.cache = ROOT / ".cache" / "databases"
        self.engine = {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](self.cache)
        self.keys: dict[str, str] = {}

    def restore(self, stage: str = "migrated") -> None:
        """Make the database and the stored files what they are at `stage`, whatever they were."""
        key = self.template(stage)
        connection.close()
        self.engine.copy(key)
        connection.settings_dict["NAME"] = self.engine.name
        for place in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT):
            shutil.rmtree(place, ignore_errors=True)
            kept = self.cache / key / "files" / Path(place).name
            if kept.exists():
                shutil.copytree(kept, place)

    def template(self, stage: str) -> str:
        """Return the key of the stage's template, building it first where there is none."""
        if stage not in self.keys:
            key = f"{stage}-{fingerprint(stage)}"
            folder = self.cache / key
            with self.locked(key):
                if not (folder.exists() and self.engine.has(key)):
                    self.build(stage, key)
            folder.touch()
            self.keys[stage] = key
        return self.keys[stage]

    def build(self, stage: str, key: str) -> None:
        self.forget_old()
        building = self.cache / f"building-{os.getpid()}"
        files = building / "files"
        files.mkdir(parents=True)
        try:
            self.engine.build(stage, key, files)
            shutil.rmtree(self.cache / key, ignore_errors=True)
            building.rename(self.cache / key)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def forget_old(self) -> None:
        for path in self.cache.iterdir():
            if path.is_dir() and path.stat().st_mtime < time.time() - KEPT_DAYS * 86_400:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def locked(self, key: str) -> Iterator[None]:
        """Let one worker build; the others wait and then find it built."""
        self.cache.mkdir(parents=True, exist_ok=True)
        with (self.cache / f"{key}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def drop(self) -> None:
        connection.close()
        self.engine.drop()
