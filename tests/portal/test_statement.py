"""The accessibility statement: what the law asks, true from set-up on, reached from every page."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from site_core.feedback.models import Feedback
from site_core.languages.registry import LANGUAGES
from site_core.portal.actions import set_up_portal
from site_core.portal.statement_page import STATEMENT_KEY, StatementPage
from tests.factories.organisations import MembershipFactory, PersonFactory
from tests.factories.pages import ServicePageFactory, publish
from tests.feedback.making import opened
from tests.support.pages import save_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
ADDRESS = {"fi": "/fi/saavutettavuusseloste/", "sv": "/sv/tillganglighetsutlatande/"}


def statement(language: str = "fi") -> StatementPage:
    return StatementPage.objects.get(locale__language_code=language)


def change(language: str = "fi", **fields) -> StatementPage:
    page = statement(language)
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page)


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_set_up_publishes_it_once_in_finnish_and_swedish():
    set_up_portal()
    pages = {page.locale.language_code: page for page in StatementPage.objects.all()}
    assert set(pages) == {"fi", "sv"}
    assert {page.translation_key for page in pages.values()} == {STATEMENT_KEY}
    assert all(page.live and page.status == StatementPage.Status.PARTIAL for page in pages.values())
    assert len({len(page.gaps) for page in pages.values()}) == 1


@pytest.mark.parametrize("language", ADDRESS)
def test_it_says_everything_the_law_asks(client, language):
    response = client.get(ADDRESS[language])
    html = text_of(response)
    page = statement(language)
    said = {
        "fi": ("Osittain direktiivin mukainen", "Arvioitu itse", "kannella"),
        "sv": ("Följer direktivet delvis", "Bedömt av oss själva", "klaga"),
    }
    for words in (
        *said[language],
        "306/2019",
        "Traficom",
        page.provider,
        page.unit,
        "25.11.2026",
        "WCAG 4.1.2",
    ):
        assert words in html
    for gap in page.gaps:
        assert gap.value["what"] in html
        assert gap.value["alternative"] in html
    assert 'href="https://www.saavutettavuusvaatimukset.fi/"' in html
    assert "14" in html
    assert 'content="noindex"' not in html
    assert not response.cookies
    save_page(f"statement-{language}", response.content)


def test_the_day_of_publication_is_shown_once_there_is_one(client):
    assert "Portaali julkaistu" not in text_of(client.get(ADDRESS["fi"]))
    change(published_on=date(2027, 1, 15))
    html = text_of(client.get(ADDRESS["fi"]))
    assert "Portaali julkaistu" in html
    assert '<time datetime="2027-01-15">15.1.2027</time>' in html


def test_a_gap_tells_reason_criterion_way_round_and_day(client):
    gap = {
        "what": "Videosta puuttuu tekstitys.",
        "criterion": "1.2.2",
        "reason": "burden",
        "alternative": "Lue sama tekstinä.",
        "mended_by": date(2027, 2, 28),
    }
    change(gaps=[("gap", gap)])
    html = text_of(client.get(ADDRESS["fi"]))
    for words in ("Olisi kohtuuton rasite (WCAG 1.2.2)", gap["what"], gap["alternative"]):
        assert words in html
    assert '<time datetime="2027-02-28">28.2.2027</time>' in html


@pytest.mark.parametrize("language", ["se", "smn", "sms"])
def test_sami_readers_reach_it_inside_their_interface(client, language):
    response = client.get(f"/{language}/e/{STATEMENT_KEY}/")
    assert response.status_code == 200
    html = text_of(response)
    assert f'<html lang="{language}">' in html
    assert '<h1 lang="fi">' in html
    assert re.search(r'<span lang="fi">Kukaan ruudunlukijan käyttäjä', html)
    save_page(f"statement-{language}", response.content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_footer_leads_to_it_and_to_the_form(client, language):
    ServicePageFactory()
    addresses = (
        f"/{language}/",
        f"/{language}/search/",
        f"/{language}/feedback/",
        f"/{language}/x/",
    )
    for address in addresses:
        html = text_of(client.get(address))
        assert f'href="/{language}/e/{STATEMENT_KEY}/"' in html
        assert f'href="/{language}/feedback/"' in html
    landed = client.get(f"/{language}/e/{STATEMENT_KEY}/", follow=True)
    assert landed.status_code == 200
    assert landed.request["PATH_INFO"] == ADDRESS.get(language, f"/{language}/e/{STATEMENT_KEY}/")


def test_its_form_sends_feedback_on_accessibility(client):
    html = text_of(client.get(ADDRESS["fi"]))
    form = re.search(r'<form class="flow" action="(/fi/feedback/)".*?</form>', html, re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    sent = {**fields, "opened": opened(), "homepage": "", "text": "Ei lue.", "place": "Etusivu"}
    assert client.post(form[1], sent).status_code == 303
    kept = Feedback.objects.get()
    assert (kept.kind, kept.about) == (Feedback.Kind.ACCESSIBILITY, "Etusivu")
    due = timezone.localdate(kept.due_at) - timezone.localdate(kept.received_at)
    assert due == timedelta(days=14)


def test_a_page_of_an_entry_asks_whether_it_helped_and_takes_reports(client):
    service = ServicePageFactory()
    html = text_of(client.get(service.url.replace("http://localhost", "")))
    assert 'action="/fi/feedback/helpful/"' in html
    assert f'name="about" value="{service.translation_key}"' in html
    assert f'href="/fi/feedback/?about={service.translation_key}"' in html


def test_no_page_can_take_the_address_of_the_form():
    page = statement()
    page.slug = "feedback"
    with pytest.raises(Exception, match="osoite"):
        page.full_clean()


@pytest.mark.parametrize(
    ("age", "published", "told"),
    [
        (400, date(2026, 1, 1), "Vuosittainen tarkistus myöhässä"),
        (340, date(2026, 1, 1), "Vuosittainen tarkistus viimeistään"),
        (330, None, "Portaalin julkaisupäivä puuttuu"),
        (330, date(2026, 1, 1), None),
    ],
)
def test_editors_are_told_of_the_yearly_review(client, age, published, told):
    for language in ADDRESS:
        day = timezone.localdate() - timedelta(days=age)
        change(language, reviewed_on=day, published_on=published)
    client.force_login(PersonFactory(is_superuser=True, is_staff=True))
    html = text_of(client.get(reverse("wagtailadmin_home")))
    assert ("statement-review" in html) is bool(told)
    if told:
        assert told in html
        assert reverse("wagtailadmin_pages:edit", args=[statement().pk]) in html


@pytest.mark.permission
def test_members_hear_nothing_of_the_review(client):
    change(reviewed_on=date(2020, 1, 1))
    client.force_login(MembershipFactory().user)
    html = text_of(client.get(reverse("wagtailadmin_home")))
    assert "statement-review" not in html


def test_an_empty_translation_shows_the_original_s_gaps(client):
    page = change("sv", gaps=[], tested="")
    assert page.locale == Locale.objects.get(language_code="sv")
    html = text_of(client.get(ADDRESS["sv"]))
    assert '<span lang="fi">Kukaan ruudunlukijan käyttäjä' in html
    assert '<div class="flow" lang="fi">' in html


def test_reading_it_costs_four_queries(client, django_assert_max_num_queries):
    client.get(f"/se/e/{STATEMENT_KEY}/")
    with django_assert_max_num_queries(4):
        client.get(f"/se/e/{STATEMENT_KEY}/?fresh")
