"""Previews, and what each type of page tells search engines and those who share a link."""

import json
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from news.models import NewsIndexPage
from services.models import ServicePage
from site_core.organisations.models import Organisation
from site_core.portal.models import HomePage, ListingPage, OrganisationIndexPage
from tests.factories.media import PictureFactory
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    publish,
    translate,
)
from tests.pages.editing import SERVICE, posted


class Head(HTMLParser):
    """Title, properties and JSON-LD of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.og: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.blocks: list[str] = []
        self._in_data = False
        self.feed(html)

    @property
    def data(self) -> list[dict]:
        """The JSON-LD; raises where it is no JSON."""
        return [item for block in self.blocks for item in json.loads(block)]

    def handle_starttag(self, tag: str, attributes: list) -> None:
        found = dict(attributes)
        if found.get("property", "").startswith("og:"):
            self.og[found["property"].removeprefix("og:")] = found["content"]
        if tag == "link" and "rel" in found:
            self.links[found["rel"]] = found["href"]
        self._in_data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.blocks.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


def news_index():
    parent = OrganisationPageFactory()
    parent.add_child(instance=NewsIndexPage(title="Omat uutiset", locale=parent.locale))
    return publish(NewsIndexPage.objects.get())


PAGES = {
    "home": lambda: HomePage.objects.get(locale__language_code="fi"),
    "organisations": lambda: OrganisationIndexPage.objects.get(locale__language_code="fi"),
    "listing": lambda: ListingPage.objects.filter(locale__language_code="fi").first(),
    "organisation": OrganisationPageFactory,
    "service": ServicePageFactory,
    "news": NewsPageFactory,
    "news index": news_index,
    "training": TrainingPageFactory,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_preview_shows_the_draft_in_the_editors_frame(portal, name):
    page = PAGES[name]()
    page.title = "Uusi < otsikko"
    response = page.make_preview_request()
    html = response.content.decode()
    assert response.status_code == 200
    assert "Uusi &lt; otsikko" in html or name == "home"
    assert "private" in response["Cache-Control"]
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_described_once_published(portal, name):
    page = PAGES[name]()
    response = Client().get(page.get_url())
    assert response.status_code == 200
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    head = Head(response.content.decode())
    url = f"{settings.BASE_URL}{page.get_url()}"
    assert head.links["canonical"] == url
    assert head.og["title"] == page.title
    assert head.og["url"] == url
    assert head.og["locale"] == "fi"
    assert head.og.get("description", "") == page.summary
    assert "image" not in head.og


def test_a_preview_comes_before_the_first_save(portal, admin_client):
    parent = OrganisationPageFactory()
    path = reverse("wagtailadmin_pages:preview_on_add", args=["services", "servicepage", parent.pk])
    sent = posted(**SERVICE | {"title": "Ennen tallennusta", "municipalities": ["732"]})
    assert admin_client.post(path, sent).json()["is_valid"]
    shown = admin_client.get(path).content.decode()
    assert "Ennen tallennusta" in shown
    assert not ServicePage.objects.exists()


def test_a_preview_is_in_the_pages_own_language(portal):
    swedish = translate(ServicePageFactory(), "sv", live=False, title="Rådgivning", short="")
    html = swedish.make_preview_request().content.decode()
    assert '<html lang="sv">' in html
    assert "Rådgivning" in html
    assert '<span lang="fi">Soita, niin kerromme' in html


def schema(page, kind: str) -> dict:
    """The one JSON-LD object of a kind on a published page."""
    html = Client().get(page.get_url()).content.decode()
    (found,) = [item for item in Head(html).data if item["@type"] == kind]
    return found


def test_a_service_in_json_ld(portal):
    spoken = [{"code": code, "note": ""} for code in ("fi", "se", "interpreter")]
    value = {"url": "https://example.org/lomake", "languages": spoken}
    web = {"type": "web_form", "value": value}
    page = ServicePageFactory(title="Apu </script><b>", channels=[web], coverage="all_lapland")
    told = schema(page, "Service")
    assert told["name"] == "Apu </script><b>"
    assert told["@id"] == f"urn:uuid:{page.translation_key}"
    assert told["url"] == f"{settings.BASE_URL}{page.get_url()}"
    assert told["description"] == page.summary
    assert told["offers"] == {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}
    assert told["availableChannel"] == [
        {
            "@type": "ServiceChannel",
            "serviceUrl": "https://example.org/lomake",
            "availableLanguage": ["fi", "se"],
        }
    ]
    assert told["provider"]["name"] == page.entry.organisation_name
    crumbs = schema(page, "BreadcrumbList")["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
    assert crumbs[-1] == {
        "@type": "ListItem",
        "position": len(crumbs),
        "name": page.title,
        "item": f"{settings.BASE_URL}{page.get_url()}",
    }


def test_a_priced_service_is_not_told_to_be_free(portal):
    assert "offers" not in schema(ServicePageFactory(price="paid"), "Service")


def test_an_authoritys_service_is_a_government_service(portal):
    town = OrganisationPageFactory(organisation__kind=Organisation.Kind.MUNICIPALITY)
    told = schema(ServicePageFactory(parent=town), "GovernmentService")
    assert told["provider"]["name"] == town.organisation.name


def test_a_news_item_in_json_ld(portal):
    page = NewsPageFactory(title="Uutta", date="2026-11-20")
    told = schema(page, "NewsArticle")
    assert told["headline"] == "Uutta"
    assert told["datePublished"] == "2026-11-20"
    assert Head(Client().get(page.get_url()).content.decode()).og["type"] == "article"


def test_a_course_in_json_ld(portal):
    page = TrainingPageFactory()
    session = page.course.offerings.get().sessions.get()
    told = schema(page, "EducationEvent")
    assert told["startDate"] == session.starts_at.isoformat()
    assert told["endDate"] == session.ends_at.isoformat()
    assert told["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert told["organizer"]["name"] == page.entry.organisation_name


def test_an_organisation_in_json_ld(portal):
    page = OrganisationPageFactory(organisation__website="https://example.org/")
    told = schema(page, "Organization")
    assert told["name"] == page.title
    assert told["sameAs"] == "https://example.org/"


def test_a_shared_link_shows_the_picture_with_its_words(portal):
    page = ServicePageFactory(picture=PictureFactory(), picture_alt="Järvi yöllä")
    og = Head(Client().get(page.get_url()).content.decode()).og
    assert og["image"].startswith(f"{settings.BASE_URL}/")
    assert og["image:alt"] == "Järvi yöllä"


def test_missing_parents_are_copied_as_drafts(portal):
    service = ServicePageFactory()
    swedish = service.copy_for_translation(
        Locale.objects.get(language_code="sv"), copy_parents=True
    )
    parent = swedish.get_parent().specific
    assert not parent.live
    assert parent.alias_of is None
    assert parent.organisation == service.get_parent().specific.organisation
    assert Client().get(f"/sv/organisationer/{parent.slug}/").status_code == 404
