"""An organisation from its first letter to its readers: it joins, writes on a phone, is read by two
reviewers, changes what is published, is suspended and comes back. Each mail is taken by a real mail
server and opened from there."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import PageViewRestriction

from services.models import OrganisationPage, ServicePage
from site_core.portal.actions import LANGUAGE_REVIEWERS, MODERATORS
from tests.factories.pages import ServicePageFactory, stored
from tests.journeys.admin import PASSWORD, sign_up
from tests.journeys.desk import Desk
from tests.journeys.letters import Letters

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

NAME = "Jokivarren Väki ry"
AINO, LAURI, MONA = "aino@example.org", "lauri@example.org", "mona@example.org"
"""Who founds it; who reads the language, in Finnish; who moderates, in Swedish."""
PLANS = "Kuuntelemme ihmisiä puhelimessa"
TITLE = "Jokivarren kuuntelupuhelin"
FIRST, MENDED, CHANGED = (
    "Soita. Henkilöresurssimme vastaavat yhteydenottoihin.",
    "Soita, kun haluat puhua. Kuuntelemme sinua.",
    "Soita tai tekstaa, kun haluat puhua. Kuuntelemme sinua.",
)
ADVICE, REMARK = "Kirjoita niin kuin puhut.", "Kuka vastaa puhelimeen?"
WHY = "Tunnus on joutunut vääriin käsiin."

CONFIRM, RECEIVED = "Vahvista osoitteesi", "Hakemuksesi on perillä"
WANTS_IN, WELCOME = "En organisation vill komma med", f"Tervetuloa: {NAME}"
RECEIPT, MEND = f"Saimme sivun ”{TITLE}”", f"Muokkaa vielä: ”{TITLE}”"
PASSED, PUBLISHED = f"”{TITLE}” hyväksyttiin", f"”{TITLE}” on julkaistu"
TO_LAURI, TO_MONA = f"Odottaa sinua: ”{TITLE}”", f"Väntar på dig: ”{TITLE}”"
PAUSED, BACK = f"{NAME} on tauolla", f"{NAME} näkyy taas"


@dataclass
class Story:
    """The people at their screens, and the mail between them."""

    aino: Desk
    lauri: Desk
    mona: Desk
    resident: Page
    letters: Letters
    address: str = ""

    def reads(self, *words: str, without: str) -> None:
        """The resident opens the service and reads these words, and not others."""
        response = self.resident.goto(self.address)
        assert response.status == 200
        for each in words:
            expect(self.resident.locator("main")).to_contain_text(each)
        expect(self.resident.locator("main")).not_to_contain_text(without)

    def answer(self, address: str) -> int:
        """What a resident's browser is answered with at an address."""
        return self.resident.context.request.get(address, max_redirects=0).status


@pytest.fixture
def story(portal, visitor, sink, settings, live_server, monkeypatch) -> Story:
    monkeypatch.setattr("site_core.throttle.forms.GuardedForm.shortest", timedelta(0))
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    for name, group, language in (
        ("lauri", LANGUAGE_REVIEWERS, "fi"),
        ("mona", MODERATORS, "sv"),
    ):
        person = sign_up(name, group=group)
        person.language = language
        person.save()
    letters = Letters(
        sink,
        live_server.url,
        languages={AINO: "fi", LAURI: "fi", MONA: "sv"},
        private=["Aino", "Joki,", "Lauri", "Mona", PLANS, ADVICE, REMARK, WHY, FIRST, MENDED],
    )
    aino, lauri, mona, resident = (visitor() for _person in range(4))
    return Story(Desk(aino), Desk(lauri), Desk(mona, "sv"), resident, letters)


def test_an_organisation_joins_writes_changes_is_suspended_and_comes_back(story):
    it_asks_to_join_and_confirms_its_address(story)
    a_moderator_takes_it_in(story)
    the_lead_chooses_a_password_and_logs_in(story)
    she_writes_a_service_on_her_phone(story)
    the_language_reviewer_asks_for_a_change(story)
    she_mends_it_and_sends_it_again(story)
    two_people_approve_it(story, was_told=MENDED)
    a_resident_finds_it(story)
    she_changes_what_is_published(story)
    two_people_approve_it(story, was_told="tai tekstaa")  # marked as added
    story.reads(TITLE, CHANGED, without=MENDED)
    it_is_suspended_and_restored(story)
    story.letters.bring()


