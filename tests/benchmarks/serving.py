"""Prints how fast one and the same page is served by each of its roads.

python -m tests.benchmarks.serving

All roads run on one server in turn, slice after slice, so that other load on the machine falls on
each alike; the ratios count, not the figures. wrk (Debian's) asks over four connections. Then the
same without a server: Django alone in this process, uncompressed.
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import re  # isort: skip
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from django.test import Client, override_settings

from tests.benchmarks.server import Server, server
from tests.factories.media import PictureFactory
from tests.factories.pages import ServicePageFactory

ROUNDS = 7
SECONDS = 2
CONNECTIONS = 4
ALONE = 50
"""Requests of a slice without a server."""


@dataclass
class Road:
    """One way to the page, and what was measured on it."""

    name: str
    path: str
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    with portal() as vendor:
        path = ServicePageFactory(title="Talousneuvonta", picture=PictureFactory()).entry.path
        roads = [
            Road("stock", path.replace("/fi/", "/fi/stock/", 1)),
            Road("rendered", f"{path}?road=long"),
            Road("stored", path),
        ]
        with server() as found:
            compare_pages(found, roads)
            for _ in range(ROUNDS):
                for road in roads:
                    measure(found, road)
        with override_settings(ROOT_URLCONF="tests.benchmarks.urls"):
            for _ in range(ROUNDS):
                for road in roads:
                    measure_alone(road)
    report(vendor, roads)


def compare_pages(found: Server, roads: list[Road]) -> None:
    """All roads must give the same page, also once it is stored; both workers get warm."""
    bodies = {found.get(road.path) for _ in range(8) for road in roads}
    if len(bodies) != 1:
        sys.exit("The roads differ in what they show.")


def measure(found: Server, road: Road) -> None:
    """One slice of load."""
    before = found.cpu_seconds()
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip",
         f"http://127.0.0.1:{found.port}{road.path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in done:
        sys.exit(done)
    count = int(re.search(r"(\d+) requests in", done)[1])
    road.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1]))
    road.costs.append((found.cpu_seconds() - before) / count * 1000)


def measure_alone(road: Road) -> None:
    """One slice without a server; the first request is not counted."""
    client = Client()
    client.get(road.path)
    before = perf_counter()
    for _ in range(ALONE):
        if client.get(road.path).status_code != 200:
            sys.exit(f"{road.path} does not answer")
    road.alone.append((perf_counter() - before) / ALONE * 1000)


def report(vendor: str, roads: list[Road]) -> None:
    """Medians over the slices, and of the ratios within each round."""
    stock = roads[0]
    tell(f"One service page, {vendor}, gunicorn with 2 workers, {ROUNDS} slices of {SECONDS} s\n")
    ratio = f"{'ratio':>8}"
    tell(f"{'road':<10}{'requests/s':>12}{ratio}{'CPU ms':>9}{ratio}{'alone ms':>10}{ratio}")
    for road in roads:
        faster = median(own / theirs for own, theirs in zip(road.rates, stock.rates, strict=True))
        lighter = median(theirs / own for own, theirs in zip(road.costs, stock.costs, strict=True))
        alone = median(theirs / own for own, theirs in zip(road.alone, stock.alone, strict=True))
        tell(
            f"{road.name:<10}{median(road.rates):>12.0f}{faster:>8.1f}"
            f"{median(road.costs):>9.2f}{lighter:>8.1f}{median(road.alone):>10.2f}{alone:>8.1f}"
        )


if __name__ == "__main__":
    main()
