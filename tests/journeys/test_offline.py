"""The network cut after a first visit: what was read shows again, and says that it is a copy."""

import pytest
from playwright.sync_api import Page, expect

from search.models import Entry
from tests.factories.pages import ServicePageFactory

pytestmark = pytest.mark.journey

KEPT = """async () => {
  const names = await caches.keys();
  const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return lists.flat().map((request) => new URL(request.url).pathname);
}"""


@pytest.fixture
def service(portal):
    """A service that answers round the clock, which no copy may claim."""
    phone = {"number": "016 123 4567", "languages": [], "hours": {"always": True}}
    return ServicePageFactory(title="Neuvontapuhelin", channels=[{"type": "phone", "value": phone}])


def wait_until_kept(page: Page, path: str) -> None:
    """Until the device keeps a page, and the worker answers for the one that is open."""
    page.wait_for_function(f"async () => (await ({KEPT})()).includes('{path}')")
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


def test_pages_that_were_read_show_without_a_network(service, page):
    path = Entry.objects.get(key=service.translation_key).path
    page.goto("/fi/")
    wait_until_kept(page, "/fi/")
    page.goto(path)
    wait_until_kept(page, path)
    expect(page.locator(".kept")).to_be_hidden()
    expect(page.locator(".act .win")).to_be_visible()

    page.context.set_offline(True)
    page.goto(path)
    expect(page.locator("h1")).to_have_text("Neuvontapuhelin")
    expect(page.locator(".kept")).to_be_visible()
    assert any(letter.isdigit() for letter in page.locator("#kept-at").inner_text())
    expect(page.locator(".act .win")).to_be_hidden()
    expect(page.locator("main a[href^='tel:+35816']").first).to_be_visible()
    fonts = page.evaluate("document.fonts.ready.then(() => document.fonts.check('1em Noto Sans'))")
    assert fonts
    page.goto("/fi/")
    expect(page.locator(".kept")).to_be_visible()

    page.goto("/fi/search/")
    expect(page.locator("a[href='tel:112']").last).to_be_visible()
    expect(page.locator(f"[data-kept-pages] a[href='{path}']")).to_contain_text("Neuvontapuhelin")
    page.locator("[data-kept-pages] button").click()
    expect(page.locator("[data-kept-pages]")).to_be_hidden()
    assert path not in page.evaluate(KEPT)


def test_a_page_online_is_the_one_of_now(service, page):
    path = Entry.objects.get(key=service.translation_key).path
    page.goto(path)
    wait_until_kept(page, path)
    service.title = "Uusi nimi"
    service.save_revision().publish()
    page.goto(path)
    expect(page.locator("h1")).to_have_text("Uusi nimi")
    service.unpublish()
    assert page.goto(path).status == 410
    page.wait_for_function(f"async () => !(await ({KEPT})()).includes('{path}')")


def test_only_the_last_thirty_pages_are_kept(portal, page):
    page.goto("/fi/")
    wait_until_kept(page, "/fi/")
    services = ServicePageFactory.create_batch(3)
    filler = """async (paths) => {
      const [name] = await caches.keys();
      const cache = await caches.open(name);
      for (const path of paths) await cache.put(path, new Response("<h1>x</h1>"));
    }"""
    page.evaluate(filler, [f"/fi/sivu-{number}/" for number in range(30)])
    for service in services:
        path = Entry.objects.get(key=service.translation_key).path
        page.goto(path)
        wait_until_kept(page, path)
    page.wait_for_function(f"async () => !(await ({KEPT})()).includes('/fi/sivu-2/')")
    kept = page.evaluate(KEPT)
    read = {path for path in kept if path.startswith("/fi/")} - {"/fi/", "/fi/offline/"}
    assert len(read) == 30
    assert "/fi/" in kept


def test_the_switch_takes_the_worker_and_its_copies_away(portal, page, settings):
    page.goto("/fi/")
    wait_until_kept(page, "/fi/")
    settings.SERVICE_WORKER = False
    page.goto("/fi/")
    page.wait_for_function(
        """async () => !(await caches.keys()).length
            && !(await navigator.serviceWorker.getRegistrations()).length"""
    )
    assert page.locator("script[src$='portal.js']").count() == 0


def test_without_scripts_the_offline_page_says_its_numbers(portal, nojs_page):
    nojs_page.goto("/fi/offline/")
    expect(nojs_page.locator("main a[href='tel:112']")).to_be_visible()
    expect(nojs_page.locator("[data-kept-pages]")).to_be_hidden()