def it_asks_to_join_and_confirms_its_address(story: Story) -> None:
    desk = story.aino
    desk.open("/fi/join/")
    desk.tick("kind", "association")
    desk.write(
        name=NAME,
        business_id="0737546-2",
        plans=PLANS,
        first_name="Aino",
        last_name="Joki",
        email=AINO,
    )
    desk.press("Lähetä hakemus")
    assert urlsplit(desk.page.url).path == "/fi/join/sent/"
    assert desk.page.context.cookies() == []
    story.letters.bring((AINO, CONFIRM))
    desk.open(story.letters.link(AINO, CONFIRM))
    expect(desk.page.locator("main")).to_contain_text(PLANS)
    story.letters.bring()  # reading the link has done nothing
    desk.press("Vahvista ja lähetä eteenpäin")
    story.letters.bring((AINO, RECEIVED), (MONA, WANTS_IN))


def a_moderator_takes_it_in(story: Story) -> None:
    desk = story.mona
    desk.open(story.letters.link(MONA, WANTS_IN))
    desk.log_in("mona")
    expect(desk.page.locator("h1")).to_have_text(NAME)
    expect(desk.page.locator("main")).to_contain_text(PLANS)
    assert not OrganisationPage.objects.filter(title=NAME).exists()
    desk.press("Godkänn")
    story.letters.bring((AINO, WELCOME))


def the_lead_chooses_a_password_and_logs_in(story: Story) -> None:
    desk = story.aino
    desk.open(story.letters.link(AINO, WELCOME))
    desk.write(new_password1=PASSWORD, new_password2=PASSWORD)
    desk.press("Tallenna salasana ja kirjaudu sisään")
    desk.log_out()
    desk.open("/desk/")
    desk.log_in(AINO)
    assert urlsplit(desk.page.url).path == "/desk/entries/"
    expect(desk.page.locator("main")).to_contain_text(NAME)


def she_writes_a_service_on_her_phone(story: Story) -> None:
    desk = story.aino
    desk.page.locator(".big a[href='/desk/entries/new/service/']").click()
    desk.write(title=TITLE, summary="Joku kuuntelee sinua joka ilta.", short=FIRST)
    desk.tick("way0_kind", "phone")
    desk.write(way0_number="016 123 456")
    desk.tick("coverage", "all_lapland")
    desk.tick("price", "free")
    desk.fits()
    desk.press("Lähetä tarkistettavaksi")
    assert urlsplit(desk.page.url).path == "/desk/entries/"
    card = desk.page.locator(".card", has_text=TITLE)
    expect(card).to_contain_text("Jonossa 1.")
    story.letters.bring((AINO, RECEIPT), (LAURI, TO_LAURI))
    service = ServicePage.objects.get()
    assert not service.live
    story.address = service.url
    assert story.answer(story.address) == 404


def the_language_reviewer_asks_for_a_change(story: Story) -> None:
    desk = story.lauri
    desk.open(story.letters.link(LAURI, TO_LAURI))
    desk.log_in("lauri")
    expect(desk.page.locator("h1")).to_have_text(TITLE)
    expect(desk.page.locator("main")).to_contain_text(FIRST)
    remark = desk.page.locator("textarea[name='comment-short']")
    desk.page.locator("details.more", has=remark).locator("summary").click()
    remark.fill(REMARK)
    desk.tick("outcome", "reject")  # Wagtail's name for asking for changes
    desk.page.select_option("[name=reason]", "plain")
    desk.write(text=ADVICE)
    desk.press("Lähetä ja palaa jonoon")
    assert urlsplit(desk.page.url).path == "/desk/review/"
    story.letters.bring((AINO, MEND))


