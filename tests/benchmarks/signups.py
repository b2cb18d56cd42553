"""A rush on the last seats of a course: our claim beside the ways in which others lock.

The other ways are patterns written anew for our own tables, not the programs themselves:
`linkedevents` locks the event's row, counts, and counts again in a second transaction after the
commit; `pretix` takes an advisory lock and counts; `floor` looks at no capacity at all. All write
the same mail with the sign-up. It is rendered only with `rendered`: before any lock is taken, and
as dear for all, so that it hides what is compared.

python -m tests.benchmarks.signups [ROUNDS] [rendered]     # on PostgreSQL
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import json  # isort: skip
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from django.db import connection, transaction
from django.utils import timezone

from site_core.outbox import actions as outbox
from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory
from tests.support.forking import end_of, fork
from training.courses import Offering
from training.signups import messages
from training.signups.actions import change_capacity, claim
from training.signups.models import Pool, SignUp

SEATS, ATTEMPTS = 100, 1024
PROCESSES, THREADS = 4, 8
ROUNDS = 5
BEGIN_AFTER = 3.0
Status = SignUp.Status


def written(offering: Offering, number: int) -> tuple[SignUp, Message]:
    """A confirmed sign-up and its mail, neither of them stored yet."""
    now = timezone.now()
    signup = SignUp(
        key=uuid.uuid4(),
        offering=offering,
        pool_id=offering.pool,
        email=f"p{number}@example.org",
        language="fi",
        status=Status.CONFIRMED,
        address_confirmed_at=now,
        created_at=now,
        changed_at=now,
    )
    return signup, messages.letter(messages.CONFIRMED, signup, offering)


def plain_letter(kind: str, signup: SignUp, offering: Offering, **_: object) -> Message:
    """A mail that tells nothing of the course, nor its calendar."""
    key = messages.key_of(kind, signup)
    return outbox.compose(kind, to=signup.email, language="fi", key=key, context={})


def store(signup: SignUp, message: Message, status: Status = Status.CONFIRMED) -> None:
    signup.status = status
    signup.save(force_insert=True)
    message.save(force_insert=True)


def ours(offering: Offering, number: int) -> None:
    email = f"p{number}@example.org"
    claim(offering, email=email, language="fi", address_confirmed=True)


def linkedevents(offering: Offering, number: int) -> None:
    """As City-of-Helsinki/linkedevents 3.29: the row is locked once more for its counters."""
    signup, message = written(offering, number)

    def recount() -> None:
        with transaction.atomic():
            locked = Offering.objects.select_for_update().get(pk=offering.pk)
            signups = SignUp.objects.filter(offering=locked)
            locked.minimum = signups.filter(status=Status.CONFIRMED).count()
            locked.waiting_list_length = signups.filter(status=Status.WAITING).count()
            locked.save(update_fields=["minimum", "waiting_list_length"])

    with transaction.atomic():
        locked = Offering.objects.select_for_update().get(pk=offering.pk)
        taken = SignUp.objects.filter(offering=locked, status=Status.CONFIRMED).count()
        SignUp.objects.filter(offering=locked, status=Status.WAITING).count()
        store(signup, message, Status.CONFIRMED if taken < SEATS else Status.WAITING)
        transaction.on_commit(recount)


def pretix(offering: Offering, number: int) -> None:
    """As pretix since 2023.8: an advisory lock that one has alone, then a live count."""
    signup, message = written(offering, number)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '30s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [1, offering.pk])
        taken = SignUp.objects.filter(offering=offering, status=Status.CONFIRMED).count()
        store(signup, message, Status.CONFIRMED if taken < SEATS else Status.WAITING)


def floor(offering: Offering, number: int) -> None:
    """No rule: everybody is in."""
    with transaction.atomic():
        store(*written(offering, number))


WAYS = (ours, linkedevents, pretix, floor)


@dataclass(frozen=True)
class Measured:
    """One rush: attempts per second, latencies in milliseconds, and seats sold too many."""

    rate: float
    p50: float
    p95: float
    oversold: int


def measure(way: Callable[[Offering, int], None]) -> Measured:
    offering = OfferingFactory()
    change_capacity(offering, SEATS if way is ours else None)
    offering = Offering.objects.select_related("course").get(pk=offering.pk)
    offering.pool = Pool.objects.get(offering=offering).pk
    with tempfile.TemporaryDirectory() as folder:
        begin = time.time() + BEGIN_AFTER
        files = [Path(folder) / str(number) for number in range(PROCESSES)]
        children = [
            fork(lambda number=number, file=file: run(way, offering, number, begin, file))
            for number, file in enumerate(files)
        ]
        assert [end_of(child, 300) for child in children] == [0] * PROCESSES
        spans = [span for file in files for span in json.loads(file.read_text())]
    assert len(spans) == SignUp.objects.filter(offering=offering).count() == ATTEMPTS
    times = statistics.quantiles([(end - start) * 1000 for start, end in spans], n=100)
    took = max(end for _start, end in spans) - begin
    sold = SignUp.objects.filter(offering=offering, status__in=SignUp.SEATED).count()
    return Measured(ATTEMPTS / took, times[49], times[94], max(0, sold - SEATS))


def run(way, offering: Offering, process: int, begin: float, file: Path) -> None:
    """One process of the rush: its threads begin together with those of all others."""
    workers = PROCESSES * THREADS
    spans: list[tuple[float, float]] = []

    def work(worker: int) -> None:
        connection.ensure_connection()
        time.sleep(max(0, begin - time.time()))
        for number in range(worker, ATTEMPTS, workers):
            start = time.time()
            way(offering, number)
            spans.append((start, time.time()))
        connection.close()

    threads = [Thread(target=work, args=[process * THREADS + each]) for each in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file.write_text(json.dumps(spans))


def main() -> None:
    rounds = int(next(filter(str.isdigit, sys.argv[1:]), ROUNDS))
    if "rendered" not in sys.argv:
        outbox._render = lambda *_: dict.fromkeys(("subject", "text", "html"), "A short text.")
        messages.letter = plain_letter
    with portal("migrated") as vendor:
        if vendor != "postgresql":
            sys.exit("A rush is measured on PostgreSQL: SQLite has one writer at a time.")
        connection.settings_dict["CONN_MAX_AGE"] = 600  # as in production
        found: dict[str, list[Measured]] = {way.__name__: [] for way in WAYS}
        for number in range(rounds):
            for way in (*WAYS[number % 4 :], *WAYS[: number % 4]):
                found[way.__name__].append(measured := measure(way))
                tell(f"{number} {way.__name__} {measured}")
                sys.stdout.flush()
        for name, rows in found.items():
            rate, p50, p95 = (
                statistics.median(getattr(row, column) for row in rows)
                for column in ("rate", "p50", "p95")
            )
            oversold = [row.oversold for row in rows]
            tell(f"{name}: {rate:.0f}/s, p50 {p50:.0f} ms, p95 {p95:.0f} ms, oversold {oversold}")
        for name in ("linkedevents", "pretix", "floor"):
            pairs = list(zip(found["ours"], found[name], strict=True))
            rates = [own.rate / other.rate for own, other in pairs]
            slow = [own.p95 / other.p95 for own, other in pairs]
            tell(
                f"ours to {name}: rate {statistics.median(rates):.2f} (worst {min(rates):.2f}), "
                f"p95 {statistics.median(slow):.2f} (worst {max(slow):.2f})"
            )


if __name__ == "__main__":
    main()
