"""Two organisations with a course each, and the people who come to the admin."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from services.actions import create_organisation_page
from services.models import OrganisationPage
from site_core.organisations.models import Membership, Organisation
from site_core.portal.actions import EDITORS, MODERATORS
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.taxonomy import ServiceLanguageFactory
from tests.factories.training import CourseFactory
from tests.organisations.conftest import tree  # noqa: F401 - a fixture
from training.courses import Course
from training.models import TrainingPage


@dataclass
class People:
    """Course `own` is of the organisation of `trainer` and `author`, `foreign` of another."""

    own: Course
    foreign: Course
    trainer: Any
    author: Any
    by_name: dict[str, Any] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.by_name:
            client.force_login(self.by_name[who])
        return client


@pytest.fixture
def people(tree) -> People:  # noqa: F811
    """Everyone by what they are to the course `own`."""
    ServiceLanguageFactory(code="fi")
    own, foreign = CourseFactory(title="Own course"), CourseFactory(title="Foreign course")
    lead, author, trainer = (
        MembershipFactory(organisation=own.organisation, role=role).user
        for role in (Membership.Role.LEAD, Membership.Role.AUTHOR, Membership.Role.TRAINER)
    )
    ended = MembershipFactory(
        organisation=own.organisation, role=Membership.Role.TRAINER, is_active=False
    ).user
    suspended = MembershipFactory(
        organisation=OrganisationFactory(state=Organisation.State.SUSPENDED),
        role=Membership.Role.TRAINER,
    ).user
    other = MembershipFactory(organisation=foreign.organisation, role=Membership.Role.TRAINER).user
    editor, moderator = PersonFactory(), PersonFactory()
    editor.groups.add(Group.objects.get(name=EDITORS))
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    return People(
        own,
        foreign,
        trainer,
        author,
        {
            "trainer": trainer,
            "lead": lead,
            "author": author,
            "other trainer": other,
            "ended": ended,
            "suspended": suspended,
            "stranger": PersonFactory(),
            "moderator": moderator,
            "editor": editor,
            "superuser": PersonFactory(is_superuser=True, is_staff=True),
        },
    )


def add_page(course: Course, *, language: str = "fi", live: bool = True) -> TrainingPage:
    """A page about the course below its organisation's page."""
    home = create_organisation_page(course.organisation, language=language)
    home.save_revision().publish()
    home = OrganisationPage.objects.get(pk=home.pk)
    page = TrainingPage(
        title=course.title,
        summary="In a sentence",
        short="In short",
        course=course,
        locale=home.locale,
        live=False,
    )
    home.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return TrainingPage.objects.get(pk=page.pk)
