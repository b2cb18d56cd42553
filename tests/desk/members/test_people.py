"""An organisation's page of its people: its lead decides, its members see, others find nothing."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from site_core.desk.members import views
from site_core.organisations.models import Invitation, Membership
from site_core.outbox.models import Message
from tests.desk.onboarding.joining import link_in, visitor
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db


def client_of(person, **options) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


def text_of(response) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def lead():
    return MembershipFactory(role="lead", organisation__name="Alfa", user__username="alfalead")


@pytest.fixture
def author(lead):
    return MembershipFactory(organisation=lead.organisation, user__username="alfaauthor")


@pytest.fixture
def foreign():
    return MembershipFactory(role="lead", organisation__name="Beeta", user__username="betalead")


def people_of(membership) -> str:
    return reverse("desk_people", args=[membership.organisation_id])


def member_of(lead, membership) -> str:
    return reverse("desk_member", args=[lead.organisation_id, membership.pk])


def invite(lead, **fields):
    address = reverse("desk_invite", args=[lead.organisation_id])
    sent = {"email": "uusi@example.org", "role": "author", "language": "sv", **fields}
    return client_of(lead.user).post(address, sent)


def test_a_lead_invites_and_the_person_joins_by_the_link(lead):
    assert invite(lead).url == people_of(lead)
    listing = text_of(client_of(lead.user).get(people_of(lead)))
    assert "uusi@example.org" in listing
    save_page("desk-people", listing)
    path = link_in("invitation")
    shown = visitor().get(path)
    assert "Alfa" in text_of(shown)
    assert "uusi@example.org" not in text_of(shown)
    save_page("join-invitation", shown.content)
    assert Membership.objects.count() == 1
    assert visitor().post(path, {"first_name": "", "last_name": "x"}).status_code == 200
    assert Membership.objects.count() == 1
    done = visitor().post(path, {"first_name": "Uusi", "last_name": "Väki"})
    assert (done.status_code, done.url) == (303, "/sv/join/accepted/?new")
    assert Membership.objects.get(user__email="uusi@example.org").role == "author"
    assert visitor().post(path, {"first_name": "Uusi", "last_name": "Väki"}).status_code == 410


def test_somebody_with_an_account_accepts_by_one_button(lead):
    PersonFactory(email="uusi@example.org")
    invite(lead)
    path = link_in("invitation")
    assert "first_name" not in text_of(visitor().get(path))
    assert visitor().post(path).url == "/sv/join/accepted/"
    assert Membership.objects.count() == 2


def test_a_closed_account_is_told_on_the_page(lead):
    PersonFactory(email="uusi@example.org", is_active=False)
    invite(lead)
    response = visitor().post(link_in("invitation"))
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"email": "x"}, {"role": "boss"}, {"language": "en"}, {"email": ""}]
)
def test_a_wrong_invitation_is_told_at_the_field(lead, fields):
    response = invite(lead, **fields)
    assert response.status_code == 200
    assert f'id="id_{next(iter(fields))}-fault"' in text_of(response)
    assert not Message.objects.exists()


def test_a_member_is_not_invited_and_a_day_has_an_end(lead, author, monkeypatch):
    assert 'id="id_email-fault"' in text_of(invite(lead, email=author.user.email))
    monkeypatch.setattr(views, "INVITATIONS_A_DAY", 0)
    assert invite(lead).status_code == 429
    assert not Invitation.objects.exists()


@pytest.mark.leak
def test_members_see_names_and_only_the_lead_sees_addresses(lead, author):
    invite(lead)
    html = text_of(client_of(author.user).get(people_of(lead)))
    assert lead.user.get_full_name() in html
    assert lead.user.email not in html
    assert "uusi@example.org" not in html
    assert lead.user.email in text_of(client_of(lead.user).get(people_of(lead)))


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize("who", ["author", "other lead", "ended", "stranger", "suspended"])
def test_what_is_not_hers_is_not_there(lead, author, foreign, who):
    invite(lead)
    invitation = Invitation.objects.get()
    person = {
        "author": lambda: author.user,
        "other lead": lambda: foreign.user,
        "ended": lambda: MembershipFactory(organisation=lead.organisation, is_active=False).user,
        "stranger": PersonFactory,
        "suspended": lambda: (
            MembershipFactory(organisation=OrganisationFactory(state="suspended"), role="lead").user
        ),
    }[who]()
    client, own = client_of(person), lead.organisation_id
    deeds = [
        ("post", reverse("desk_invite", args=[own]), {"email": "x@example.org", "role": "lead"}),
        ("post", reverse("desk_withdraw", args=[own, invitation.pk]), {}),
        ("get", member_of(lead, author), {}),
        *(("post", member_of(lead, author), {"deed": deed}) for deed in ("hand-over", "end")),
        ("post", member_of(lead, author), {"deed": "role", "role": "lead"}),
    ]
    if who != "author":
        deeds += [("get", people_of(lead), {}), ("post", reverse("desk_leave", args=[own]), {})]
    for method, address, sent in deeds:
        response = getattr(client, method)(address, sent)
        assert response.status_code == 404, address
        assert "Alfa" not in text_of(response)
    assert Invitation.objects.get().is_open()
    assert Membership.objects.get(pk=author.pk).role == "author"
    assert Membership.objects.get(pk=author.pk).is_active


@pytest.mark.bypass
def test_forged_ids_of_another_organisation_reach_nothing(lead, foreign):
    """Her own organisation in the address, the other's rows behind it."""
    invite(foreign)
    theirs, client = Invitation.objects.get(), client_of(lead.user)
    withdraw = reverse("desk_withdraw", args=[lead.organisation_id, theirs.pk])
    assert client.post(withdraw).status_code == 404
    for sent in ({"deed": "end"}, {"deed": "hand-over"}, {"deed": "role", "role": "author"}):
        assert client.post(member_of(lead, foreign), sent).status_code == 404
    assert theirs.is_open()
    assert Membership.objects.get(pk=foreign.pk).role == "lead"
    control = client_of(foreign.user)
    assert control.post(reverse("desk_withdraw", args=[foreign.organisation_id, theirs.pk])).url
    assert Invitation.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("sent", "roles"),
    [
        ({"deed": "role", "role": "trainer"}, {"alfalead": "lead", "alfaauthor": "trainer"}),
        ({"deed": "hand-over"}, {"alfalead": "author", "alfaauthor": "lead"}),
        ({"deed": "end"}, {"alfalead": "lead"}),
        ({"deed": "role", "role": "boss"}, {"alfalead": "lead", "alfaauthor": "author"}),
        ({}, {"alfalead": "lead", "alfaauthor": "author"}),
    ],
)
def test_what_a_lead_does_with_a_member(lead, author, sent, roles):
    client = client_of(lead.user)
    save_page("desk-member", client.get(member_of(lead, author)).content)
    client.post(member_of(lead, author), sent)
    client.post(member_of(lead, author), sent)
    found = Membership.objects.in_force().values_list("user__username", "role")
    assert dict(found) == roles


