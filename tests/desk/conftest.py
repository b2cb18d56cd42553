"""Two organisations with pages, and an author of the first at her desk."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from site_core.desk.authors.actions import state_of_draft
from site_core.organisations.models import Organisation
from tests.factories.organisations import MembershipFactory
from tests.factories.pages import OrganisationPageFactory, ServicePageFactory, stored

SERVICE = {
    "title": "Kuuntelupuhelin",
    "summary": "Soita, kun haluat puhua.",
    "short": "Kuuntelemme sinua. Soittaminen ei maksa mitään.",
    "more": "Vastaamme iltaisin.\n\nVoit soittaa nimettä.",
    "way0_kind": "phone",
    "way0_number": "016 123 456",
    "way0_days": ["mon", "wed"],
    "way0_opens": "9",
    "way0_closes": "15.30",
    "way0_languages": ["fi"],
    "coverage": "all_lapland",
    "price": "free",
}
"""What an author fills in for a service, as people type it."""


def desk_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def latest(page: Any) -> Any:
    """The page's newest draft."""
    return stored(page).get_latest_revision_as_object()


def sent(page: Any, **fields: Any) -> dict[str, Any]:
    """What the form of a page sends after it was opened on the newest draft."""
    return {"seen": state_of_draft(stored(page)), **fields}


def made(desk: Client, code: str = "service", **fields: Any) -> tuple[Any, Any]:
    """The draft that a new form makes, and the answer."""
    known = set(Page.objects.values_list("pk", flat=True))
    answer = desk.post(reverse("desk_new", args=[code]), {"key": uuid4(), **SERVICE, **fields})
    (pk,) = set(Page.objects.values_list("pk", flat=True)) - known
    return latest(Page.objects.get(pk=pk)), answer


@pytest.fixture
def author(portal) -> Any:
    """An author of one organisation with a published Finnish page."""
    membership = MembershipFactory(organisation__name="Tunturin Tuki ry")
    OrganisationPageFactory(organisation=membership.organisation)
    return membership.user


@pytest.fixture
def organisation(author) -> Organisation:
    return author.memberships.get().organisation


@pytest.fixture
def home(organisation):
    """The organisation's Finnish page."""
    return organisation.pages.get(locale__language_code="fi")


@pytest.fixture
def desk(author) -> Client:
    return desk_of(author)


@pytest.fixture
def foreign(portal):
    """A draft of another organisation, with words to look for."""
    return ServicePageFactory(title="Canary secret", summary="Canary sentence", live=False)
