"""An organisation with a live page, and a member of it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from services.actions import create_organisation_page
from services.models import OrganisationPage
from tests.factories.organisations import MembershipFactory
from tests.organisations.conftest import tree  # noqa: F401 - a fixture


@pytest.fixture
def shelter(tree) -> SimpleNamespace:  # noqa: F811
    """The organisation's page `home`, and `client` of an author who works there."""
    membership = MembershipFactory(organisation__name="Turvakoti")
    home = create_organisation_page(membership.organisation, language="fi")
    home.save_revision().publish()
    client = Client()
    client.force_login(membership.user)
    return SimpleNamespace(home=OrganisationPage.objects.get(pk=home.pk), client=client)
