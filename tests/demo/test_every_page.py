"""A walk along every link of the demo site: no page is missing, each names its versions and marks
what it says in another language, and each is saved for the HTML checker.

The checker reads the saved pages after the tests (`.ci/html`).
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from site_core.languages.registry import LANGUAGES
from tests.demo.reading import Reading, known_texts, unmarked
from tests.support.pages import save_page
from tests.support.schema_org import faults

pytestmark = [pytest.mark.once, pytest.mark.timeout(600)]

QUERIES_PER_PAGE = 3
"""Lists have endless combinations of filters; of each page's so many are opened."""
WANTED = {
    "BreadcrumbList",
    "Event",
    "GovernmentService",
    "NewsArticle",
    "Organization",
    "Service",
}
"""What machines must find on the site."""
ELSEWHERE = ("/cms/", "/static/", "/media/", "/originals/", "/documents/")


def links(html: str) -> list[str]:
    """The addresses of a page's links, found fast: there are hundreds of pages."""
    return [unescape(href) for href in re.findall(r'<a\b[^>]*?\shref="([^"]+)"', html)]


def pages_from(client: Client, starts: list[str]) -> dict[str, str]:
    """Open all that can be reached from `starts` by links within the public site.

    Fails on a link that leads nowhere, naming the page it stands on. Returns HTML by address.
    """
    waiting = deque((start, "the start") for start in starts)
    seen = set(starts)
    queries: Counter[str] = Counter()
    pages = {}
    while waiting:
        address, origin = waiting.popleft()
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{response.status_code}: {address} on {origin}"
        if not response["Content-Type"].startswith("text/html"):
            continue
        pages[address] = response.content.decode()
        for href in links(pages[address]):
            target = urlsplit(urljoin(address, href))
            link = target._replace(fragment="").geturl()
            if target.netloc or target.scheme or target.path.startswith(ELSEWHERE) or link in seen:
                continue
            seen.add(link)
            queries[target.path] += bool(target.query)
            if not target.query or queries[target.path] <= QUERIES_PER_PAGE:
                waiting.append((link, address))
    return pages


def test_every_link_leads_to_a_page(demo_site, client):
    pages = pages_from(client, [f"/{code}/" for code in LANGUAGES])
    for address, html in pages.items():
        save_page(address, html)
    assert len(pages) > 100
    readings = {address: Reading(html) for address, html in pages.items()}
    known = known_texts()
    foreign = {
        (text, lang): address
        for address, reading in readings.items()
        for text, lang in unmarked(reading, known)
    }
    assert not foreign, "\n".join(f"{key} {address}" for key, address in foreign.items())
    assert "\n".join(faults_of_versions(readings)) == ""
    data = [item for reading in readings.values() for item in reading.data]
    assert {fault for item in data for fault in faults(item)} == set()
    assert {item["@type"] for item in data} >= WANTED


def faults_of_versions(readings: dict[str, Reading]) -> Iterator[str]:
    """One canonical address a page; versions name one another, each under its own address."""
    by_path = {urlsplit(address).path: reading for address, reading in readings.items()}
    for address, reading in readings.items():
        if not reading.canonical and not reading.versions:
            continue  # a page that asks not to be indexed
        if len(reading.canonical) != 1:
            yield f"{address}: canonical {reading.canonical}"
            continue
        for code, link in reading.versions.items():
            path = urlsplit(link).path
            other = by_path.get(path)
            if other is None or other.versions != reading.versions:
                yield f"{address}: {code} {link}"
            elif [urlsplit(own).path for own in other.canonical] != [path]:
                yield f"{address}: {link} is not its own original"


def test_the_reading_tells_what_is_unmarked():
    html = '<html lang="se"><p>Kyllä</p><p lang="fi">Kyllä</p><img alt="Kyllä" lang="sv"></html>'
    found = unmarked(Reading(html), {"Kyllä": {"fi"}})
    assert found == [("Kyllä", "se"), ("Kyllä", "sv")]


def test_versions_that_do_not_name_each_other_are_told():
    link = '<link rel="{}" hreflang="{}" href="https://x{}">'
    one = link.format("canonical", "", "/a/") + link.format("alternate", "sv", "/b/")
    readings = {"/a/": Reading(one), "/b/": Reading(link.format("canonical", "", "/b/"))}
    assert list(faults_of_versions(readings)) == ["/a/: sv https://x/b/"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_that_is_missing_is_answered_in_the_language(demo_site, client, code):
    response = client.get(f"/{code}/no-such-page/")
    assert response.status_code == 404
    save_page(f"404-{code}", response.content)
