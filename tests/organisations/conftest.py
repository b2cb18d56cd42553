"""Two organisations with pages in two languages, and everyone who comes to the admin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from services.actions import create_organisation_page
from services.models import OrganisationPage, ServicePage
from site_core.organisations.models import Organisation
from site_core.portal import actions as portal_actions
from site_core.portal.actions import EDITORS, MODERATORS
from site_core.portal.models import HomePage, OrganisationIndexPage
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory


@dataclass
class Branch:
    """An organisation, its pages and one author."""

    organisation: Organisation
    author: Any
    home: OrganisationPage
    swedish_home: OrganisationPage
    live: ServicePage
    draft: ServicePage


@dataclass
class World:
    """Organisations `a` and `b`, and people by what they are."""

    a: Branch
    b: Branch
    people: dict[str, Any] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.people:
            client.force_login(self.people[who])
        return client


def add_service(parent: OrganisationPage, title: str, *, live: bool, owner=None) -> ServicePage:
    """A service below an organisation's page."""
    page = ServicePage(
        title=title,
        summary=f"{title} in a sentence",
        short=f"{title} in short",
        coverage=ServicePage.Coverage.ALL_LAPLAND,
        live=False,
        owner=owner,
        locale=parent.locale,
    )
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return ServicePage.objects.get(pk=page.pk)


def add_branch(name: str) -> Branch:
    """An organisation with one author, its live page, a Swedish draft and two services."""
    membership = MembershipFactory(organisation__name=name, user__username=f"author-{name.lower()}")
    home = create_organisation_page(membership.organisation, language="fi")
    home.save_revision().publish()
    swedish = create_organisation_page(membership.organisation, language="sv")
    home = OrganisationPage.objects.get(pk=home.pk)
    return Branch(
        organisation=membership.organisation,
        author=membership.user,
        home=home,
        swedish_home=swedish,
        live=add_service(home, f"{name} opened", live=True),
        draft=add_service(home, f"{name} secret", live=False, owner=membership.user),
    )


def moderated_by(group: Group) -> Workflow:
    """A workflow on the whole tree with one task of the group, in place of any other."""
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Read")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page_id=1)
    return workflow


def posted(page: ServicePage, **fields) -> dict:
    """What the edit form of a service sends, with some fields replaced."""
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "kind": page.kind,
            "summary": page.summary,
            "short": page.short,
            "coverage": page.coverage,
            "price": page.price,
            "audience": page.audience,
            "picture": "",
            "picture_alt": "",
            "channels": streamfield([]),
            "body": streamfield([]),
            "occurrences": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def with_address(data: dict) -> dict:
    """What the form sends, with an e-mail address as the one way to get in touch."""
    channel = {"languages": {"count": "0"}, "address": "neuvonta@example.org"}
    return {**data, **nested_form_data({"channels": streamfield([("email", channel)])})}


@pytest.fixture
def tree(db) -> None:
    """A front page with an index of organisations in Finnish and Swedish, and the staff groups.

    What `set_up_portal` makes, without its vocabularies and revisions: these tests are many.
    """
    root = Page.get_first_root_node()
    for code in ("fi", "sv"):
        locale, _made = Locale.objects.get_or_create(language_code=code)
        home = root.add_child(instance=HomePage(title=f"Home {code}", slug=code, locale=locale))
        home.add_child(instance=OrganisationIndexPage(title=f"Organisations {code}", locale=locale))
    Site.objects.update(root_page=HomePage.objects.get(locale__language_code="fi"))
    portal_actions._groups()


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is undone afterwards, so that one world serves many people."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(tree) -> World:
    """Everyone and everything."""
    a, b = add_branch("Alpha"), add_branch("Beta")
    both = PersonFactory(username="both")
    for branch in (a, b):
        MembershipFactory(user=both, organisation=branch.organisation)
    ended = MembershipFactory(organisation=b.organisation, is_active=False, user__username="ended")
    suspended = MembershipFactory(
        organisation=OrganisationFactory(name="Gamma", state=Organisation.State.SUSPENDED),
        user__username="suspended",
    )
    editor, moderator = PersonFactory(username="editor"), PersonFactory(username="moderator")
    editor.groups.add(Group.objects.get(name=EDITORS))
    moderators = Group.objects.get(name=MODERATORS)
    moderator.groups.add(moderators)
    moderated_by(moderators)
    return World(
        a,
        b,
        {
            "stranger": PersonFactory(username="stranger"),
            "member_a": a.author,
            "member_b": b.author,
            "member_ab": both,
            "ended": ended.user,
            "suspended": suspended.user,
            "editor": editor,
            "moderator": moderator,
            "superuser": PersonFactory(username="root", is_superuser=True, is_staff=True),
        },
    )


@pytest.fixture
def in_review(world) -> ServicePage:
    """The draft of organisation B, submitted and waiting for the moderator."""
    page = world.b.draft
    page.get_workflow().start(page, world.b.author)
    return page


def memberships_in(count: int) -> Any:
    """A person who is a member of so many organisations, each with a page in two languages.

    The pages are bare rows without revision and entry: these tests count queries of the admin.
    """
    person = PersonFactory()
    indexes = list(OrganisationIndexPage.objects.all())
    with mock.patch("site_core.pages.models.projector"):
        for _number in range(count):
            organisation = MembershipFactory(user=person).organisation
            for index in indexes:
                index.add_child(
                    instance=OrganisationPage(
                        title=organisation.name,
                        organisation=organisation,
                        locale_id=index.locale_id,
                        live=False,
                    )
                )
    return person
