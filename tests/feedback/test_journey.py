"""Feedback as readers give it in a browser: without scripts, and examined by axe with them."""

import re

import pytest
from playwright.sync_api import Page, expect

from site_core.feedback.forms import FeedbackForm
from site_core.feedback.models import Feedback, HelpfulCount
from site_core.portal.statement_page import STATEMENT_KEY
from tests.factories.pages import ServicePageFactory
from tests.support import axe

PHONE = {"width": 320, "height": 740}


@pytest.fixture
def service(transactional_db, portal):
    return ServicePageFactory(title="Velkaneuvonta")


@pytest.fixture(autouse=True)
def _quick_people(monkeypatch):
    """A browser that is driven types faster than a person."""
    monkeypatch.setattr(FeedbackForm, "shortest", FeedbackForm.shortest * 0)


@pytest.mark.journey
def test_a_no_and_its_reason_reach_us_without_scripts(nojs_page: Page, service):
    nojs_page.set_viewport_size(PHONE)
    nojs_page.goto(f"/fi/e/{service.translation_key}/")
    nojs_page.get_by_role("button", name="Ei", exact=True).click()
    expect(nojs_page.get_by_role("heading", level=1)).to_have_text("Kiitos vastauksesta")
    nojs_page.get_by_role("button", name="Lähetä palaute").click()
    expect(nojs_page).to_have_title(re.compile("^Virhe: "))
    nojs_page.get_by_role("alert").get_by_role("link").click()
    expect(nojs_page).to_have_url(re.compile("#text$"))
    nojs_page.get_by_label("Mikä oli hyvää, tai mitä puuttui?").fill("Hinta puuttuu.")
    nojs_page.get_by_role("button", name="Lähetä palaute").click()
    expect(nojs_page.get_by_role("heading", level=1)).to_have_text("Kiitos, palaute on perillä")
    kept = Feedback.objects.get()
    expect(nojs_page.get_by_text(kept.reference)).to_be_visible()
    assert (kept.kind, kept.text) == (Feedback.Kind.HELPFUL, "Hinta puuttuu.")
    assert HelpfulCount.objects.get().no == 1
    assert nojs_page.context.cookies() == []


@pytest.mark.a11y
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_feedback_has_a_fault_axe_sees(page: Page, service, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    for address in (
        f"/fi/e/{service.translation_key}/",
        f"/fi/feedback/?about={service.translation_key}",
        f"/fi/e/{STATEMENT_KEY}/",
        f"/sms/e/{STATEMENT_KEY}/",
    ):
        page.goto(address)
        examine(page)
    page.get_by_role("button", name="Lähetä palaute").click()
    expect(page.get_by_role("alert")).to_be_visible()
    examine(page)
    page.locator("#text").fill("Ruudunlukija ei kerro aukioloa.")
    page.get_by_role("button", name="Lähetä palaute").click()
    expect(page.locator(".said")).to_be_visible()
    examine(page)


def examine(page: Page) -> None:
    """No violation, and nothing to scroll sideways."""
    assert axe.violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
