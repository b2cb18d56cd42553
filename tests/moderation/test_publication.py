"""The one predicate: who may see a page, in its entry and at its addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from search.models import Entry
from site_core.moderation.actions import confirm_current, hide_stale
from site_core.moderation.publication import is_current, is_public
from site_core.organisations.actions import restore, suspend
from tests.factories.organisations import PersonFactory
from tests.factories.pages import (
    OrganisationPageFactory,
    ServicePageFactory,
    publish,
    stored,
    translate,
)
from tests.support.roads.steps import at

CANARY = "Salainen kanarialintu"


def nothing(page: Page) -> None:
    """As published."""


def owner(page: Page) -> Page:
    return stored(stored(page).get_parent())


def suspend_owner(page: Page) -> None:
    suspend(owner(page).organisation)


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="avain")


def restrict_owner(page: Page) -> None:
    restrict(owner(page))


def expire_in_an_hour(page: Page) -> None:
    page.expire_at = timezone.now() + timedelta(hours=1)
    publish(page)


@dataclass(frozen=True)
class Case:
    """What is done to a published page, and what then holds."""

    deed: Callable[[Page], object]
    public: bool
    current: bool
    status: int
    by_key: int
    hours: int = 0


CASES = {
    "published": Case(nothing, True, True, 200, 302),
    "unpublished": Case(lambda page: page.unpublish(), False, False, 410, 410),
    "deleted": Case(lambda page: page.delete(), False, False, 410, 410),
    "organisation suspended": Case(suspend_owner, False, False, 410, 410),
    "hidden for age": Case(hide_stale, False, False, 410, 410),
    "restricted": Case(restrict, False, True, 200, 302),
    "restricted above": Case(restrict_owner, False, True, 200, 302),
    "not yet expired": Case(expire_in_an_hour, True, True, 200, 302),
    "expired, no worker yet": Case(expire_in_an_hour, False, False, 410, 410, hours=2),
}


@pytest.mark.leak
@pytest.mark.parametrize("name", CASES)
def test_page_entry_and_addresses_say_the_same(portal, client, name):
    case = CASES[name]
    page = ServicePageFactory(title=CANARY, summary=CANARY, short=CANARY)
    path, key = page.entry.path, page.translation_key
    case.deed(page)
    with at(timezone.now() + timedelta(hours=case.hours)):
        found = Page.objects.filter(pk=page.pk).first()
        if found is not None:
            assert is_public(found) is case.public
            assert is_current(found) is case.current
        assert Entry.objects.public().filter(path=path).exists() is case.public
        response = client.get(path)
        assert response.status_code == case.status
        assert (CANARY in response.content.decode()) is case.public
        assert client.get(f"/fi/e/{key}/").status_code == case.by_key
        in_swedish = client.get(f"/sv/e/{key}/")
        assert (CANARY in in_swedish.content.decode()) is case.public


def test_it_vanishes_on_the_second(portal):
    page = ServicePageFactory()
    moment = timezone.now() + timedelta(hours=1)
    page.expire_at = moment
    publish(page)
    entry = Entry.objects.get(page_id=page.pk)
    for now, seen in ((moment - timedelta(seconds=1), True), (moment, False)):
        assert Entry.objects.public(now).filter(pk=entry.pk).exists() is seen
        assert entry.is_visible(now) is seen
        assert is_public(stored(page), now=now) is seen


@pytest.mark.leak
def test_a_translation_does_not_outlive_the_text_it_borrows(portal):
    page = ServicePageFactory()
    page.expire_at = moment = timezone.now() + timedelta(hours=1)
    publish(page)
    borrowing = translate(page, "sv", title="Rådgivning", summary="", expire_at=None)
    assert borrowing.entry.visible_until == moment


def test_a_suspension_is_lifted_whole(portal, client):
    page = ServicePageFactory()
    organisation = owner(page).organisation
    before = Entry.objects.filter(organisation=organisation).order_by("pk").values()
    kept = [{**row, "version": None} for row in before]
    facets = set(page.entry.facet_rows.values_list("facet", "code"))
    suspend(organisation)
    assert client.get(page.entry.path).status_code == 410
    restore(organisation)
    after = Entry.objects.filter(organisation=organisation).order_by("pk").values()
    assert [{**row, "version": None} for row in after] == kept
    assert set(page.entry.facet_rows.values_list("facet", "code")) == facets
    assert client.get(page.entry.path).status_code == 200


def test_confirming_shows_again_and_keeps_the_day(portal):
    page = ServicePageFactory()
    keeper = get_user_model().objects.create_superuser("keeper")
    hide_stale(page)
    confirm_current(page, by=keeper)
    assert is_public(stored(page))
    page.refresh_from_db()
    page.standing.refresh_from_db()
    assert page.standing.confirmed_by == keeper
    old = stored(page).latest_revision
    publish(stored(page))
    old.publish()
    assert stored(page).standing.last_confirmed == timezone.localdate()


@pytest.mark.permission
@pytest.mark.parametrize("deed", [confirm_current, hide_stale])
def test_a_stranger_neither_confirms_nor_hides(portal, deed):
    page = ServicePageFactory()
    with pytest.raises(PermissionDenied):
        deed(page, by=PersonFactory())
    assert is_public(stored(page))


def test_what_never_was_public_is_404(portal, client):
    draft = ServicePageFactory(live=False)
    assert client.get(draft.get_url()).status_code == 404
    assert client.get(f"/fi/e/{draft.translation_key}/").status_code == 404
    organisation = owner(draft)
    suspend(organisation.organisation)
    publish(draft)  # by a moderator, while its organisation is suspended
    assert client.get(draft.get_url()).status_code == 404
    assert client.get(organisation.get_url()).status_code == 410


def test_a_tombstone_answers_in_the_readers_language(portal, client):
    page = ServicePageFactory(parent=OrganisationPageFactory(language="sv"), language="sv")
    path = page.entry.path
    page.delete()
    response = client.get(path)
    assert response.status_code == 410
    assert '<html lang="sv"' in response.content.decode()


def test_a_redirect_goes_before_the_tombstone(portal, client):
    page, other = ServicePageFactory(), ServicePageFactory()
    path = page.entry.path
    page.delete()
    Redirect.add_redirect(path, redirect_to=other)
    response = client.get(path)
    assert response.status_code == 301
    assert response.url.endswith(other.entry.path)


def test_a_moved_address_leads_on(portal, client, django_capture_on_commit_callbacks):
    page = ServicePageFactory(slug="vanha")
    path = page.entry.path
    page.slug = "uusi"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    response = client.get(path)
    assert response.status_code == 301
    assert client.get(response.url).status_code == 200


def test_a_new_page_takes_the_address_of_a_tombstone(portal, client):
    page = ServicePageFactory(slug="sama")
    parent, path = owner(page), page.entry.path
    page.delete()
    ServicePageFactory(parent=parent, slug="sama", title="Seuraaja")
    assert "Seuraaja" in client.get(path).content.decode()


@pytest.mark.leak
def test_a_password_opens_a_restricted_page(portal, client):
    page = ServicePageFactory(title=CANARY)
    path = page.entry.path
    restrict(page)
    form = client.get(path)
    assert 'type="password"' in form.content.decode()
    assert CANARY not in form.content.decode()
    action = form.context["action_url"]
    client.post(action, {"password": "avain", "return_url": path})
    assert CANARY in client.get(path).content.decode()


@pytest.mark.leak
def test_a_log_in_is_asked_for(portal, client):
    page = ServicePageFactory(title=CANARY)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = client.get(page.entry.path, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain == [(f"/fi/_util/login/?next={page.entry.path}", 302)]
    assert CANARY not in response.content.decode()
