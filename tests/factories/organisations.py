"""People, organisations and memberships, valid and in force unless a test says otherwise."""

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from site_core.organisations.models import Membership, Organisation


class PersonFactory(DjangoModelFactory):
    """Someone with an account and no rights."""

    class Meta:
        model = get_user_model()
        django_get_or_create = ("username",)

    username = factory.Sequence(lambda number: f"person{number}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")
    first_name = "Aino"
    last_name = factory.LazyAttribute(lambda person: person.username.title())


class OrganisationFactory(DjangoModelFactory):
    """An active association."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Association {number}")
    kind = Organisation.Kind.ASSOCIATION


class MembershipFactory(DjangoModelFactory):
    """An author's membership in force."""

    class Meta:
        model = Membership

    user = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