def she_mends_it_and_sends_it_again(story: Story) -> None:
    desk = story.aino
    desk.open("/desk/")
    expect(desk.page.locator(".card", has_text=TITLE)).to_contain_text(ADVICE)
    desk.open(story.letters.link(AINO, MEND))
    expect(desk.page.locator("main")).to_contain_text(ADVICE)
    expect(desk.page.locator(".on-short")).to_contain_text(REMARK)
    desk.write(short=MENDED)
    desk.press("Lähetä uudelleen tarkistettavaksi")
    story.letters.bring((AINO, RECEIPT), (LAURI, TO_LAURI))
    assert story.answer(story.address) == 404


def two_people_approve_it(story: Story, *, was_told: str) -> None:
    before = story.answer(story.address)
    approve(story.lauri, story.letters.link(LAURI, TO_LAURI), "Lähetä ja palaa jonoon", was_told)
    story.letters.bring((AINO, PASSED), (MONA, TO_MONA))
    assert story.answer(story.address) == before
    address = story.letters.link(MONA, TO_MONA)
    assert story.lauri.page.goto(address).status == 404
    approve(story.mona, address, "Skicka och gå till kön", was_told)
    story.letters.bring((AINO, PUBLISHED))
    assert urlsplit(story.letters.link(AINO, PUBLISHED)).path == story.address


def approve(desk: Desk, address: str, send: str, was_told: str) -> None:
    """Open the mailed link, read the words and approve them."""
    desk.open(address)
    expect(desk.page.locator("main")).to_contain_text(was_told)
    desk.tick("outcome", "approve")
    desk.press(send)
    assert urlsplit(desk.page.url).path == "/desk/review/"


def a_resident_finds_it(story: Story) -> None:
    page = story.resident
    page.goto("/fi/")
    page.fill("#q", "kuuntelupuhelimeen")
    page.locator("main form.seek button").click()
    expect(page.locator("main .card h2")).to_have_text([TITLE])
    page.get_by_role("link", name=TITLE, exact=True).click()
    assert urlsplit(page.url).path == story.address
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("main a[href='tel:+35816123456']").first).to_be_visible()
    story.reads(TITLE, MENDED, without=FIRST)
    links = page.locator("main a[href^='/']")
    for address in {links.nth(n).get_attribute("href") for n in range(links.count())}:
        assert story.answer(address) in {200, 302}, address
    assert page.context.cookies() == []


def she_changes_what_is_published(story: Story) -> None:
    desk = story.aino
    desk.open("/desk/entries/")
    desk.follow(TITLE)
    desk.write(short=CHANGED)
    desk.press("Lähetä tarkistettavaksi")
    story.letters.bring((AINO, RECEIPT), (LAURI, TO_LAURI))
    story.reads(TITLE, MENDED, without=CHANGED)


def it_is_suspended_and_restored(story: Story) -> None:
    home = OrganisationPage.objects.get(title=NAME)
    draft = ServicePageFactory(parent=home, title="Keskeneräinen", live=False)
    closed = ServicePageFactory(parent=home, title="Vain jäsenille")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    pages = (story.address, stored(draft).url, closed.url)
    assert [story.answer(each) for each in pages] == [200, 404, 302]

    desk = story.mona
    desk.open("/desk/organisations/")
    desk.follow(NAME)
    desk.tick("reason", "misuse")
    desk.write(text=WHY)
    desk.press("Stäng av och dölj allt")
    story.letters.bring((AINO, PAUSED))
    assert [story.answer(each) for each in pages] == [410, 404, 302]
    story.resident.goto(closed.url)
    expect(story.resident.locator("[name=password]")).to_be_visible()
    expect(story.resident.locator("body")).not_to_contain_text("Vain jäsenille")
    story.resident.goto("/fi/search/?q=kuuntelupuhelin")
    expect(story.resident.locator("main .card")).to_have_count(0)
    assert story.aino.page.goto("/desk/entries/").status == 404

    desk.press("Visa igen")
    story.letters.bring((AINO, BACK))
    assert [story.answer(each) for each in pages] == [200, 404, 302]
    story.reads(TITLE, CHANGED, without=MENDED)
    story.aino.open("/desk/entries/")
