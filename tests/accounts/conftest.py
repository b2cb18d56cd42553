"""Signing in as in production: tries are counted and the second step is owed."""

import pytest
from django.contrib.auth.models import Group

from tests.factories.organisations import MembershipFactory, PersonFactory

PASSWORD = "kelo-poro-suo-17"


@pytest.fixture
def signing_in(settings) -> None:
    """Switch on what the settings of the tests switch off."""
    settings.OTP_REQUIRED = True
    settings.AXES_ENABLED = True


@pytest.fixture
def editor(portal):
    """Somebody who works for the portal."""
    person = PersonFactory(username="editor")
    person.set_password(PASSWORD)
    person.save()
    person.groups.add(Group.objects.get(name="Editors"))
    return person


@pytest.fixture
def member(portal):
    """An author of an organisation, in no group."""
    person = MembershipFactory(user__username="author").user
    person.set_password(PASSWORD)
    person.save()
    return person
