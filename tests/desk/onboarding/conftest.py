"""Those who decide applications, and those who must learn nothing of them."""

import pytest
from django.contrib.auth.models import Group

from site_core.portal.actions import EDITORS, LANGUAGE_REVIEWERS, MODERATORS
from tests.factories.organisations import MembershipFactory, PersonFactory


def in_group(name: str, **fields):
    person = PersonFactory(**fields)
    person.groups.add(Group.objects.get(name=name))
    return person


@pytest.fixture
def moderator(portal):
    return in_group(MODERATORS, username="moderator", language="sv")


@pytest.fixture
def people(moderator) -> dict:
    return {
        "moderator": moderator,
        "editor": in_group(EDITORS, username="editor"),
        "language reviewer": in_group(LANGUAGE_REVIEWERS, username="reader"),
        "lead": MembershipFactory(role="lead").user,
        "author": MembershipFactory().user,
        "stranger": PersonFactory(),
    }
