"""Invitations: by a lead, accepted once by the link's holder, void when old, used or withdrawn."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from site_core.organisations import actions, invitations
from site_core.organisations.invitations import ClosedInvitationError
from site_core.organisations.models import Invitation, Membership
from site_core.outbox.models import Message
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lead():
    return MembershipFactory(role="lead", organisation__name="Kylänväki ry")


def invite(lead, email="uusi@example.org", role="author", **options) -> Invitation:
    return invitations.invite(
        lead.organisation, email, role, language="sv", by=lead.user, **options
    )


def accept(invitation, **names) -> Membership:
    names = names or {"first_name": "Uusi", "last_name": "Väki"}
    return invitations.accept(invitation, version=invitation.version, **names)


def kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_a_new_person_gets_an_account_and_the_role(lead):
    membership = accept(invite(lead, role="trainer"))
    user = membership.user
    assert (membership.role, membership.is_active, membership.organisation) == (
        "trainer",
        True,
        lead.organisation,
    )
    assert (user.email, user.get_full_name(), user.language) == (
        "uusi@example.org",
        "Uusi Väki",
        "sv",
    )
    assert not user.has_usable_password()
    assert kinds() == ["invitation", "invitation_accepted"]
    assert {mail.language for mail in Message.objects.all()} == {"sv"}
    deeds = ModelLogEntry.objects.order_by("pk").values_list("action", "user")
    assert ("organisations.invite", lead.user_id) in deeds
    assert ("organisations.add_member", user.pk) in deeds


def test_somebody_with_an_account_joins_with_it(lead):
    there = PersonFactory(email="Uusi@Example.org")
    membership = accept(invite(lead), first_name="", last_name="")
    assert membership.user == there
    assert kinds() == ["invitation"]
    assert get_user_model().objects.count() == 2


def test_an_ended_member_comes_back(lead):
    ended = MembershipFactory(organisation=lead.organisation, is_active=False)
    assert accept(invite(lead, ended.user.email)).pk == ended.pk


def test_a_lead_who_is_invited_as_an_author_stays_lead(lead):
    invitation = invite(lead)
    there = PersonFactory(email="uusi@example.org")
    MembershipFactory(user=there, organisation=lead.organisation, role="lead")
    assert accept(invitation).role == "lead"


@pytest.mark.bypass
@pytest.mark.parametrize(
    "spoil",
    [
        lambda lead, row: accept(row),
        lambda lead, row: invitations.withdraw(row, by=lead.user),
        lambda lead, row: invite(lead, role="lead"),
        lambda lead, row: Invitation.objects.update(sent_at=timezone.now() - 15 * DAY),
        lambda lead, row: Invitation.objects.all().delete(),
    ],
    ids=["used", "withdrawn", "sent anew", "old", "gone"],
)
def test_a_void_invitation_makes_no_member(lead, spoil):
    invitation = invite(lead)
    spoil(lead, invitation)
    before = Membership.objects.count()
    with pytest.raises(ClosedInvitationError):
        accept(invitation)
    with pytest.raises(ClosedInvitationError):
        invitations.opened(invitation.pk, invitation.version)
    assert Membership.objects.count() == before


def test_while_suspended_nobody_joins(lead):
    invitation = invite(lead)
    actions.suspend(lead.organisation)
    with pytest.raises(ClosedInvitationError):
        invitations.opened(invitation.pk, invitation.version)
    with pytest.raises(ValidationError):
        accept(invitation)
    with pytest.raises(PermissionDenied):
        invite(lead, "toinen@example.org")
    actions.restore(lead.organisation)
    assert accept(invitation).is_active


def test_a_closed_account_does_not_join(lead):
    PersonFactory(email="uusi@example.org", is_active=False)
    with pytest.raises(ValidationError):
        accept(invite(lead))
    assert Membership.objects.count() == 1
    assert Invitation.objects.get().state == "waiting"


def test_a_new_person_gives_her_name(lead):
    invitation = invite(lead)
    with pytest.raises(ValidationError):
        accept(invitation, first_name="", last_name="")
    assert get_user_model().objects.count() == 1


def test_a_member_is_not_invited_again(lead):
    with pytest.raises(ValidationError):
        invite(lead, lead.user.email.upper())
    assert not Message.objects.exists()


@pytest.mark.fault
def test_sent_twice_is_one_mail_and_again_later_another_link(lead):
    first = invite(lead)
    assert invite(lead).version == first.version
    assert kinds() == ["invitation"]
    later = invite(lead, now=timezone.now() + DAY)
    assert (later.pk, later.version) == (first.pk, first.version + 1)
    assert kinds() == ["invitation"] * 2
    links = {re.search(r"http\S+", mail.text)[0] for mail in Message.objects.all()}
    assert len(links) == 2


@pytest.mark.permission
@pytest.mark.parametrize("who", ["author", "trainer", "other lead", "ended lead", "stranger"])
def test_only_a_lead_invites_and_withdraws(lead, who):
    person = {
        "author": lambda: MembershipFactory(organisation=lead.organisation).user,
        "trainer": lambda: MembershipFactory(organisation=lead.organisation, role="trainer").user,
        "other lead": lambda: MembershipFactory(role="lead").user,
        "ended lead": lambda: (
            MembershipFactory(organisation=lead.organisation, role="lead", is_active=False).user
        ),
        "stranger": PersonFactory,
    }[who]()
    there = invite(lead)
    with pytest.raises(PermissionDenied):
        invitations.invite(lead.organisation, "x@example.org", "lead", language="fi", by=person)
    with pytest.raises(PermissionDenied):
        invitations.withdraw(there, by=person)
    assert Invitation.objects.get().is_open()


def test_one_address_may_be_invited_by_two_organisations(lead):
    other = MembershipFactory(role="lead", organisation=OrganisationFactory())
    invite(other)
    invite(lead)
    assert Invitation.objects.waiting().count() == 2


@pytest.mark.leak
def test_addresses_are_erased_when_they_have_served(lead):
    now = timezone.now()
    invite(lead, "a@example.org", now=now)
    accept(invite(lead, "b@example.org", now=now))
    invite(lead, "c@example.org", now=now)

    def held(days: float) -> int:
        invitations.erase_addresses(now + days * DAY)
        return Invitation.objects.exclude(email="").count()

    assert held(29) == 3
    assert held(31) == 2
    assert held(43) == 2
    assert held(45) == 0
    assert not Invitation.objects.waiting().exists()
    assert invite(lead, "a@example.org").version == 1
