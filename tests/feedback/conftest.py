"""People who settle feedback, and who must learn nothing of it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from site_core.feedback.models import Feedback
from site_core.organisations.models import Organisation
from site_core.portal import actions as portal_actions
from site_core.portal.actions import EDITORS, MODERATORS
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory
from tests.search.making import make_entry

from .making import feedback


@dataclass
class Desk:
    """Feedback about a page of the own organisation, about another's, and to the portal."""

    own: Feedback
    foreign: Feedback
    general: Feedback
    people: dict[str, Any]

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.people:
            client.force_login(self.people[who])
        return client


def about_page_of(organisation: Organisation, text: str) -> Feedback:
    """A report of wrong information with an address to answer to."""
    entry = make_entry(f"Sivu: {text}", organisation=organisation)
    return feedback("wrong_information", text, entry=entry, email=f"{text.lower()}@example.org")


@pytest.fixture
def desk(db) -> Desk:
    portal_actions._groups()
    own, other = OrganisationFactory(), OrganisationFactory()
    suspended = OrganisationFactory(state=Organisation.State.SUSPENDED)
    people = {
        "member": MembershipFactory(organisation=own).user,
        "other member": MembershipFactory(organisation=other).user,
        "ended": MembershipFactory(organisation=own, is_active=False).user,
        "suspended": MembershipFactory(organisation=suspended).user,
        "stranger": PersonFactory(),
        "editor": PersonFactory(),
        "moderator": PersonFactory(),
        "superuser": PersonFactory(is_superuser=True, is_staff=True),
    }
    people["editor"].groups.add(Group.objects.get(name=EDITORS))
    people["moderator"].groups.add(Group.objects.get(name=MODERATORS))
    return Desk(
        about_page_of(own, "Oma"),
        about_page_of(other, "Vieras"),
        feedback("general", "Yleinen", email="yleinen@example.org"),
        people,
    )
