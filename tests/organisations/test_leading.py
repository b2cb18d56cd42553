"""Roles: a lead changes them, hands over, ends; an organisation that has a lead keeps one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from site_core.organisations import actions
from site_core.organisations.models import Membership
from site_core.outbox.models import Message
from tests.desk.together import together
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return MembershipFactory(role="lead", user__language="fi")


@pytest.fixture
def author(lead):
    return MembershipFactory(organisation=lead.organisation, user__language="sv")


def roles() -> list[tuple[str, bool]]:
    return list(Membership.objects.order_by("pk").values_list("role", "is_active"))


def mails() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "to", "language"))


def test_a_lead_changes_a_role_and_the_person_is_told_once(lead, author):
    actions.change_role(author, "trainer", by=lead.user)
    actions.change_role(author, "trainer", by=lead.user)
    assert roles() == [("lead", True), ("trainer", True)]
    assert mails() == [("role_changed", author.user.email, "sv")]
    entry = ModelLogEntry.objects.get(action="organisations.change_role")
    assert (entry.user, entry.data["old"], entry.data["new"]) == (lead.user, "author", "trainer")
    assert str(entry.formatter.format_message(entry))


def test_handing_over(lead, author):
    actions.hand_over(author, by=lead.user)
    assert roles() == [("author", True), ("lead", True)]
    assert mails() == [("role_changed", author.user.email, "sv")]
    with pytest.raises(PermissionDenied):
        actions.hand_over(lead, by=lead.user)


@pytest.mark.parametrize("to", ["ended", "closed account", "herself"])
def test_to_whom_the_lead_is_not_handed(lead, to):
    target = {
        "ended": lambda: MembershipFactory(organisation=lead.organisation, is_active=False),
        "closed account": lambda: MembershipFactory(
            organisation=lead.organisation, user__is_active=False
        ),
        "herself": lambda: lead,
    }[to]()
    with pytest.raises(ValidationError):
        actions.hand_over(target, by=lead.user)
    assert Membership.objects.leads().get() == lead


@pytest.mark.parametrize(
    "deed",
    [
        lambda lead: actions.leave(lead, by=lead.user),
        lambda lead: actions.end_membership(lead, by=lead.user),
        lambda lead: actions.change_role(lead, "author", by=lead.user),
        lambda lead: actions.end_membership(lead, by=PersonFactory(is_superuser=True)),
        lambda lead: actions.add_member(
            lead.organisation, lead.user, "author", by=PersonFactory(is_superuser=True)
        ),
    ],
    ids=["leave", "end", "change", "ended by staff", "added again by staff"],
)
def test_an_organisation_is_never_without_a_lead(lead, author, deed):
    """A lead whose account is closed counts for none."""
    closed = MembershipFactory(organisation=lead.organisation, role="lead", user__is_active=False)
    with pytest.raises(ValidationError):
        deed(lead)
    assert Membership.objects.leads().get() == lead
    closed.user.is_active = True
    closed.user.save()
    deed(lead)
    assert Membership.objects.leads().get() == closed


def test_an_author_leaves_and_a_lead_ends(lead, author):
    actions.leave(author, by=author.user)
    actions.leave(author, by=author.user)
    assert roles() == [("lead", True), ("author", False)]
    assert mails() == []
    other = MembershipFactory(organisation=lead.organisation)
    actions.end_membership(other, by=lead.user)
    assert mails() == [("membership_ended", other.user.email, "fi")]
    deeds = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(deeds) == ["organisations.leave", "organisations.end_membership"]
    with pytest.raises(ValidationError):
        actions.change_role(other, "lead", by=lead.user)


@pytest.mark.permission
@pytest.mark.parametrize("who", ["author", "trainer", "other lead", "suspended lead", "stranger"])
def test_who_has_no_say(lead, author, who):
    by = {
        "author": lambda: author.user,
        "trainer": lambda: MembershipFactory(organisation=lead.organisation, role="trainer").user,
        "other lead": lambda: MembershipFactory(role="lead").user,
        "suspended lead": lambda: (
            MembershipFactory(organisation=OrganisationFactory(state="suspended"), role="lead").user
        ),
        "stranger": PersonFactory,
    }[who]()
    for deed in (
        lambda: actions.change_role(author, "lead", by=by),
        lambda: actions.hand_over(author, by=by),
        lambda: actions.end_membership(lead, by=by),
        lambda: actions.leave(lead, by=by),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert roles()[:2] == [("lead", True), ("author", True)]
    assert mails() == []


def test_suspension_tells_every_member_once_with_the_reason_alone(lead, author):
    MembershipFactory(organisation=lead.organisation, is_active=False)
    staff = PersonFactory(is_superuser=True)
    actions.suspend(lead.organisation, by=staff, reason="misuse", text="Salaisuus")
    actions.suspend(lead.organisation, by=staff)
    actions.restore(lead.organisation, by=staff)
    assert mails() == [
        (f"organisation_{change}", person.user.email, person.user.language)
        for change in ("suspended", "restored")
        for person in (lead, author)
    ]
    assert not any("Salaisuus" in mail.text + mail.html for mail in Message.objects.all())
    entry = ModelLogEntry.objects.get(action="organisations.suspend")
    assert (entry.data, entry.user) == ({"reason": "misuse", "text": "Salaisuus"}, staff)
    assert "Salaisuus" in entry.formatter.format_message(entry)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_lead_is_handed_to_two_at_once_and_one_gets_it(lead, author):
    other = MembershipFactory(organisation=lead.organisation)
    answers = together(
        *(lambda to=to: actions.hand_over(to, by=lead.user) for to in (author, other))
    )
    assert sum(isinstance(answer, PermissionDenied) for answer in answers) == 1
    assert Membership.objects.leads().count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_leads_who_leave_at_once_leave_one(lead):
    other = MembershipFactory(organisation=lead.organisation, role="lead")
    answers = together(
        lambda: actions.leave(lead, by=lead.user), lambda: actions.leave(other, by=other.user)
    )
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
    assert Membership.objects.leads().count() == 1
