"""The test databases: made once, kept as templates, copied for every worker.

Migrating takes 20 seconds, copying a tenth of one. A template is named after what it was made
from, so it is built again only when that changed, and a run of one test starts at once. A worker
has a copy of each stage that its tests ask for and changes between them; a test that commits
(`transactional_db`, `live_server`) spoils its copy, which is then made anew where Django would
empty all tables: Wagtail's root page, locales and site stay, in any order of tests.

Each stage is the one before it and one command more. `migrated` is what tests get; `portal` is set
up as `setup_portal` does it; `demo` is the demo site with its pictures.
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
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("site_core", "services", "news", "training", "search")
COMMANDS = {"migrated": "migrate", "portal": "setup_portal", "demo": "seed_demo"}
BEFORE = {"portal": "migrated", "demo": "portal"}
KEPT_SECONDS = 3 * 3600


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
            or (stage == "portal" and "demo" not in path.parts)
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


def run_command(command: str, database_url: str, files: Path) -> None:
    """Run a management command on a database, in a process of its own.

    Raises RuntimeError with what the failed command said.
    """
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "TEST_FILES": str(files),
        "DJANGO_SETTINGS_MODULE": "site_core.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {command} failed:\n{done.stderr[-4000:]}")


class Sqlite:
    """Databases as files: a template in its own folder, copies in this process's folder."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    def name(self, stage: str) -> str:
        return str(Path(settings.TEST_FILES) / f"{stage}.sqlite3")

    def has(self, key: str) -> bool:
        return (self.cache / key / "db.sqlite3").exists()

    def build(self, stage: str, before: str | None, folder: Path) -> None:
        database = folder / "db.sqlite3"
        if before:
            shutil.copyfile(self.cache / before / "db.sqlite3", database)
        run_command(COMMANDS[stage], f"sqlite:///{database}", folder / "files")
        template = sqlite3.connect(database)  # all in one file, none beside it
        template.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        template.close()

    def publish(self, key: str) -> None:
        """Nothing to do: the folder moves to its place as a whole."""

    def copy(self, key: str, name: str) -> None:
        self.drop(name)
        shutil.copyfile(self.cache / key / "db.sqlite3", name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(name + suffix).unlink(missing_ok=True)


class Postgres:
    """Databases of one server, the one that `DATABASE_URL` names."""

    def __init__(self, cache: Path) -> None:
        self.url = os.environ["DATABASE_URL"]
        self.building = f"building_{os.getpid()}"

    def name(self, stage: str) -> str:
        return f"portal_test_{os.getpid()}_{stage}"

    def execute(self, statement: str, *names: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as server:
            cursor = server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
            return cursor.fetchall() if cursor.description else []

    def databases(self) -> set[str]:
        return {name for (name,) in self.execute("SELECT datname FROM pg_database")}

    def has(self, key: str) -> bool:
        return f"portal_{key}" in self.databases()

    def build(self, stage: str, before: str | None, folder: Path) -> None:
        template = f"portal_{before}" if before else "template0"
        self.drop(self.building)
        self.execute("CREATE DATABASE {} TEMPLATE {}", self.building, template)
        url = urlsplit(self.url)._replace(path=f"/{self.building}").geturl()
        run_command(COMMANDS[stage], url, folder / "files")

    def publish(self, key: str) -> None:
        """Give the built template its name, in place of older ones of its stage."""
        stage = key.partition("-")[0]
        for old in self.databases():
            if old.startswith(f"portal_{stage}-"):
                self.drop(old)
        self.execute("ALTER DATABASE {} RENAME TO {}", self.building, f"portal_{key}")

    def copy(self, key: str, name: str) -> None:
        self.drop(name)
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, f"portal_{key}")

    def drop(self, name: str) -> None:
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


class TestDatabase:
    """This worker's databases, one for each stage that its tests ask for."""

    __test__ = False

    def __init__(self) -> None:
        self.cache = ROOT / ".cache" / "databases"
        self.engine = {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](self.cache)
        self.keys: dict[str, str] = {}
        self.clean: set[str] = set()
        self.made: set[str] = set()
        self.stage = ""

    def use(self, stage: str) -> None:
        """Connect to the stage's database, clean, and put its stored files in place."""
        if stage == self.stage and stage in self.clean:
            return
        connection.close()
        key, name = self.template(stage), self.engine.name(stage)
        if stage not in self.clean:
            self.engine.copy(key, name)
            self.clean.add(stage)
            self.made.add(name)
        for place in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT):
            shutil.rmtree(place, ignore_errors=True)
            kept = self.cache / key / "files" / Path(place).name
            if kept.exists():
                shutil.copytree(kept, place)
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()
        self.stage = stage

    def spoil(self) -> None:
        """Note that a test has committed: the next one gets a fresh copy of this stage."""
        self.clean.discard(self.stage)

    def template(self, stage: str) -> str:
        """Return the key of the stage's template, building it first where there is none."""
        if stage not in self.keys:
            before = self.template(BEFORE[stage]) if stage in BEFORE else None
            key = f"{stage}-{fingerprint(stage)}"
            with self.locked(key):
                if not ((self.cache / key).exists() and self.engine.has(key)):
                    self.build(stage, before, key)
            (self.cache / key).touch()
            self.keys[stage] = key
        return self.keys[stage]

    def build(self, stage: str, before: str | None, key: str) -> None:
        self.forget_old()
        building = self.cache / f"building-{os.getpid()}"
        if before:
            shutil.copytree(self.cache / before / "files", building / "files")
        else:
            (building / "files").mkdir(parents=True)
        try:
            self.engine.build(stage, before, building)
            self.engine.publish(key)
            shutil.rmtree(self.cache / key, ignore_errors=True)
            building.rename(self.cache / key)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def forget_old(self) -> None:
        for path in self.cache.iterdir():
            if path.is_dir() and path.stat().st_mtime < time.time() - KEPT_SECONDS:
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
        for name in self.made:
            self.engine.drop(name)


def all_rows() -> dict[str, list[tuple]]:
    """Everything that the database holds, by table: to see whether anything has changed."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(cursor.fetchall(), key=repr)
        return rows


def break_connection() -> None:
    """End this process's connection from outside, as a restart of the server does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
    else:
        connection.connection.close()
