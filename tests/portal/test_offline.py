"""The service worker as the server gives it, and what its rules on keeping rest on."""

import pytest
from django.contrib.staticfiles import finders

from search.models import Entry
from site_core.languages.registry import LANGUAGES
from site_core.portal import offline
from tests.factories.pages import ServicePageFactory


def test_it_is_a_script_at_the_root_that_browsers_ask_for_anew(db, client):
    response = client.get("/sw.js")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert response.content.startswith(b"const PORTAL = {")


def test_it_is_small():
    assert len(offline._source("sw.js").encode()) < 4096


@pytest.mark.parametrize("name", offline.KEPT_FILES)
def test_the_files_it_fetches_exist(name):
    assert finders.find(name)


def test_switched_off_it_takes_itself_away(db, client, settings):
    settings.SERVICE_WORKER = False
    script = client.get("/sw.js").content.decode()
    assert "registration.unregister()" in script
    assert "fetch" not in script
    assert "portal.js" not in client.get("/fi/offline/").content.decode()


def test_another_file_makes_another_version(db):
    addresses = [f"/static/{name}" for name in offline.KEPT_FILES]
    before = offline._version("source", addresses)
    assert offline._version("source", addresses) == before
    assert offline._version("other", addresses) != before
    assert offline._version("source", [*addresses[1:], "/static/new.js"]) != before


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_offline_page(db, client, language):
    response = client.get(f"/{language}/offline/")
    assert response.status_code == 200
    html = response.content.decode()
    assert 'href="tel:112"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert not response.cookies


@pytest.mark.leak
def test_what_an_editor_sees_is_not_kept(portal, client, admin_client):
    """The worker keeps no answer that varies by cookie or is private."""
    service = ServicePageFactory()
    path = Entry.objects.get(key=service.translation_key).path
    assert "Cookie" not in client.get(path).get("Vary", "")
    seen = admin_client.get(path)
    assert "Cookie" in seen.get("Vary", "") or "private" in seen.get("Cache-Control", "")
