"""Searching 100,000 generated entries: our page and a stock Wagtail view on the same engine.

`tests.benchmarks.search_data` makes the entries, `tests.benchmarks.search_stock` is the stock view.
Both are whole requests in this process, templates and all. On the server that SEARCH_URL names and
the database that DATABASE_URL does (PostgreSQL, as in production; SQLite without it).

python -m tests.benchmarks.search [ENTRIES]
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import os  # isort: skip
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import inf
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import teardown_test_environment
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from elastic_transport import Transport

from search.engines import database_engine
from search.engines.base import SearchRequest
from search.engines.database import TABLE
from search.engines.elasticsearch import queries as questions
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.facets import known_codes
from search.models import Entry
from search.sync.rebuilding import rebuild, renew_terms
from search.urlstate import SearchState
from site_core.worker.working import Worker
from tests.benchmarks import search_stock
from tests.benchmarks.search_data import Writer, queries
from tests.factories.pages import ServicePageFactory
from tests.support.elasticsearch import client_of, drop_indices
from tests.support.forking import end_of, fork, wait_until

SMALL, MIDDLE, LARGE = 1_000, 26_000, 100_000
QUERIES, WARM = int(os.environ.get("QUERIES", "200")), 20
ANALYSED = 500
PUBLISHED = 30

Deed = Callable[[], object]


def main() -> None:
    large = int(sys.argv[1]) if sys.argv[1:] else LARGE
    with portal() as vendor, engine():
        tell(f"{vendor}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; ms: p50 / p95\n")
        writer = Writer()
        writer.write(SMALL)
        rebuild()
        small = pages(stock=False)
        if large > MIDDLE:
            writer.write(MIDDLE)
            on_database(vendor)
        writer.write(large)
        build(large)
        search_stock.fill()
        pages(beside=small)
        publishing()
        analysing()


@contextmanager
def engine() -> Iterator[None]:
    """Search on the shared server, in indices that are dropped; wait rather than fall back."""
    settings.SEARCH_URL = settings.TEST_SEARCH_URL
    if not settings.SEARCH_URL:
        sys.exit('No search engine: eval "$(make -s services)"')
    settings.SEARCH_INDEX = f"benchmark-{uuid4().hex[:8]}"
    settings.SEARCH_TIMEOUT = 60.0
    teardown_test_environment()  # templates are drawn as in production, none kept
    settings.ROOT_URLCONF = "tests.benchmarks.search_stock"
    try:
        yield
    finally:
        with client_of(settings) as client:
            drop_indices(client, settings.SEARCH_INDEX)


def milliseconds(deed: Deed) -> float:
    started = time.perf_counter()
    deed()
    return (time.perf_counter() - started) * 1000


def p95(spans: Iterable[float]) -> float:
    return statistics.quantiles(spans, n=20)[-1]


def figure(spans: list[float]) -> str:
    return f"{statistics.median(spans):6.1f} /{p95(spans):6.1f}"


def in_turn(*ways: Callable[[str], object], over: list[str]) -> list[list[float]]:
    """What each way takes for each of the same questions, asked of all before the next."""
    for question in over[:WARM]:
        for way in ways:
            way(question)
    spans = [[milliseconds(lambda w=way, q=question: w(q)) for way in ways] for question in over]
    return [list(column) for column in zip(*spans, strict=True)]


def reader(path: str) -> Callable[[str], object]:
    """Ask for a page of the portal by its query string."""
    client = Client()

    def read(query: str) -> object:
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 200, query
        return answer

    return read


def request_of(query: str) -> SearchRequest:
    """The engine's request for a query string."""
    pairs = MultiValueDict()
    for pair in filter(None, query.split("&")):
        pairs.appendlist(*pair.split("=", 1))
    return SearchRequest.of(SearchState.parse(pairs), "fi", timezone.now())


def asked(deed: Deed) -> int:
    """How many requests a deed makes of the engine."""
    count, original = 0, Transport.perform_request

    def counted(self: Transport, *args: object, **kwargs: object) -> object:
        nonlocal count
        count += 1
        return original(self, *args, **kwargs)

    Transport.perform_request = counted
    try:
        deed()
    finally:
        Transport.perform_request = original
    return count


def worded() -> list[str]:
    return [urlencode({"q": query}) for query in queries(QUERIES)]


def wordless() -> list[str]:
    """Listings: all, by municipality, by kind, further pages."""
    codes = known_codes()["municipality"]
    found = ["", "kind=service", "page=2", "sort=newest", "sort=name"]
    found += [f"municipality={code}" for code in codes]
    found += [f"municipality={code}&kind=activity&page=2" for code in codes]
    return (found * 10)[:QUERIES]


