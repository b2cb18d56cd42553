"""Limits chosen with scripts on and off: the same addresses, the same results."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.pages import ServicePageFactory

pytestmark = pytest.mark.journey

INARI, KEMI = "148", "240"


@pytest.fixture
def services(portal):
    """Two services in Inari, one of them for the lonely, and one in Kemi."""
    ServicePageFactory(title="Soittoystävä", municipalities=[INARI], situations=["loneliness"])
    ServicePageFactory(title="Velkaneuvonta", municipalities=[INARI], situations=["money"])
    ServicePageFactory(title="Kahvihetki", municipalities=[KEMI], situations=["loneliness"])


def open_filters(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/fi/search/?kind=service")
    page.locator("details.facets > summary").click()


def lonely(page: Page):
    group = page.locator("details.more", has=page.locator("[name=situation]"))
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    # The search form repeats what is chosen, hidden.
    return page.locator("[type=checkbox][name=situation][value=loneliness]")


def test_a_limit_takes_effect_at_once_and_can_be_gone_back_on(services, page):
    open_filters(page)
    page.evaluate("window.stayed = true")
    expect(page.get_by_role("status")).to_contain_text("3")
    lonely(page).check()
    expect(page.locator(".results .card")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("2")
    assert "situation=loneliness" in page.url
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.activeElement.value") == "loneliness"
    expect(page.locator("details.facets")).to_have_attribute("open", "")
    expect(page.locator(".chips")).to_be_visible()
    swedish = page.locator("footer a[hreflang=sv]")
    assert "situation=loneliness" in swedish.get_attribute("href")

    page.locator("select[name=municipality]").focus()
    page.locator("select[name=municipality]").select_option(INARI)
    expect(page.locator(".results .card")).to_have_count(1)
    assert page.evaluate("document.activeElement.name") == "municipality"
    page.go_back()
    expect(page.locator(".results .card")).to_have_count(2)
    page.go_back()
    expect(page.locator(".results .card")).to_have_count(3)
    assert page.evaluate("window.stayed")


def test_the_number_that_is_read_aloud_stays_in_the_page(services, page):
    open_filters(page)
    page.evaluate("window.number = document.querySelector('[role=status]')")
    lonely(page).check()
    expect(page.locator(".results .card")).to_have_count(2)
    assert page.evaluate("window.number === document.querySelector('[role=status]')")


def test_where_fetching_fails_the_form_is_sent(services, page):
    page.route("**/search/?*", stop_fetching)
    open_filters(page)
    lonely(page).click()  # the page is left before its state could be looked at
    page.wait_for_url("**/fi/search/?*situation=loneliness*")
    expect(page.locator(".results .card")).to_have_count(2)


def stop_fetching(route) -> None:
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


def test_without_scripts_the_button_does_the_same(services, nojs_page):
    open_filters(nojs_page)
    lonely(nojs_page).check()
    expect(nojs_page.locator(".results .card")).to_have_count(3)
    nojs_page.locator(".facets form button").click()
    expect(nojs_page.locator(".results .card")).to_have_count(2)
    assert "situation=loneliness" in nojs_page.url
