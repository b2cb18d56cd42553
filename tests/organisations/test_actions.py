"""Each deed checks the right, is logged, and tells others inside its transaction."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry

from site_core.organisations import actions
from site_core.organisations.models import Membership, Organisation
from site_core.organisations.signals import organisation_changed
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """What the signal said, and whether it spoke inside a transaction."""
    heard = []

    def listen(organisation, change, **kwargs):
        heard.append((organisation.name, change, connection.in_atomic_block))

    organisation_changed.connect(listen)
    yield heard
    organisation_changed.disconnect(listen)


@pytest.fixture
def chief():
    return PersonFactory(is_superuser=True)


def logged(instance):
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return list(entries.values_list("action", "user"))


def test_renaming_tells_and_logs(told, chief):
    organisation = OrganisationFactory(name="Old")
    actions.rename(organisation, "New", by=chief)
    assert told == [("New", "renamed", True)]
    assert logged(organisation) == [("organisations.rename", chief.pk)]
    assert Organisation.objects.get().name == "New"


def test_renaming_to_the_same_name_does_nothing(told):
    organisation = OrganisationFactory(name="Same")
    actions.rename(organisation, "Same")
    assert told == []
    assert logged(organisation) == []


def test_a_name_in_use_is_refused_and_nobody_is_told(told):
    OrganisationFactory(name="Taken")
    organisation = OrganisationFactory(name="Old")
    with pytest.raises(ValidationError):
        actions.rename(organisation, "Taken")
    assert told == []
    assert Organisation.objects.filter(name="Old").exists()


def test_suspending_and_restoring(told, chief):
    organisation = OrganisationFactory(name="Club")
    actions.suspend(organisation, by=chief)
    actions.suspend(organisation, by=chief)
    assert not Organisation.objects.active().exists()
    actions.restore(organisation, by=chief)
    assert told == [("Club", "suspended", True), ("Club", "restored", True)]
    assert [action for action, _by in logged(organisation)] == [
        "organisations.suspend",
        "organisations.restore",
    ]


def test_the_portal_is_not_suspended(told):
    organisation = OrganisationFactory(is_portal=True)
    with pytest.raises(ValidationError):
        actions.suspend(organisation)
    assert Organisation.objects.get().is_active
    assert told == []


def test_a_failing_listener_undoes_the_deed():
    def fail(**kwargs):
        raise RuntimeError("listener")

    organisation = OrganisationFactory(name="Old")
    organisation_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.rename(organisation, "New")
    finally:
        organisation_changed.disconnect(fail)
    assert Organisation.objects.get().name == "Old"
    assert logged(organisation) == []


def test_an_ended_membership_is_taken_up_again(chief):
    membership = MembershipFactory()
    actions.end_membership(membership, by=chief)
    assert not Membership.objects.in_force().exists()
    again = actions.add_member(
        membership.organisation, membership.user, Membership.Role.LEAD, by=chief
    )
    assert again.pk == membership.pk
    assert Membership.objects.in_force().get().role == Membership.Role.LEAD
    assert [action for action, _by in logged(membership)] == [
        "organisations.end_membership",
        "organisations.add_member",
    ]


@pytest.mark.permission
@pytest.mark.parametrize(
    "deed",
    [
        lambda member, by: actions.create_organisation(name="X", kind="firm", by=by),
        lambda member, by: actions.rename(member.organisation, "New", by=by),
        lambda member, by: actions.suspend(member.organisation, by=by),
        lambda member, by: actions.restore(member.organisation, by=by),
        lambda member, by: actions.add_member(member.organisation, PersonFactory(), by=by),
        lambda member, by: actions.end_membership(member, by=by),
    ],
    ids=["create", "rename", "suspend", "restore", "add_member", "end_membership"],
)
def test_a_member_has_no_right_to_any_of_it(deed, told):
    membership = MembershipFactory(organisation__name="Old")
    with pytest.raises(PermissionDenied):
        deed(membership, membership.user)
    assert list(Organisation.objects.values_list("name", "state")) == [("Old", "active")]
    assert list(Membership.objects.values_list("is_active", flat=True)) == [True]
    assert told == []