@pytest.mark.fault
def test_the_last_lead_is_told_to_hand_over_first(lead, author):
    client, address = client_of(lead.user), reverse("desk_leave", args=[lead.organisation_id])
    save_page("desk-leave", client.get(address).content)
    assert Membership.objects.in_force().count() == 2
    response = client.post(address, follow=True)
    assert "note--ember" in text_of(response)
    assert Membership.objects.in_force().count() == 2
    client.post(member_of(lead, author), {"deed": "hand-over"})
    assert client_of(lead.user).post(address).url == reverse("desk_home")
    assert Membership.objects.in_force().get() == author


def test_who_acts_for_several_chooses(lead, foreign):
    client = client_of(lead.user)
    assert client.get(reverse("desk_members")).url == people_of(lead)
    MembershipFactory(user=lead.user, organisation=foreign.organisation)
    html = text_of(client_of(lead.user).get(reverse("desk_members")))
    assert people_of(lead) in html
    assert people_of(foreign) in html


def test_a_forged_request_from_another_site_is_refused(lead, author):
    client = client_of(lead.user, enforce_csrf_checks=True)
    assert client.post(member_of(lead, author), {"deed": "end"}).status_code == 403
    assert Membership.objects.in_force().count() == 2


def test_many_members_cost_no_more_queries(lead):
    def cost() -> int:
        client = client_of(lead.user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(people_of(lead)).status_code == 200
        return len(captured)

    one = cost()
    for _number in range(20):
        MembershipFactory(organisation=lead.organisation)
    assert cost() == one
