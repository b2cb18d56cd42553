"""An author at her desk in a real browser: on a phone, without scripts, and under axe."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from services.models import ServicePage
from tests.factories.pages import ServicePageFactory, draft
from tests.support.axe import violations
from tests.support.browser import WAIT_MS

PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [pytest.mark.timeout(600)]


def log_in(page: Page, address: str, person) -> None:
    client = Client()
    client.force_login(person)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    page.context.add_cookies([session])


@pytest.mark.journey
def test_a_service_is_written_on_a_phone_without_scripts(author, nojs_page, live_server):
    page = nojs_page
    page.set_viewport_size(PHONE)
    log_in(page, live_server.url, author)
    page.goto("/desk/")
    page.click(f".big a[href='{reverse('desk_new', args=['service'])}']")
    assert page.locator("#f-way0_number").is_hidden()
    page.fill("#f-title", "Kuuntelupuhelin")
    page.click("[name=deed][value=submit]")
    expect(page.locator(".errors a[href='#f-summary']")).to_be_visible()
    assert page.title().startswith(("Virhe", "Error"))
    page.click(".errors a[href='#f-summary']")
    assert page.url.endswith("#f-summary")
    page.fill("#f-summary", "Soita, kun haluat puhua.")
    page.fill("#f-short", "Kuuntelemme sinua. Soittaminen ei maksa mitään.")
    page.check("[name=way0_kind][value=phone]")
    page.fill("#f-way0_number", "016 123 456")
    assert page.locator("#f-way0_url").is_hidden()
    page.check("[name=coverage][value=all_lapland]")
    assert page.locator("[name=municipalities]").first.is_hidden()
    page.click("[name=deed][value=preview]")
    expect(page.locator("h1")).to_have_text("Kuuntelupuhelin")
    expect(page.locator("a[href='tel:+35816123456']")).to_be_visible()
    page.click("main [role=status] a")
    page.click("[name=deed][value=submit]")
    page.wait_for_url(f"**{reverse('desk_entries')}")
    written = ServicePage.objects.get()
    assert written.workflow_in_progress
    assert not written.live


@pytest.mark.a11y
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing(author, home, browser: Browser, live_server, size):
    live = ServicePageFactory(parent=home)
    unfinished = ServicePageFactory(parent=home, kind="activity", live=False, short="")
    unfinished.title = "Retki"
    draft(unfinished)
    waiting = ServicePageFactory(parent=home, live=False)
    waiting.get_workflow().start(waiting, author)
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, service_workers="block", viewport=size
    )
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    log_in(page, live_server.url, author)
    findings = []

    def examine() -> None:
        findings.append(violations(page))
        if (wider := page.evaluate(WIDER)) > 0:
            findings.append(f"{page.url} is {wider} px too wide")

    for name, *args in (
        ("desk_entries",),
        ("desk_new", "news"),
        ("desk_new", "training"),
        ("desk_new", "volunteer"),
        ("desk_edit", live.pk),
        ("desk_edit", waiting.pk),
        ("desk_preview", live.pk),
        ("desk_languages", live.pk),
        ("desk_delete", unfinished.pk),
        ("desk_edit", unfinished.pk),
    ):
        page.goto(reverse(name, args=args))
        examine()
    page.click("[name=deed][value=submit]")
    expect(page.locator(".errors")).to_be_visible()
    examine()
    context.close()
    assert "\n".join(filter(None, findings)) == ""
