"""Controls: what would happen at the author's desk without its guards."""

from uuid import uuid4

import pytest
from django.urls import reverse

from site_core.desk.authors import actions, branches
from site_core.desk.authors.forms.base import Piece
from site_core.organisations.policies import MembershipPagePolicy
from tests.desk.conftest import SERVICE, desk_of, latest, made, sent
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import OrganisationPageFactory, ServicePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.bypass]


def test_without_the_branch_a_foreign_draft_would_be_shown(desk, foreign, monkeypatch):
    address = reverse("desk_preview", args=[foreign.pk])
    assert desk.get(address).status_code == 404
    some = branches.Branch(1, "0001", "fi", foreign.get_parent().specific.organisation)
    monkeypatch.setattr(branches, "branch_of", lambda request, path: some)
    assert desk.get(address).status_code == 404  # the policy stands behind it
    monkeypatch.setattr(
        MembershipPagePolicy, "user_has_permission_for_instance", lambda *given: True
    )
    assert "Canary secret" in desk.get(address).content.decode()


def test_with_the_key_as_sent_an_entry_would_be_tied_to_another(
    desk, foreign, organisation, monkeypatch
):
    key = foreign.translation_key
    assert made(desk, key=key)[0].translation_key != key
    swedish = OrganisationPageFactory(organisation=organisation, language="sv")
    monkeypatch.setattr(actions, "uuid4", lambda: key)
    page, _answer = made(desk, key=key, language=swedish.language)
    assert page.translation_key == key


def test_without_the_check_a_script_would_be_stored_as_an_address(desk, monkeypatch):
    fields = {"way0_kind": "web_form", "way0_url": "javascript:alert(1)"}
    page, _answer = made(desk, **fields)
    assert page.channels[0].value["url"] == ""
    valid = Piece.valid
    monkeypatch.setattr(
        Piece, "valid", lambda form, name: name.endswith("_url") or valid(form, name)
    )
    page, _answer = made(desk, **fields)
    assert page.channels[0].value["url"] == "javascript:alert(1)"


def test_without_the_check_the_place_of_a_shelter_would_be_kept(desk, home, monkeypatch):
    page = ServicePageFactory(parent=home, confidential=True)
    monkeypatch.setattr(actions, "_refuse_told_place", lambda page: None)
    fields = SERVICE | {"short": "Tule osoitteeseen Piilokuja 3."}
    desk.post(reverse("desk_edit", args=[page.pk]), sent(page, **fields))
    assert "Piilokuja 3" in latest(page).short


def test_without_the_revision_seen_a_colleagues_text_would_be_lost(desk, organisation):
    page, _answer = made(desk)
    opened = sent(page)
    colleague = desk_of(MembershipFactory(organisation=organisation).user)
    address = reverse("desk_edit", args=[page.pk])
    colleague.post(address, sent(page, **SERVICE | {"title": "Hers"}))
    desk.post(address, {**SERVICE, **opened, "title": "Mine"})
    assert latest(page).title == "Hers"
    desk.post(address, sent(page, **SERVICE | {"title": "Mine"}))
    assert latest(page).title == "Mine"


def test_without_a_key_twice_sent_would_be_two_drafts(desk):
    address = reverse("desk_new", args=["service"])
    first, _answer = made(desk)
    desk.post(address, {**SERVICE, "key": uuid4()})
    assert type(first).objects.count() == 2
