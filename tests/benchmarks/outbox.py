"""What a mail costs by the outbox and by one django-task per mail, and what `kill -9` costs.

Both ways send the same stored mails to the same mail server, which runs in a process of its own and
wants what production's does: STARTTLS with a verified certificate and a log-in; with `plain` it
wants nothing, as one on the same machine, and only the two ways are compared.

python -m tests.benchmarks.outbox [plain]
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import os  # isort: skip
import random
import re
import signal
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from aiosmtpd.smtp import AuthResult
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.test import override_settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from site_core.outbox.delivery import built, deliver_due
from site_core.outbox.models import Message
from site_core.worker.models import LoopState
from site_core.worker.working import Worker
from tests.outbox.making import note
from tests.support.forking import end_of, fork, wait_until
from tests.support.smtp import Sink, point_to, serve

ROUNDS = 5
BY_TASK, BY_OUTBOX = 100, 1000
MAILS, KILLS = 1000, 10
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@dataclass(frozen=True)
class Cost:
    """Seconds per mail: by the clock, and of this process's processor time."""

    time: float
    cpu: float

    @classmethod
    def of(cls, deed: Callable[[], object], mails: int) -> "Cost":
        began, began_cpu = time.perf_counter(), time.process_time()
        deed()
        return cls((time.perf_counter() - began) / mails, (time.process_time() - began_cpu) / mails)


@task()
def send_one(pk: int) -> None:
    """One mail as a task of its own, over a connection of its own."""
    built(Message.objects.get(pk=pk)).send()


class Counting(Sink):
    """Writes each Message-ID to a file and parses nothing else, so as to be no bottleneck."""

    file: TextIO

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        found = re.search(rb"^Message-ID: (\S+)", envelope.content, re.MULTILINE)
        self.file.write(f"{found[1].decode()}\n")
        return "250 taken"


def certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate for the mail server, trusted by this process beside the usual ones."""
    key, own = folder / "key.pem", folder / "own.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=sink", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(own)),
        ],
        check=True,
        capture_output=True,
    )
    usual = Path(ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt")
    (folder / "all.pem").write_bytes(usual.read_bytes() + own.read_bytes())
    os.environ["SSL_CERT_FILE"] = str(folder / "all.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    return context


def guarded(folder: Path) -> dict[str, object]:
    """What makes the mail server want TLS and a log-in; Django is told of both."""
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "secret"
    return {
        "tls_context": certificate(folder),
        "require_starttls": True,
        "auth_required": True,
        "authenticator": lambda *args: AuthResult(success=True),
    }


@contextmanager
def mail_server(*, plain: bool) -> Iterator[Path]:
    """Take mail in another process; yields the file to which it writes each Message-ID."""
    sink = Counting()
    point_to(sink, settings)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken = folder / "taken"
        options = {} if plain else guarded(folder)

        def run() -> None:
            with taken.open("a", buffering=1) as sink.file, serve(sink, **options):
                (folder / "ready").touch()
                signal.pause()

        child = fork(run)
        wait_until((folder / "ready").exists)
        try:
            yield taken
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def written(count: int) -> list[Message]:
    """That many fresh mails and nothing else."""
    Message.objects.all().delete()
    first = note("first", to="p@example.org")
    copies = [
        Message(
            **{
                field.attname: getattr(first, field.attname)
                for field in Message._meta.concrete_fields
                if not field.primary_key
            }
            | {"key": f"copy {number}", "message_id": f"<{number}.{time.time_ns()}@example.org>"}
        )
        for number in range(count - 1)
    ]
    return [first, *Message.objects.bulk_create(copies)]


def by_tasks() -> Cost:
    """One task per mail, run by the worker of django-tasks-db."""
    DBTaskResult.objects.all().delete()
    for message in written(BY_TASK):
        send_one.enqueue(message.pk)
    worker = TaskWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="benchmark",
        excluded_queue_names=[],
    )
    cost = Cost.of(worker.run, BY_TASK)
    assert DBTaskResult.objects.successful().count() == BY_TASK
    return cost


def by_outbox() -> Cost:
    """All by the outbox."""
    written(BY_OUTBOX)

    def deliver_all() -> None:
        while Message.objects.filter(state__in=Message.OPEN).exists():
            deliver_due(timezone.now())

    return Cost.of(deliver_all, BY_OUTBOX)


def compare() -> None:
    """Both in turn, several rounds; the ratio is that within a round."""
    rounds = [(by_tasks(), by_outbox()) for _ in range(ROUNDS)]
    for measure in ("time", "cpu"):
        pairs = [(getattr(task, measure), getattr(outbox, measure)) for task, outbox in rounds]
        slow, fast = (statistics.median(values) * 1000 for values in zip(*pairs, strict=True))
        ratio = statistics.median(slow / fast for slow, fast in pairs)
        tell(f"{measure} per mail: task {slow:.1f} ms, outbox {fast:.2f} ms, ratio {ratio:.1f}")


def kill(taken: Path) -> None:
    """Kill the worker again and again while it sends, then let it finish; count lost and repeated.

    Waiting for the leases of the dead is left out: they are ended by hand.
    """
    taken.write_text("")
    expected = {message.message_id for message in written(MAILS)}
    chance = random.Random(5)
    for number in range(1, KILLS + 1):
        child = fork(Worker().run)
        goal = number * MAILS // (KILLS + 2)
        wait_until(lambda goal=goal: taken.read_text().count("\n") >= goal, 120)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        end_of(child)
        Message.objects.filter(state="sending").update(lease_until=timezone.now())
        LoopState.objects.update(claimed_until=Now() - timedelta(seconds=1), due_at=Now())
    child = fork(Worker().run)
    wait_until(lambda: not Message.objects.filter(state__in=Message.OPEN).exists(), 120)
    os.kill(child, signal.SIGKILL)
    end_of(child)
    arrived = Counter(taken.read_text().split())
    lost = len(expected - set(arrived))
    repeats = sum(arrived.values()) - len(arrived)
    tell(f"{MAILS} mails, {KILLS} kills: {lost} lost, {repeats} sent twice")


def main() -> None:
    with portal("migrated") as vendor, override_settings(TASKS=DATABASE):
        connection.settings_dict["CONN_MAX_AGE"] = 600  # as in production
        plain = "plain" in sys.argv[1:]
        tell(f"{vendor}, a plain mail server" if plain else vendor)
        with mail_server(plain=plain) as taken:
            compare()
            if not plain:
                kill(taken)


if __name__ == "__main__":
    main()
