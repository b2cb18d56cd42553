"""The language comes from the address or the browser; a missing page is 404, never a redirect."""

import pytest
from django.test import Client

from site_core.languages.registry import LANGUAGES


@pytest.fixture
def client(settings) -> Client:
    settings.ROOT_URLCONF = "tests.languages.urls"
    settings.MIDDLEWARE = [
        "site_core.languages.middleware.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
    ]
    return Client()


@pytest.mark.parametrize("code", LANGUAGES)
def test_prefix_sets_the_language_and_nothing_else_varies(client, code):
    response = client.get(f"/{code}/any/", headers={"accept-language": "sv"})
    assert (response.status_code, response.text) == (200, code)
    assert response["Content-Language"] == code
    assert "Vary" not in response


@pytest.mark.parametrize(
    ("accept", "home"),
    [
        ("", "fi"),
        ("sv", "sv"),
        ("sv-FI,fi;q=0.9", "sv"),
        ("se-FI", "se"),
        ("se-NO", "se"),
        ("smn-FI,fi", "smn"),
        ("sms", "sms"),
        ("sma", "fi"),
        ("smj", "fi"),
        ("no", "fi"),
        ("en-GB,en", "fi"),
        ("de,se;q=0.5", "se"),
        ("*", "fi"),
        ("x" * 5000, "fi"),
        (";;;,=", "fi"),
    ],
)
def test_root_leads_to_the_home_page_in_the_browsers_language(client, accept, home):
    response = client.get("/", headers={"accept-language": accept})
    assert (response.status_code, response["Location"]) == (302, f"/{home}/")
    assert response["Vary"] == "Accept-Language"


def test_root_keeps_the_query(client):
    assert client.get("/?q=a%20b").headers["Location"] == "/fi/?q=a%20b"


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/any/",
        "/xx/",
        "/sme/",
        "/fi-FI/",
        "/nothing/",
        "/api/v2/pages/9/",
        "/api/xx/",
        "/cms/unknown/",
        "/cms/xx/",
        "/favicon.ico",
        "/fi/missing/",
    ],
)
@pytest.mark.parametrize("accept", ["", "sv", "se"])
def test_missing_stays_missing(client, path, accept):
    response = client.get(path, headers={"accept-language": accept})
    assert response.status_code == 404


def test_an_unprefixed_answer_varies_by_the_browsers_language(client):
    response = client.get("/api/known/", headers={"accept-language": "sv"})
    assert (response.text, response["Vary"]) == ("sv", "Accept-Language")
    assert "Accept-Language" in client.get("/nothing/")["Vary"]


def test_no_cookie_changes_the_language(client):
    client.cookies["django_language"] = "sv"
    assert client.get("/").headers["Location"] == "/fi/"
