"""Reading: each page at its own address, every other language inside its own interface."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from services.models import ServicePage
from site_core.languages.registry import LANGUAGES
from site_core.portal.models import HomePage
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    draft,
    publish,
    stored,
    translate,
)

FACTORIES = [OrganisationPageFactory, ServicePageFactory, NewsPageFactory, TrainingPageFactory]


def text(response) -> str:
    return response.content.decode()


def main_of(response) -> str:
    """The part of a page that is its own."""
    return re.search(r"<main.*?</main>", text(response), re.DOTALL).group()


def head_link(response, rel: str) -> list[str]:
    return re.findall(rf'<link rel="{rel}"[^>]*href="([^"]+)"', text(response))


@pytest.fixture
def editor(client):
    """The client of a superuser."""
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_page_shows_at_its_own_address(portal, client, factory):
    page = factory()
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert page.title in main_of(response)
    assert '<html lang="fi"' in text(response)
    assert head_link(response, "canonical")[0].endswith(page.get_url())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_home_page(portal, client, language):
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in text(response)


def test_a_path_under_the_wrong_prefix_is_404(portal, editor):
    page = ServicePageFactory()
    wrong = page.get_url().replace("/fi/", "/sv/", 1)
    assert Client().get(wrong).status_code == 404
    assert editor.get(wrong).status_code == 404


def test_the_key_leads_to_the_page_in_the_readers_language(portal, client):
    page = ServicePageFactory()
    swedish = translate(page, "sv", title="Rådgivning")
    response = client.get(f"/sv/e/{page.translation_key}/")
    assert (response.status_code, response.url) == (302, swedish.get_url())


def test_an_unknown_key_is_404(portal, client):
    assert client.get(f"/fi/e/{uuid4()}/").status_code == 404
    assert client.get("/fi/e/nonsense/").status_code == 404


def test_a_page_that_is_not_in_her_language_shows_inside_hers(portal, client):
    page = ServicePageFactory(title="Neuvontaa", short="Soita meille.")
    response = client.get(f"/sv/e/{page.translation_key}/")
    assert response.status_code == 200
    html = text(response)
    assert '<html lang="sv"' in html
    assert re.search(r'<h1 lang="fi">\s*Neuvontaa', html)
    assert re.search(r'lang="fi">[^<]*Soita meille', html)
    assert response.context["is_fallback"]
    assert 'class="note"' in main_of(response)
    assert head_link(response, "canonical")[0].endswith(page.get_url())
    assert head_link(response, "alternate") == []
    assert '<meta name="robots" content="noindex">' in html


def test_the_switcher_leads_to_what_exists(portal, client):
    page = ServicePageFactory()
    swedish = translate(page, "sv", title="Rådgivning")
    key = page.translation_key
    items = client.get(page.get_url()).context["switcher"]
    assert {item.code: item.url for item in items} == {
        "fi": page.get_url(),
        "sv": swedish.get_url(),
        **{code: f"/{code}/e/{key}/" for code in ("se", "smn", "sms")},
    }


def test_what_a_translation_leaves_empty_comes_from_the_original(portal, client):
    page = ServicePageFactory(short="Soita meille.", summary="Neuvontaa kaikille.")
    swedish = translate(page, "sv", title="Rådgivning", short="", summary="För alla.")
    texts = swedish.entry.texts
    assert texts["title"] == ["Rådgivning", "sv"]
    assert texts["summary"] == ["För alla.", "sv"]
    assert texts["short"] == ["Soita meille.", "fi"]
    html = text(client.get(swedish.get_url()))
    assert re.search(r'lang="fi">[^<]*Soita meille', html)
    assert re.search(r"<h1>\s*Rådgivning", html)


@pytest.mark.leak
def test_an_unpublished_original_does_not_show_through_its_translation(portal, client):
    page = ServicePageFactory(short="Kanarialintu")
    swedish = translate(page, "sv", title="Rådgivning", short="")
    page.unpublish()
    response = client.get(swedish.get_url())
    assert response.status_code == 200
    assert "Kanarialintu" not in text(response)


@pytest.mark.leak
@pytest.mark.parametrize("factory", FACTORIES)
def test_a_drafts_text_reaches_no_reader(portal, client, factory):
    page = factory()
    page.title = page.summary = "Kanarialintu"
    page.body = [{"type": "paragraph", "value": "<p>Kanarialintu</p>"}]
    draft(page)
    page.save_revision(clean=False)
    version = translate(page, "se", live=False)
    entry = stored(page).entry
    assert "Kanarialintu" not in f"{entry.title}{entry.texts}{entry.facts}{entry.channels}"
    for url in (
        page.get_url(),
        version.get_url(),
        f"/sv/e/{page.translation_key}/",
        "/fi/",
        "/fi/search/",
        "/fi/search/?q=kanarialintu",
        "/sitemap.xml",
    ):
        response = client.get(url)
        assert "Kanarialintu" not in text(response).replace('value="kanarialintu"', ""), url


@pytest.mark.parametrize("factory", FACTORIES)
def test_an_editor_sees_what_residents_see(portal, editor, factory):
    page = factory()
    assert main_of(editor.get(page.get_url())) == main_of(Client().get(page.get_url()))


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_draft_is_previewed_as_it_would_look(portal, factory):
    page = factory()
    page.title = "Luonnoksen nimi"
    page = draft(page)
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert response.status_code == 200
    assert "Luonnoksen nimi" in main_of(response)
    assert "private" in response["Cache-Control"]


def test_a_new_page_is_previewed_before_it_is_saved(portal):
    parent = OrganisationPageFactory()
    page = ServicePage(title="Aivan uusi", slug="aivan-uusi", locale=parent.locale, live=False)
    page.depth = parent.depth + 1
    page.path = Page._get_children_path_interval(parent.path)[0]
    page.set_url_path(parent)
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert "Aivan uusi" in main_of(response)


def test_reading_sets_no_cookie(portal, client):
    page = ServicePageFactory()
    for url in ("/fi/", page.get_url(), f"/sv/e/{page.translation_key}/", "/fi/search/"):
        assert not client.get(url).cookies, url


def test_only_reading_is_allowed(portal, client):
    page = ServicePageFactory()
    assert client.head(page.get_url()).status_code == 200
    assert client.post(page.get_url()).status_code == 405


def test_a_change_of_the_home_pages_slug_keeps_its_address(portal, client):
    home = HomePage.objects.get(locale__language_code="fi")
    home.slug = "toinen"
    publish(home)
    assert client.get("/fi/").status_code == 200
