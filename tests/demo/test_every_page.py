"""A walk along every link of the demo site: no page is missing, each is saved for the HTML checker.

The checker reads the saved pages after the tests (`.ci/html`).
"""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from site_core.languages.registry import LANGUAGES
from tests.support.pages import save_page

QUERIES_PER_PAGE = 3
"""Lists have endless combinations of filters; of each page's so many are opened."""
ELSEWHERE = ("/cms/", "/static/", "/media/", "/originals/", "/documents/")


class Links(HTMLParser):
    """The addresses that a page's links lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


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
        for href in Links(pages[address]).found:
            target = urlsplit(urljoin(address, href))
            link = target._replace(fragment="").geturl()
            if target.netloc or target.scheme or target.path.startswith(ELSEWHERE) or link in seen:
                continue
            seen.add(link)
            queries[target.path] += bool(target.query)
            if not target.query or queries[target.path] <= QUERIES_PER_PAGE:
                waiting.append((link, address))
    return pages


@pytest.mark.timeout(600)
def test_every_link_leads_to_a_page(demo_site, client):
    pages = pages_from(client, [f"/{code}/" for code in LANGUAGES])
    for address, html in pages.items():
        save_page(address, html)
    assert len(pages) > 100


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_that_is_missing_is_answered_in_the_language(demo_site, client, code):
    response = client.get(f"/{code}/no-such-page/")
    assert response.status_code == 404
    save_page(f"404-{code}", response.content)
