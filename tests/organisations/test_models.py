"""Organisations and memberships: what the database refuses and which memberships give rights."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from site_core.organisations.models import Membership, Organisation
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_a_business_id_is_stored_one_way_and_once():
    first = OrganisationFactory.build(business_id="2462460", name="First")
    first.full_clean()
    first.save()
    assert first.business_id == "0246246-0"
    with pytest.raises(ValidationError) as caught:
        OrganisationFactory.build(business_id="0246246-0", name="Second").full_clean()
    unique = Organisation._meta.constraints[0]
    assert caught.value.messages == [unique.get_violation_error_message()]


def test_many_may_have_no_business_id():
    for name in ("First", "Second"):
        organisation = OrganisationFactory.build(name=name, kind=Organisation.Kind.INFORMAL_GROUP)
        organisation.full_clean()
        organisation.save()
    assert Organisation.objects.filter(business_id="").count() == 2


def test_a_wrong_business_id_is_told_at_its_field():
    with pytest.raises(ValidationError) as caught:
        OrganisationFactory.build(business_id="0246246-1").full_clean()
    assert set(caught.value.message_dict) == {"business_id"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org", "example"])
def test_a_website_is_a_web_address(address):
    with pytest.raises(ValidationError):
        OrganisationFactory.build(website=address).full_clean()


def test_the_portal_has_one_organisation_of_its_own():
    OrganisationFactory(is_portal=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(is_portal=True)


def test_a_person_is_a_member_once():
    membership = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=membership.user, organisation=membership.organisation)


@pytest.mark.parametrize(
    ("fields", "in_force"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"user__is_active": False}, False),
        ({"organisation__state": Organisation.State.SUSPENDED}, False),
    ],
)
def test_only_active_memberships_of_active_people_in_active_organisations_count(fields, in_force):
    membership = MembershipFactory(**fields)
    assert Membership.objects.in_force().filter(pk=membership.pk).exists() is in_force


def test_of_member_leaves_out_what_has_ended_and_what_is_suspended():
    membership = MembershipFactory()
    MembershipFactory(user=membership.user, is_active=False)
    MembershipFactory(user=membership.user, organisation__state=Organisation.State.SUSPENDED)
    MembershipFactory()
    assert list(Organisation.objects.of_member(membership.user)) == [membership.organisation]
