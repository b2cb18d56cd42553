"""Every template of the demo site, in five languages, on a phone and a wide screen, by day and by
night: no finding of axe, nothing wider than the screen, and everything within a keyboard's reach.

A walk has one browser context, because the demo site is dear to copy; each language has its own
walk, so that every worker takes a part.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from search.models import Entry
from site_core.languages.registry import LANGUAGES
from tests.support.axe import violations
from tests.support.browser import WAIT_MS

pytestmark = [pytest.mark.a11y, pytest.mark.timeout(1200)]

NARROW, WIDE = {"width": 320, "height": 720}, {"width": 1280, "height": 900}
WITHOUT_ENTRY = (
    "search/",
    "search/?q=tuki+puhelin",
    "search/?kind=service&q=zzz",
    "offline/",
    "feedback/",
    "no-such-page/",
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """
* { line-height: 1.5 !important }
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""The text spacing that WCAG 1.4.12 asks pages to bear."""


def one_of_every_kind(language: str) -> list[str]:
    """Addresses of one page of each kind and view, in the language or shown inside it."""
    shown: dict[tuple[str, str], Entry] = {}
    for entry in Entry.objects.public().order_by("path"):
        place = (entry.kind, entry.facts.get("view", ""))
        if place not in shown or entry.language == language != shown[place].language:
            shown[place] = entry
    return [
        entry.path if entry.language == language else f"/{language}/e/{entry.key}/"
        for entry in shown.values()
    ]


def addresses(language: str) -> list[str]:
    return [*one_of_every_kind(language), *(f"/{language}/{path}" for path in WITHOUT_ENTRY)]


@pytest.fixture
def sheet(demo_site, browser: Browser, live_server):
    """A page for many walks; axe needs a context that no content security policy binds."""
    context = browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,
        service_workers="block",
        viewport=NARROW,
        reduced_motion="reduce",  # no colour on its way from day to night
    )
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(sheet, language):
    findings = []
    for address in addresses(language):
        for size in (NARROW, WIDE):
            sheet.set_viewport_size(size)
            sheet.emulate_media(color_scheme="light")
            sheet.goto(address, wait_until="load")
            findings.append(violations(sheet))
            sheet.emulate_media(color_scheme="dark")
            findings.append(violations(sheet, colours=True))
            if (wider := sheet.evaluate(WIDER)) > 0:
                findings.append(f"{address} is {wider} px wider than {size['width']} px")
    assert "\n".join(filter(None, findings)) == ""


def test_pages_bear_text_spacing_reduced_motion_and_forced_colours(sheet):
    for address in addresses("fi"):
        sheet.emulate_media(reduced_motion="reduce", forced_colors="active")
        sheet.goto(address)
        sheet.add_style_tag(content=SPACED)
        assert sheet.evaluate(WIDER) <= 0, address
        moving = "document.getAnimations().filter((one) => one.effect.getTiming().duration).length"
        assert sheet.evaluate(moving) == 0, address


def focus_is_seen(page: Page) -> bool:
    """Whether what has the focus shows it: an outline, and a place on the screen."""
    return page.evaluate(
        """() => {
          const { activeElement: it } = document, box = it.getBoundingClientRect();
          const style = getComputedStyle(it);
          return it !== document.body && box.width > 0 && style.outlineStyle !== "none"
            && parseFloat(style.outlineWidth) >= 2;
        }"""
    )


def walk(page: Page, selector: str, steps: int = 80) -> None:
    """Press Tab until an element has the focus; each stop on the way shows it."""
    for _step in range(steps):
        page.keyboard.press("Tab")
        assert focus_is_seen(page), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} was not reached")


def test_search_filters_switcher_and_menu_by_keyboard(sheet):
    sheet.goto("/fi/search/")
    walk(sheet, ".skip")
    walk(sheet, ".strip .menu summary")
    sheet.keyboard.press("Enter")
    walk(sheet, ".strip a[hreflang=sv]")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("html")).to_have_attribute("lang", "sv")
    walk(sheet, ".top .menu summary")
    sheet.keyboard.press("Enter")
    walk(sheet, ".top .menu a")
    walk(sheet, "#q")
    sheet.keyboard.type("hjälp")
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**q=hj*")
    walk(sheet, ".facets > summary")
    sheet.keyboard.press("Enter")
    walk(sheet, ".facets [type=checkbox]")
    name = sheet.evaluate("document.activeElement.name")
    sheet.keyboard.press("Space")
    sheet.wait_for_url(f"**{name}=*")
    expect(sheet.locator(".chips")).to_be_visible()


def test_every_page_is_whole_without_scripts(demo_site, nojs_page):
    for address in addresses("fi"):
        nojs_page.goto(address)
        assert nojs_page.locator("h1").count() == 1, address
        assert nojs_page.locator("main").inner_text().strip(), address
        assert nojs_page.locator("[aria-busy=true], noscript").count() == 0, address
