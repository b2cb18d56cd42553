"""A rush on a course over HTTP: many residents send the whole form at once.

gunicorn with two workers, as production runs it, on PostgreSQL. Each resident opens the form, waits
as long as a person needs at least, and sends it; all from addresses of their own, since one network
may not hold that many places. Fails if a seat is sold twice, or if any answer is a fault of ours.

python -m tests.benchmarks.signup_http [RESIDENTS]
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import os  # isort: skip
import re
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

from site_core.outbox.models import Message
from site_core.throttle.forms import GuardedForm
from tests.benchmarks.server import Server, server
from tests.factories.pages import TrainingPageFactory
from tests.factories.training import CourseFactory, OfferingFactory
from tests.training.signups.making import changes_without_their_mail
from training.signups.actions import change_capacity
from training.signups.models import Seat, SignUp

SEATS, RESIDENTS = 100, 1000
AT_ONCE = 32
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """What one resident met: the status of each answer, and how long her form took in ms."""

    statuses: tuple[int, ...]
    took: float


def ask(found: Server, method: str, path: str, sender: str, body: str = "") -> tuple[int, str]:
    client = HTTPConnection("127.0.0.1", found.port, timeout=120)
    headers = {"X-Forwarded-For": sender, "Content-Type": "application/x-www-form-urlencoded"}
    client.request(method, path, body or None, headers)
    response = client.getresponse()
    text = response.read().decode()
    client.close()
    return response.status, text


def come(found: Server, path: str, number: int, begin: Barrier) -> Answer:
    """Open the form, and send it when everybody of the first group is ready."""
    sender = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    opened, page = ask(found, "GET", path, sender)
    fields = dict(HIDDEN.findall(page))
    if number < AT_ONCE:
        begin.wait()
    time.sleep(GuardedForm.shortest.total_seconds() + 0.5)
    fields |= {"name": f"Asukas {number}", "email": f"asukas{number}@example.org", "language": "fi"}
    started = time.perf_counter()
    statuses = [opened]
    for _try in range(3):  # the place may go while it is sent: the form comes back and asks again
        status, page = ask(found, "POST", path, sender, urlencode(fields))
        statuses.append(status)
        if status == 303:
            break
        fields |= dict(HIDDEN.findall(page))
    return Answer(tuple(statuses), (time.perf_counter() - started) * 1000)


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else RESIDENTS
    os.environ["PROXIES"] = "1"
    with portal() as vendor:
        if vendor != "postgresql":
            sys.exit("A rush is measured on PostgreSQL: SQLite has one writer at a time.")
        course = CourseFactory(offerings=None)
        offering = OfferingFactory(course=course)
        change_capacity(offering, SEATS)
        page = TrainingPageFactory(course=course)
        path = f"/fi/courses/{page.translation_key}/sign-up/"
        with server() as found, ThreadPoolExecutor(AT_ONCE) as crowd:
            begin = Barrier(AT_ONCE)
            started = time.monotonic()
            residents = range(count)
            answers = list(crowd.map(lambda number: come(found, path, number, begin), residents))
            took = time.monotonic() - started
        report(answers, took)
        seats = Counter(
            Seat.objects.filter(pool__offering=offering).values_list("state", flat=True)
        )
        signed = Counter(SignUp.objects.values_list("status", flat=True))
        tell(f"seats {dict(seats)}, sign-ups {dict(signed)}, mails {Message.objects.count()}")
        seated = SignUp.objects.filter(status__in=SignUp.SEATED).count()
        assert seated <= SEATS, f"{seated} people on {SEATS} seats"
        assert sum(signed.values()) == count, "somebody was lost"
        assert not changes_without_their_mail(offering)
    worst = max(status for answer in answers for status in answer.statuses)
    assert worst < 500, worst


def report(answers: list[Answer], took: float) -> None:
    spans = [answer.took for answer in answers]
    tell(f"{len(answers)} residents, {AT_ONCE} at once, {took:.0f} s")
    statuses = Counter(status for answer in answers for status in answer.statuses)
    tell(f"answers {dict(sorted(statuses.items()))}")
    cuts = statistics.quantiles(spans, n=20)
    tell(f"the form sent: p50 {statistics.median(spans):.0f} ms, p95 {cuts[-1]:.0f} ms")


if __name__ == "__main__":
    main()
