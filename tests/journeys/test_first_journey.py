"""The first walk through the whole portal, as a resident, an editor and a stranger take it."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as TreePage

from search.models import Entry
from services.models import OrganisationPage, ServicePage
from site_core.portal.actions import EDITORS
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import ServicePageFactory, stored, translate
from tests.journeys.admin import Admin, sign_up

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}
INARI, KEMI = "148", "240"


def answered_in(*languages: str) -> list[dict]:
    """One number to call, answered in these languages."""
    spoken = [{"code": code, "note": ""} for code in languages]
    return [{"type": "phone", "value": {"number": "016 123 4567", "languages": spoken}}]


@pytest.fixture
def wanted(portal) -> ServicePage:
    """What the resident looks for, in Finnish and Swedish, among services that each miss once."""
    lonely = {"situations": ["loneliness"]}
    found = ServicePageFactory(
        title="Soittoystävä",
        summary="Vapaaehtoinen soittaa sinulle joka viikko.",
        channels=answered_in("fi", "se"),
        municipalities=[INARI],
        **lonely,
    )
    translate(found, "sv", title="Vän per telefon", summary="En frivillig ringer varje vecka.")
    ServicePageFactory(
        title="Kahvihetki Kemissä",
        channels=answered_in("fi", "se"),
        municipalities=[KEMI],
        **lonely,
    )
    ServicePageFactory(
        title="Kävelyryhmä", channels=answered_in("fi"), municipalities=[INARI], **lonely
    )
    ServicePageFactory(
        title="Velkaneuvonta",
        channels=answered_in("fi", "se"),
        municipalities=[INARI],
        situations=["money"],
    )
    return found


def choose_limits(page: Page) -> None:
    """Open the filters and choose a municipality and a language of service."""
    page.get_by_text("Rajaa hakua").first.click()
    filters = page.locator("details.facets form")
    filters.get_by_label("Kunta").select_option(INARI)
    filters.locator("[name=language][value=se]").check()
    filters.get_by_role("button").click()


def switch_to(page: Page, own_name: str) -> None:
    """Follow the language switcher at the top of a page."""
    page.locator("header details.menu summary").first.click()
    page.locator("header").get_by_role("link", name=own_name).click()


def test_a_resident_finds_a_service_and_reads_it_in_her_languages(wanted, nojs_page):
    page = nojs_page
    page.set_viewport_size(PHONE)
    page.goto("/fi/")
    page.get_by_role("link", name="Olen yksinäinen").click()
    page.wait_for_load_state()
    assert "Noto Sans" in page.evaluate("getComputedStyle(document.body).fontFamily")
    cards = page.locator("main .card")
    expect(cards).to_have_count(3)

    choose_limits(page)
    expect(cards).to_have_count(1)
    assert f"municipality={INARI}" in page.url
    assert "language=se" in page.url

    page.get_by_role("link", name="Soittoystävä", exact=True).click()
    expect(page.locator("h1")).to_have_text("Soittoystävä")
    assert urlsplit(page.url).path == wanted.entry.path
    expect(page.locator("main a[href='tel:+358161234567']")).to_be_visible()

    switch_to(page, "svenska")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator("h1")).to_have_text("Vän per telefon")
    assert urlsplit(page.url).path.startswith("/sv/organisationer/")

    switch_to(page, "davvisámegiella")
    assert urlsplit(page.url).path == f"/se/e/{wanted.translation_key}/"
    expect(page.locator("html")).to_have_attribute("lang", "se")
    expect(page.locator("h1")).to_have_text("Soittoystävä")
    expect(page.locator("h1")).to_have_attribute("lang", "fi")
    expect(page.locator("main .note").first).to_contain_text("Tätä sivua ei ole vielä omalla")
    expect(page.locator("main .note [lang=fi]").first).to_be_visible()
    original = page.locator("link[rel=canonical]").get_attribute("href")
    assert urlsplit(original).path == wanted.entry.path
    page.wait_for_load_state()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], "the page is wider than the telephone"


def test_an_editor_publishes_translates_and_finds(portal, page, nojs_page, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # a robot can press Publish while it makes the page
    sign_up("toimittaja", group=EDITORS)
    parent = OrganisationPage.objects.get(organisation__is_portal=True)
    admin = Admin(page)
    admin.log_in("toimittaja")

    admin.add("services/servicepage", parent.pk)
    admin.write(
        title="Keskusteluapua omaishoitajille",
        summary="Puhelimessa kuuntelee ihminen, joka tuntee hoivatyön.",
        short="Soita arkisin. Voit kertoa huolistasi nimettömänä.",
    )
    number = admin.add_block("channels", "Puhelin")
    admin.write(**{f"channels-{number}-value-number": "016 123 4567"})
    number = admin.add_block("channels", "Verkkolomake")
    admin.write(**{f"channels-{number}-value-url": "https://example.org/lomake"})
    page.select_option("[name=coverage]", "all_lapland")
    admin.choose("Pidän huolta läheisestäni ja kaipaan tukea", "Vertaistuki", "Työikäiset")
    expect(admin.preview().locator("h1")).to_have_text("Keskusteluapua omaishoitajille")
    admin.publish()
    service = ServicePage.objects.get(live=True)
    assert service.slug == "keskusteluapua-omaishoitajille"
    assert finds(nojs_page, "fi", "omaishoitajien") == ["Keskusteluapua omaishoitajille"]

    admin.translate(service.pk, "ruotsi")
    swedish = ServicePage.objects.get(locale__language_code="sv")
    assert not swedish.live
    assert not swedish.get_parent().live
    admin.edit(swedish.pk)
    admin.write(
        title="Samtalsstöd för närståendevårdare",
        summary="I telefonen lyssnar en människa som känner vårdarbetet.",
        short="Ring på vardagar. Du kan berätta anonymt om dina bekymmer.",
    )
    admin.save()
    assert finds(nojs_page, "sv", "samtalsstödet") == []
    admin.publish()
    assert stored(swedish).slug == "samtalsstod-for-narstaendevardare"
    assert finds(nojs_page, "sv", "samtalsstödet") == ["Samtalsstöd för närståendevårdare"]
    assert finds(nojs_page, "fi", "omaishoitajien") == ["Keskusteluapua omaishoitajille"]
    versions = Entry.objects.public().filter(key=service.translation_key)
    assert {entry.language for entry in versions} == {"fi", "sv"}


def finds(page: Page, language: str, word: str) -> list[str]:
    """Titles that a visitor gets for a word on the public search."""
    page.goto(f"/{language}/")
    page.fill("#q", word)
    page.locator("main form.seek button").click()
    return page.locator("main .card h2").all_inner_texts()


def test_a_stranger_neither_sees_nor_opens_the_draft(portal, page):
    parent = OrganisationPage.objects.get(organisation__is_portal=True)
    draft = ServicePageFactory(title="Salainen suunnitelma", parent=parent, live=False)
    MembershipFactory(user=sign_up("vieras"))
    admin = Admin(page)
    admin.log_in("vieras")
    for path in (
        f"pages/{draft.pk}/edit/",
        f"pages/{draft.pk}/view_draft/",
        f"pages/{draft.pk}/history/",
        f"pages/{draft.pk}/copy/",
        f"pages/{parent.pk}/",
        "pages/search/?q=suunnitelma",
        "",
    ):
        admin.go(path)
        assert "Salainen suunnitelma" not in page.content(), path
        expect(page.locator("[name=title]")).to_have_count(0)
    response = page.goto(f"/fi/jarjestot/{parent.slug}/{draft.slug}/")
    assert response.status == 404
    assert "Salainen suunnitelma" not in page.content()
    assert TreePage.objects.get(pk=draft.pk).latest_revision == draft.latest_revision
