"""Accessibility rules run on a page by axe-core."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules whose findings depend on the colours alone, for a second look at a page in others."""


def violations(page: Page, *, colours: bool = False) -> str:
    """Return a readable report of what axe finds on `page`, "" when nothing.

    `colours` asks only what may differ once the page has changed its colours.

    Waits until the page has loaded: a page just sent by a form is read before its style sheet is
    there, and everything on it is too small to touch.

    Needs a page with JavaScript: in a context without, axe waits for ever. There, put the content
    of that page into one with JavaScript first (`page.set_content(nojs_page.content())`).
    """
    asked = {"type": "rule", "values": COLOURS} if colours else {"type": "tag", "values": RULES}
    options = {"runOnly": asked, "resultTypes": ["violations"]}
    page.wait_for_load_state()
    found = Axe().run(page, options=options)
    return f"{page.url}\n{found.generate_report()}" if found.violations_count else ""
