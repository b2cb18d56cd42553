"""Two organisations whose pages pass through the workflow, and the people who carry them."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from services.models import OrganisationPage, ServicePage
from site_core.moderation import actions
from site_core.moderation.setup import LANGUAGE_REVIEWERS, MODERATORS, set_up_workflow
from site_core.organisations.models import Organisation
from site_core.portal.actions import EDITORS
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.pages import PHONE, OrganisationPageFactory, body, stored
from tests.organisations.conftest import tree  # noqa: F401


@dataclass
class Rounds:
    """Organisation A and B, and people by what they are."""

    a: Organisation
    b: Organisation
    home: OrganisationPage
    people: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.people[who])
        return client


def write(parent: OrganisationPage, title: str, *, by=None, live: bool = False, **fields) -> Any:
    """A service as an author leaves it: complete, saved as a draft by her."""
    page = ServicePage(
        **{
            "title": title,
            "summary": "Apua arkeen.",
            "short": "Soita meille. Kerromme, mistä saat apua.",
            "coverage": ServicePage.Coverage.ALL_LAPLAND,
            "channels": [PHONE],
            "body": body("Neuvomme arjen asioissa."),
            **fields,
        },
        live=False,
        owner=by,
        locale=parent.locale,
    )
    parent.add_child(instance=page)
    revision = page.save_revision(user=by)
    if live:
        revision.publish()
    return stored(page)


def change(page: Any, *, by=None, **fields) -> Any:
    """Save a change as a draft; returns the page as the database has it."""
    draft = stored(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
    return stored(page)


def seen(page: Any) -> int:
    """The revision that lies before a reviewer who opens the page now."""
    return stored(page).latest_revision_id


def approve(page: Any, *people: Any) -> None:
    """Each of the people approves, in this order."""
    for person in people:
        actions.approve(stored(page), person, seen(page))


@pytest.fixture
def rounds(tree) -> Rounds:  # noqa: F811
    """The workflow set up, two organisations, two reviewers of each step, an editor."""
    set_up_workflow()
    a, b = (OrganisationFactory(name=name) for name in ("Alpha", "Beta"))
    people = {
        "author": MembershipFactory(organisation=a, user__username="author").user,
        "colleague": MembershipFactory(organisation=a, user__username="colleague").user,
        "stranger": MembershipFactory(organisation=b, user__username="stranger").user,
        "root": PersonFactory(username="root", is_superuser=True, is_staff=True),
    }
    for name, group in (
        ("language", LANGUAGE_REVIEWERS),
        ("language2", LANGUAGE_REVIEWERS),
        ("content", MODERATORS),
        ("content2", MODERATORS),
        ("editor", EDITORS),
    ):
        people[name] = PersonFactory(username=name)
        people[name].groups.add(Group.objects.get_or_create(name=group)[0])
    return Rounds(a, b, OrganisationPageFactory(organisation=a), people)


@pytest.fixture
def draft(rounds) -> ServicePage:
    """A draft of A, complete."""
    return write(rounds.home, "Neuvonta", by=rounds.author)


@pytest.fixture
def submitted(rounds, draft) -> ServicePage:
    """The draft, submitted by its author."""
    actions.submit(draft, rounds.author)
    return stored(draft)


@pytest.fixture
def live(rounds) -> ServicePage:
    """A public service of A."""
    return write(rounds.home, "Julkinen", by=rounds.author, live=True)
