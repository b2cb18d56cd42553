"""How long after somebody cancels the mail of whoever gets the seat is with the mail server.

A worker runs beside, as in production; the time is from the call that cancels until the server has
taken the mail, for one after the other who comes and goes at times of chance.

python -m tests.benchmarks.signup_mail [CANCELS]
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import os  # isort: skip
import random
import re
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import connection

from site_core.outbox.models import Message
from site_core.worker.working import Worker
from tests.factories.training import OfferingFactory
from tests.support.forking import fork, wait_until
from tests.support.smtp import Sink, point_to, serve
from training.signups import messages
from training.signups.actions import cancel, change_capacity, claim
from training.signups.models import SignUp

CANCELS = 60
PAUSE = 2.0
"""Seconds at most between two who cancel."""


class Noting(Sink):
    """Writes each Message-ID with the moment at which the mail was taken."""

    file: TextIO

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        found = re.search(rb"^Message-ID: (\S+)", envelope.content, re.MULTILINE)
        self.file.write(f"{found[1].decode()} {time.time()}\n")
        return "250 taken"


@contextmanager
def worker_and_server() -> Iterator[Path]:
    """Both in processes of their own; yields the file in which the server notes what it takes."""
    sink = Noting()
    point_to(sink, settings)
    with tempfile.TemporaryDirectory() as name:
        ready, taken = Path(name) / "ready", Path(name) / "taken"

        def take() -> None:
            with taken.open("a", buffering=1) as sink.file, serve(sink):
                ready.touch()
                signal.pause()

        children = [fork(take)]
        wait_until(ready.exists)
        children.append(fork(Worker().run))
        try:
            yield taken
        finally:
            for child in children:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def come_and_go(count: int) -> dict[str, float]:
    """Fill a place and its queue, and cancel again and again; when each next one was promoted."""
    offering = OfferingFactory()
    change_capacity(offering, 1)
    for number in range(count + 1):
        claim(offering, email=f"p{number}@example.org", language="fi", address_confirmed=True)
    people = list(SignUp.objects.filter(offering=offering).order_by("pk"))
    wait_until(lambda: not Message.objects.filter(state__in=Message.OPEN).exists(), 120)
    chance, began = random.Random(7), {}
    for leaving, coming in pairwise(people):
        moment = time.time()
        assert cancel(SignUp.objects.get(pk=leaving.pk))
        mail = Message.objects.get(key=f"{messages.PROMOTED}:{coming.key}:2")
        began[mail.message_id] = moment
        time.sleep(chance.uniform(0, PAUSE))
    return began


def main() -> None:
    count = int(next(filter(str.isdigit, sys.argv[1:]), CANCELS))
    with portal("migrated") as vendor:
        connection.settings_dict["CONN_MAX_AGE"] = 600  # as in production
        with worker_and_server() as taken:
            began = come_and_go(count)
            wait_until(lambda: not Message.objects.filter(state__in=Message.OPEN).exists(), 120)
            lines = [line.split() for line in taken.read_text().splitlines()]
        arrived = {key: float(moment) for key, moment in lines}
        waits = sorted(arrived[key] - moment for key, moment in began.items())
        p50, p95 = (statistics.quantiles(waits, n=100)[at] for at in (49, 94))
        tell(f"{vendor}: {count} promoted, p50 {p50:.2f} s, p95 {p95:.2f} s, most {waits[-1]:.2f}")


if __name__ == "__main__":
    main()
