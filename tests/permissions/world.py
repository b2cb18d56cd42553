"""One world for the matrix: two organisations, everybody who may act, a page in each state."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from services.models import ServicePage
from site_core.moderation import actions
from site_core.moderation.models import Decision, Standing
from site_core.moderation.setup import LANGUAGE_REVIEWERS, MODERATORS
from site_core.organisations.models import Membership, Organisation
from site_core.portal.actions import EDITORS, TRANSLATORS
from tests.factories.organisations import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.pages import PHONE, OrganisationPageFactory, body, stored

ROLES = (
    "anonymous",
    "stranger",
    "author_a",
    "lead_a",
    "trainer_a",
    "author_b",
    "language",
    "moderator",
    "editor",
    "translator",
    "admin",
)
"""`stranger` has an account and no role; `language` checks language, `moderator` content."""
REASON = Decision.REASONS_TO_GIVE[0][0]


@dataclass
class World:
    """Organisations, people by role, pages of A by state."""

    a: Organisation
    b: Organisation
    home: Any
    people: dict[str, Any]
    pages: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which that person has logged in."""
        client = Client(raise_request_exception=False)
        if role in self.people:
            client.force_login(self.people[role])
        return client


def build() -> World:
    """Make everything, in a portal that is set up."""
    a, b = OrganisationFactory(name="Alpha"), OrganisationFactory(name="Beta")
    roles = Membership.Role
    people = {
        name: MembershipFactory(organisation=organisation, role=role, user__username=name).user
        for name, organisation, role in (
            ("author_a", a, roles.AUTHOR),
            ("lead_a", a, roles.LEAD),
            ("trainer_a", a, roles.TRAINER),
            ("author_b", b, roles.AUTHOR),
        )
    }
    people["stranger"] = PersonFactory(username="stranger")
    people["admin"] = PersonFactory(username="admin", is_superuser=True, is_staff=True)
    people["writer"] = MembershipFactory(organisation=a, user__username="writer").user
    for name, group in (
        ("language", LANGUAGE_REVIEWERS),
        ("moderator", MODERATORS),
        ("editor", EDITORS),
        ("translator", TRANSLATORS),
    ):
        people[name] = PersonFactory(username=name)
        people[name].groups.add(Group.objects.get(name=group))
    world = World(a, b, OrganisationPageFactory(organisation=a), people)
    world.pages = {name: stored(make(world)) for name, make in STATES.items()}
    return world


def write(world: World, title: str, *, live: bool = False) -> Page:
    """A service of A, complete, as `writer` leaves it."""
    page = ServicePage(
        title=title,
        summary="Apua arkeen.",
        short="Soita meille. Kerromme, mistä saat apua.",
        coverage=ServicePage.Coverage.ALL_LAPLAND,
        channels=[PHONE],
        body=body("Neuvomme arjen asioissa."),
        live=False,
        owner=world.people["writer"],
        locale=world.home.locale,
    )
    stored(world.home).add_child(instance=page)
    revision = page.save_revision(user=world.people["writer"])
    if live:
        revision.publish()
    return stored(page)


def draft(world: World) -> Page:
    return write(world, "Luonnos")


def language_check(world: World) -> Page:
    """Submitted: the language reviewers' turn."""
    return _submitted(world, "Kielitarkistuksessa")


def content_check(world: World) -> Page:
    """Through the language check: the moderators' turn."""
    page = _submitted(world, "Sisältötarkistuksessa")
    actions.approve(page, world.people["language"], page.latest_revision_id)
    return page


def changes_asked(world: World) -> Page:
    page = _submitted(world, "Korjattava")
    reviewer = world.people["language"]
    actions.ask_changes(page, reviewer, page.latest_revision_id, REASON, "Lyhennä.")
    return page


def rejected(world: World) -> Page:
    page = _submitted(world, "Hylätty")
    actions.reject(page, world.people["language"], page.latest_revision_id, REASON, "Ei kuulu.")
    return page


def live(world: World) -> Page:
    return write(world, "Julkaistu", live=True)


def live_changed(world: World) -> Page:
    """Live, with a change that nobody has submitted."""
    return _changed(write(world, "Muutettu", live=True), world)


def live_in_review(world: World) -> Page:
    """Live, with a change in the language check."""
    page = _changed(write(world, "Muutos tarkistuksessa", live=True), world)
    actions.submit(page, world.people["writer"])
    return page


def scheduled(world: World) -> Page:
    """Approved, and waiting for its day."""
    page = write(world, "Ajastettu")
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=world.people["writer"]).publish()
    return page


def hidden(world: World) -> Page:
    """Live, and hidden because nobody vouched for it."""
    page = write(world, "Piilotettu", live=True)
    Standing.objects.update_or_create(page_id=page.pk, defaults={"hidden_at": timezone.now()})
    page.save()
    return page


def expired(world: World) -> Page:
    page = write(world, "Päättynyt", live=True)
    page.expire_at = timezone.now() - timedelta(days=1)
    page.save_revision().publish()
    actions.publish_due()
    return page


STATES = {
    each.__name__: each
    for each in (
        draft,
        language_check,
        content_check,
        changes_asked,
        rejected,
        live,
        live_changed,
        live_in_review,
        scheduled,
        hidden,
        expired,
    )
}


def _submitted(world: World, title: str) -> Page:
    page = write(world, title)
    actions.submit(page, world.people["writer"])
    return stored(page)


def _changed(page: Page, world: World) -> Page:
    page = stored(page)
    page.summary = "Apua arkeen, uudella tavalla."
    page.save_revision(user=world.people["writer"])
    return stored(page)
