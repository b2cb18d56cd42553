"""Stored pages: the same page as the long road gives, never an old one, in one query."""

import gzip
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from site_core.organisations.actions import rename, suspend
from site_core.portal import reading
from site_core.portal import stored as fast
from site_core.portal.models import StoredPage
from site_core.worker.loops import run_all
from tests.factories.pages import (
    NewsPageFactory,
    OrganisationPageFactory,
    ServicePageFactory,
    TrainingPageFactory,
    publish,
    stored,
    translate,
)
from tests.portal.keeping import by_key, is_used, keep, path_of, read


@pytest.mark.parametrize(
    "factory", [ServicePageFactory, TrainingPageFactory], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("language", ["fi", "sv", "se", "smn", "sms"])
def test_all_roads_give_the_same_page(
    portal, client, admin_client, django_assert_num_queries, factory, language
):
    page = factory()
    path = path_of(page) if language == "fi" else by_key(page, language)
    rendered = read(client, path)
    with django_assert_num_queries(1):
        kept = read(client, path)
    long_road = read(client, f"{path}?long=1")
    assert rendered.content == kept.content == long_road.content
    assert dict(kept.headers) == dict(rendered.headers)
    if language == "fi":
        stock = read(admin_client, path)
        assert stock.content == kept.content
        assert "private" in stock["Cache-Control"]
    assert StoredPage.objects.count() == 1


def test_a_stored_page_has_the_headers_of_every_page(service, client):
    path = path_of(service)
    keep(client, path)
    kept = read(client, path)
    other = read(client, "/fi/search/")
    for name in (
        "Content-Security-Policy",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Content-Type",
        "Content-Language",
    ):
        assert kept[name] == other[name], name
    assert kept["Vary"] == "Accept-Encoding"
    assert not kept.cookies


def test_it_is_sent_compressed_or_plain(service, client):
    path = path_of(service)
    keep(client, path)
    plain = read(client, path)
    for accepted in ("gzip", "br, gzip;q=0.5"):
        small = read(client, path, accept_encoding=accepted)
        assert small["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
    for accepted in ("", "br", "gzip;q=0", "gzip;q=0.0, br"):
        assert read(client, path, accept_encoding=accepted).content == plain.content


def test_who_has_it_already_gets_304(service, client):
    path = path_of(service)
    first = read(client, path)
    for headers in ({}, {"accept_encoding": "gzip"}):
        again = read(client, path, if_none_match=first["ETag"], **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert read(client, path, if_none_match='"another"').status_code == 200
    service.title = "Velkaneuvonta"
    publish(service)
    assert read(client, path, if_none_match=first["ETag"]).status_code == 200


def test_head_has_the_headers_and_no_body(service, client):
    path = path_of(service)
    keep(client, path)
    got, head = read(client, path), client.head(path)
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def test_publishing_shows_at_once(service, client):
    path = path_of(service)
    keep(client, path)
    service.title = "Velkaneuvonta"
    publish(service)
    assert not is_used(path)
    assert b"Velkaneuvonta" in read(client, path).content
    assert is_used(path)


def test_a_draft_changes_nothing(service, client):
    path = path_of(service)
    keep(client, path)
    service.title = "Luonnos"
    service.save_revision()
    assert is_used(path)
    assert b"Luonnos" not in read(client, path).content


def test_a_new_slug_moves_the_page(service, client):
    old = path_of(service)
    keep(client, old)
    service.slug = "uusi"
    publish(service)
    assert read(client, old).status_code in (301, 404)
    assert read(client, path_of(service)).status_code == 200


def test_a_new_slug_above_moves_the_page(service, client):
    old = path_of(service)
    keep(client, old)
    organisation = stored(service).get_parent().specific
    organisation.slug = "uusi-nimi"
    publish(organisation)
    assert read(client, old).status_code in (301, 404)


def deleted(page):
    stored(page).delete()


def unpublished(page):
    stored(page).unpublish()


def suspended(page):
    suspend(stored(stored(page).get_parent()).organisation)


@pytest.mark.leak
@pytest.mark.parametrize("hide", [deleted, unpublished, suspended], ids=lambda f: f.__name__)
def test_what_is_hidden_is_gone_at_once(service, client, hide):
    path, foreign = path_of(service), by_key(service, "sv")
    keep(client, path)
    keep(client, foreign)
    hide(service)
    for address in (path, foreign):
        response = read(client, address)
        assert response.status_code == 410
        assert b"Talousneuvonta" not in response.content
    run_all()
    assert not StoredPage.objects.exists()


@pytest.mark.leak
def test_a_restricted_page_asks_for_the_log_in(service, client):
    path = path_of(service)
    keep(client, path)
    PageViewRestriction.objects.create(page=service, restriction_type="login")
    response = read(client, path)
    assert response.status_code == 302
    assert not is_used(path)


def test_the_organisations_new_name_shows(service, client):
    path = path_of(service)
    keep(client, path)
    rename(stored(stored(service).get_parent()).organisation, name="Toinen yhdistys")
    assert b"Toinen yhdistys" in read(client, path).content


def test_a_new_translation_shows_in_the_other_languages(service, client):
    path, foreign = path_of(service), by_key(service, "se")
    keep(client, path)
    keep(client, foreign)
    swedish = translate(service, "sv", title="Ekonomisk rådgivning")
    new = f'hreflang="sv" href="{settings.BASE_URL}{path_of(swedish)}"'.encode()
    assert new in read(client, path).content
    assert path_of(swedish).encode() in read(client, foreign).content
    stored(swedish).unpublish()
    assert new not in read(client, path).content


def test_a_translation_takes_the_place_of_the_fallback(service, client):
    foreign = by_key(service, "sv")
    keep(client, foreign)
    swedish = translate(service, "sv", title="Ekonomisk rådgivning")
    response = read(client, foreign)
    assert (response.status_code, response["Location"]) == (302, path_of(swedish))


def test_a_text_the_original_lends_shows_in_the_translation(service, client):
    swedish = translate(service, "sv", title="Rådgivning", short="")
    path = path_of(swedish)
    keep(client, path)
    service.short = "Aivan uusi lyhyt kuvaus."
    publish(service)
    assert "Aivan uusi lyhyt kuvaus." in read(client, path).content.decode()


def test_a_page_made_for_another_release_is_not_used(service, client, monkeypatch):
    path = path_of(service)
    keep(client, path)
    monkeypatch.setattr(fast, "look", lambda: "another")
    assert not is_used(path)
    read(client, path)
    assert is_used(path)


def test_a_query_or_a_session_takes_the_long_road(service, client, admin_client):
    path = path_of(service)
    keep(client, path)
    StoredPage.objects.update(body=gzip.compress(b"stored"))
    assert read(client, path).content == b"stored"
    assert read(client, f"{path}?a=1").content != b"stored"
    assert read(admin_client, path).content != b"stored"
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    assert read(client, path).content != b"stored"
    assert client.post(path).status_code == 405


def test_nothing_is_stored_while_developing(service, client, settings):
    settings.DEBUG = True
    assert read(client, path_of(service)).status_code == 200
    assert not StoredPage.objects.exists()


def test_a_foreign_host_is_refused_on_this_road_too(service, client, settings):
    path = path_of(service)
    keep(client, path)
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400


def test_a_page_with_a_token_is_the_readers_own(service, client, monkeypatch):
    from django.middleware.csrf import get_token

    render = reading.render_entry

    def with_token(request, entry, now):
        get_token(request)
        return render(request, entry, now)

    monkeypatch.setattr(reading, "render_entry", with_token)
    assert read(client, path_of(service)).status_code == 200
    assert not StoredPage.objects.exists()


@pytest.mark.parametrize("path", ["/fi/", "/fi/search/", "/sv/"])
def test_a_page_that_shows_others_is_not_stored(portal, client, path):
    assert read(client, path).status_code == 200
    assert not StoredPage.objects.exists()


@pytest.mark.parametrize(
    "factory", [OrganisationPageFactory, NewsPageFactory], ids=lambda f: f.__name__
)
def test_a_kind_that_leads_on_to_others_is_not_stored(portal, client, factory):
    assert read(client, path_of(factory())).status_code == 200
    assert not StoredPage.objects.exists()


@contextmanager
def read_only():
    """The database as a standby server or a full disk has it."""
    sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON" if sqlite else "SET LOCAL transaction_read_only=on")
        yield
        if sqlite:
            cursor.execute("PRAGMA query_only=OFF")
        transaction.set_rollback(True)  # PostgreSQL knows no other way back


@pytest.mark.fault
def test_a_database_that_refuses_to_write_still_answers(service, client, caplog):
    path = path_of(service)
    with read_only():
        assert b"Talousneuvonta" in read(client, path).content
        assert not StoredPage.objects.exists()
    assert "could not be kept" in caplog.text


@pytest.mark.race
@pytest.mark.parametrize("change", ["publish", "unpublish"])
def test_a_change_between_reading_and_storing_is_never_lost(service, client, monkeypatch, change):
    path, render = path_of(service), reading.render_entry

    def overtaken(request, entry, now):
        response = render(request, entry, now)
        if change == "publish":
            service.title = "Velkaneuvonta"
            publish(service)
        else:
            stored(service).unpublish()
        monkeypatch.setattr(reading, "render_entry", render)
        return response

    monkeypatch.setattr(reading, "render_entry", overtaken)
    assert b"Talousneuvonta" in read(client, path).content
    assert not is_used(path)
    assert b"Talousneuvonta" not in read(client, path).content
