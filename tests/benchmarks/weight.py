"""Prints what a first view of each kind of page weighs, and fails where it is over its limit.

python -m tests.benchmarks.weight

Chromium with an empty cache, 360 CSS pixels wide at double density, on the demo site. Bytes are
those of the answers as sent, compressed and with their headers; fonts are counted apart.
"""

from tests.benchmarks.portal import portal, tell  # first: it sets Django up

import os  # isort: skip
import sys
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, sync_playwright

from search.models import Entry
from tests.benchmarks.server import Server, server
from tests.support.browser import launch

KB = 1000
LIMITS = {"detail": (40, 6), "home": (80, 99), "listing": (40, 99)}
"""Kilobytes without fonts, and requests."""
FONTS_LIMIT = 24
DETAILS = ("service", "activity", "event", "training", "news", "organisation", "service_point")
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  window.scrollTo(0, document.body.scrollHeight);
  setTimeout(() => done(sum), 1500);
})"""


@dataclass
class View:
    """One first view: bytes of each type of answer, requests, and how much moved."""

    sizes: dict[str, float] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    shift: float = 0.0

    def weight(self, *, fonts: bool) -> float:
        """Kilobytes of fonts, or of all else."""
        chosen = (n for key, n in self.sizes.items() if (self.types[key] == "Font") is fonts)
        return sum(chosen) / KB

    def over(self, limits: tuple[int, int]) -> bool:
        """Whether any limit is broken. Nothing may move at all."""
        weight, requests = limits
        return (
            self.weight(fonts=False) > weight
            or self.weight(fonts=True) > FONTS_LIMIT
            or len(self.sizes) > requests
            or self.shift > 0
        )


def main() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop here
    failed = False
    with portal("demo") as _:
        pages = addresses()
        with server() as found, sync_playwright() as playwright:
            browser = launch(playwright)
            tell(f"{'page':<22}{'KB':>7}{'fonts':>7}{'requests':>10}{'shift':>9}  limit")
            for name, path, limits in pages:
                seen = view(browser, found, path)
                bad = seen.over(LIMITS[limits])
                failed = failed or bad
                tell(
                    f"{name:<22}{seen.weight(fonts=False):>7.1f}{seen.weight(fonts=True):>7.1f}"
                    f"{len(seen.sizes):>10}{seen.shift:>9.5f}  {'OVER ' if bad else ''}{limits}"
                )
            browser.close()
    sys.exit(failed)


def addresses() -> list[tuple[str, str, str]]:
    """A page of every kind, with a picture where any has one; then home and listings."""
    found = []
    for kind in DETAILS:
        entries = Entry.objects.public().filter(kind=kind, language="fi")
        entry = entries.exclude(picture=None).first() or entries.first()
        if entry:
            found.append((kind, entry.path, "detail"))
    topic = Entry.objects.public().filter(facts__view="topic", language="fi").first()
    return [
        *found,
        ("municipality", "/fi/kunnat/utsjoki/", "listing"),
        ("topic", topic.path, "listing"),
        ("home", "/fi/", "home"),
        ("listing", "/fi/search/", "listing"),
        ("listing, filtered", "/fi/search/?kind=service&municipality=890", "listing"),
    ]


def view(browser: Browser, found: Server, path: str) -> View:
    """Open a page with an empty cache and scroll to its end."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, locale="fi-FI",
        service_workers="block",
    )  # fmt: skip
    page = context.new_page()
    result = View()
    listen(context.new_cdp_session(page), result)
    page.goto(f"http://127.0.0.1:{found.port}{path}", wait_until="networkidle")
    result.shift = page.evaluate(SHIFTS)
    page.wait_for_load_state("networkidle")
    context.close()
    return result


def listen(session: CDPSession, result: View) -> None:
    """Count what comes over the wire."""
    session.send("Network.enable")

    def on_response(event: dict) -> None:
        if event["response"]["url"].startswith("http"):
            result.types[event["requestId"]] = event["type"]

    def on_finished(event: dict) -> None:
        if event["requestId"] in result.types:
            result.sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", on_response)
    session.on("Network.loadingFinished", on_finished)


if __name__ == "__main__":
    main()