def pages(*, beside: tuple[float, float] | None = None, stock: bool = True) -> tuple[float, float]:
    """Measure the page by words and without, against the stock view and the small portal."""
    ours, theirs = reader("/fi/search/"), reader("/fi/stock-search/")
    tell(f"\n{Entry.objects.count():,} entries")
    ways = [ours, theirs] if stock else [ours]
    spans = in_turn(*ways, over=worded())
    requests = " and ".join(str(asked(lambda w=way: w("q=palvelu"))) for way in ways)
    tell(f"  page by words             {figure(spans[0])}")
    if stock:
        tell(f"  stock view                {figure(spans[1])}")
        of_p95, of_p50 = (ratio(spans, measure) for measure in (p95, statistics.median))
        tell(f"  ratio of p95, p50         {of_p95:.2f}, {of_p50:.2f}")
    tell(f"  engine requests a page    {requests}")
    (listing,) = in_turn(ours, over=wordless())
    tell(f"  page without words        {figure(listing)}")
    for name, over in (("by words", worded()), ("without", wordless())):
        search = ElasticsearchEngine().search
        (spent,) = in_turn(lambda query: search(request_of(query)), over=over)  # noqa: B023
        tell(f"  engine alone, {name:<12}{figure(spent)}")
    if stock:
        tell(f"  first pages ranked alike  {ranked_alike():.3f}")
    now = p95(spans[0]), p95(listing)
    if beside:
        tell(f"  growth by words, without  {now[0] / beside[0]:.2f}, {now[1] / beside[1]:.2f}")
    return now


def ranked_alike() -> float:
    """The share of the hits of first pages that would stand there too if all that a question may
    page through were ranked finely."""

    def scores(query: str) -> list[float]:
        return [hit.score for hit in ElasticsearchEngine().search(request_of(query)).hits]

    pages = [scores(query) for query in worded()]
    fine, questions.FINE = questions.FINE, questions.WINDOW
    try:
        best = [scores(query) for query in worded()]
    finally:
        questions.FINE = fine
    alike = [
        score >= ideal[-1] - 1e-4 for page, ideal in zip(pages, best, strict=True) for score in page
    ]
    return sum(alike) / len(alike)


def ratio(spans: list[list[float]], measure: Callable[[list[float]], float]) -> float:
    return measure(spans[0]) / measure(spans[1])


def on_database(vendor: str) -> None:
    """What the database answers when there is no engine."""
    tell(f"\n{Entry.objects.count():,} entries, {vendor} answers")
    if vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its own daemon does within a minute
    search = database_engine().search
    (spans,) = in_turn(lambda query: search(request_of(query)), over=worded())
    tell(f"  engine, by words          {figure(spans)}")
    (spans,) = in_turn(lambda query: search(request_of(query)), over=wordless())
    tell(f"  engine, without           {figure(spans)}")


def build(count: int) -> None:
    """Build the index of all entries from their stored terms."""
    seconds = milliseconds(rebuild) / 1000
    tell(f"\nRebuild from stored terms: {seconds:.0f} s, {seconds * 1000 / count:.2f} s per 1,000")


def analysing() -> None:
    """Read entries anew, as after a change of the analysis."""
    ids = list(Entry.objects.filter(language="fi").values_list("pk", flat=True)[:ANALYSED])
    with connection.cursor() as cursor:
        key = {"sqlite": "rowid", "postgresql": "entry_id"}[connection.vendor]
        places = ", ".join(["%s"] * len(ids))
        cursor.execute(f"UPDATE {TABLE} SET analysis = 'old' WHERE {key} IN ({places})", ids)
    began = time.process_time()
    analysed = milliseconds(lambda: renew_terms(inf)) / ANALYSED
    cpu = (time.process_time() - began) * 1000 / ANALYSED
    tell(f"Analysis anew: {analysed:.2f} s per 1,000, {cpu:.2f} of them this process's own")


def publishing() -> None:
    """From the commit of a publication until the engine finds it, with a worker that runs."""
    connection.close()
    child = fork(Worker().run)
    try:
        spans = [published_until_found(number) for number in range(PUBLISHED + 3)][3:]
    finally:
        os.kill(child, signal.SIGTERM)
        end_of(child)
    tell(f"Published until found: {figure(spans)}")


def published_until_found(number: int) -> float:
    word = "mitta" + "".join(chr(97 + int(digit)) for digit in f"{number:03}") + "palvelu"
    ServicePageFactory(title=word.capitalize())
    request = request_of(f"q={word}")
    return milliseconds(
        lambda: wait_until(lambda: ElasticsearchEngine().search(request).strong_total)
    )


if __name__ == "__main__":
    main()
