"""A resident of Utsjoki with a phone: she finds help in her language, starts it, prints it, finds
the nearest place of service, and reports an error that becomes a task in the admin."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from services.models import ServicePage
from site_core.feedback.models import Feedback
from site_core.portal.actions import EDITORS
from tests.factories.pages import VISIT, ServicePageFactory, ServicePointPageFactory
from tests.journeys.admin import Admin, sign_up
from tests.journeys.test_offline import wait_until_kept

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}
INARI, KEMI, UTSJOKI = "148", "240", "890"
NO_TIME = timedelta(0)
FAULT = "Numero ei vastaa enää arkisin."


def channel(kind: str, *languages: str, **value: object) -> dict:
    spoken = [{"code": code, "note": ""} for code in languages]
    return {"type": kind, "value": {**value, "languages": spoken}}


@pytest.fixture
def helpline(portal) -> ServicePage:
    """A helpline for all of Lapland, a neighbour's group that is open to Utsjoki, one farther off,
    one in Finnish only; and two service points."""
    lonely = {"situations": ["loneliness"], "municipalities": [UTSJOKI]}
    call = channel("phone", "fi", "se", number="016 123 4567", hours={"always": True})
    found = ServicePageFactory(
        title="Soittoystävä",
        short="Soita. Puhelimessa on ihminen, joka kuuntelee.",
        channels=[call],
        coverage="all_lapland",
        situations=["loneliness"],
        municipalities=[],
    )
    for title, town, code in (
        ("Kemin kahvihetki", KEMI, "94100"),
        ("Mukavaa Inarissa", INARI, "99800"),
    ):
        visit = channel("in_person", "fi", "se", street="Esimerkkitie 1", postal_code=code, town="")
        codes = {**lonely, "municipalities": [town, UTSJOKI]}
        ServicePageFactory(title=title, channels=[visit], **codes)
    ServicePageFactory(
        title="Kävelyryhmä", channels=[channel("phone", "fi", number="016 123 4568")], **lonely
    )
    ServicePointPageFactory(title="Utsjoen piste", channels=[VISIT])
    ServicePointPageFactory(title="Inarin piste", municipality=INARI, channels=[VISIT])
    return found


def open_menu(page: Page) -> None:
    page.locator("header .top details.menu summary").click()


def fits(page: Page) -> bool:
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_resident_of_utsjoki_finds_starts_prints_and_reports(helpline, nojs_page):
    page = nojs_page
    page.set_viewport_size(PHONE)
    page.goto("/fi/")
    page.locator("main").get_by_role("link", name="Utsjoki").click()
    expect(page.locator("h1")).to_have_text("Utsjoki")
    assert fits(page)

    page.locator("main").get_by_role("link", name="Olen yksinäinen").click()
    assert parse_qs(urlsplit(page.url).query)["municipality"] == [UTSJOKI]
    page.get_by_text("Rajaa hakua").first.click()
    filters = page.locator("details.facets form")
    filters.locator("[name=language][value=se]").check()
    filters.get_by_role("button").click()
    titles = page.locator("main .card h2")
    expect(titles).to_have_text(["Soittoystävä", "Mukavaa Inarissa", "Kemin kahvihetki"])
    assert fits(page)
    start = page.locator("main .card").first.locator("a[href='tel:+358161234567']")
    expect(start).to_be_visible()

    page.get_by_role("link", name="Soittoystävä", exact=True).click()
    expect(page.locator("h1")).to_have_text("Soittoystävä")
    page.wait_for_load_state()
    start = page.locator("main .acts a[href='tel:+358161234567']")
    assert start.bounding_box()["y"] < PHONE["height"], "the action is not on the first screen"
    expect(page.locator("main .act--lit")).to_have_count(1)

    page.emulate_media(media="print")
    expect(page.locator(".onpaper svg, .onpaper img").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("016 123 4567")
    expect(page.locator("header nav").first).to_be_hidden()
    expect(page.get_by_role("link", name="Ilmoita virheestä")).to_be_hidden()
    page.emulate_media(media="screen")


def test_the_nearest_service_point_and_its_hours(helpline, nojs_page):
    page = nojs_page
    page.set_viewport_size(PHONE)
    page.goto("/fi/")
    page.locator("main").get_by_role("link", name="Utsjoki").click()
    points = page.locator("main aside .box").first
    expect(points.locator("h3")).to_have_text(["Utsjoen piste", "Inarin piste"])
    points.get_by_role("link", name="Utsjoen piste").click()
    expect(page.locator("h1")).to_have_text("Utsjoen piste")
    hours = page.locator("section", has=page.locator("h2", has_text="Aukioloajat")).last
    expect(hours).to_contain_text("10.00–15.00")
    expect(hours).to_contain_text("12.00–18.00")
    expect(page.locator("main")).to_contain_text("Esimerkkitie 1")
    assert fits(page)


def test_an_error_she_reports_is_a_task_in_the_admin(helpline, nojs_page, page, monkeypatch):
    monkeypatch.setattr("site_core.throttle.forms.GuardedForm.shortest", NO_TIME)
    nojs_page.set_viewport_size(PHONE)
    nojs_page.goto(helpline.entry.path)
    nojs_page.get_by_role("link", name="Ilmoita virheestä").click()
    nojs_page.locator("main form textarea").fill(FAULT)
    nojs_page.locator("main form button").last.click()
    expect(nojs_page.locator("main .note--moss")).to_contain_text("Vastaamme viimeistään")
    assert nojs_page.context.cookies() == []
    reported = Feedback.objects.get()
    assert (reported.text, reported.page_id) == (FAULT, helpline.pk)

    sign_up("toimittaja", group=EDITORS)
    admin = Admin(page)
    admin.log_in("toimittaja")
    expect(page.locator("#feedback-section")).to_contain_text("1 viesti odottaa vastausta")
    page.get_by_role("link", name="Palautteisiin").click()
    expect(page.locator("main")).to_contain_text("Soittoystävä")
    expect(page.locator("main")).to_contain_text(reported.reference)


def test_the_network_cut_after_the_first_visit_shows_the_page_again(helpline, page):
    page.set_viewport_size(PHONE)
    page.goto("/fi/")
    wait_until_kept(page, "/fi/")
    page.goto(helpline.entry.path)
    wait_until_kept(page, helpline.entry.path)
    page.context.set_offline(True)
    page.goto(helpline.entry.path)
    expect(page.locator("h1")).to_have_text("Soittoystävä")
    expect(page.locator(".kept")).to_be_visible()
    expect(page.locator("main a[href='tel:+358161234567']").first).to_be_visible()
