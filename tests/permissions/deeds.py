"""Everything one may try on a page: rights that views ask for, verbs, and what one may look at."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from site_core.moderation import actions
from site_core.moderation.errors import Refused, Stale
from tests.permissions.answers import OPEN, ask, undone
from tests.permissions.world import REASON, World

Deed = Callable[[World, str, Page], bool]


def person(world: World, role: str) -> Any:
    """The user of a role as a request has it, with nothing remembered from an earlier question."""
    user = world.people.get(role)
    return type(user).objects.get(pk=user.pk) if user else AnonymousUser()


def right(name: str) -> Deed:
    """A question to the tester that Wagtail's views ask; locked counts as no for edits.

    It is asked about people who have logged in only.
    """

    def may(world: World, role: str, page: Page) -> bool:
        if role == "anonymous":
            return False
        tester = page.permissions_for_user(person(world, role))
        if name == "can_edit" and tester.page_locked():
            return False
        return bool(getattr(tester, name)())

    return may


def verb(deed: Callable[[Page, Any], Any]) -> Deed:
    """One of our own verbs: open unless it refuses. Undone afterwards."""

    def may(world: World, role: str, page: Page) -> bool:
        with undone():
            try:
                deed(Page.objects.get(pk=page.pk).specific, person(world, role))
            except (PermissionDenied, Refused, Stale):
                return False
            except ValidationError as fault:
                return fault.code not in {"unchanged", "scheduled"}
            return True

    return may


def sight(address: Callable[[Page], str]) -> Deed:
    """Something to look at in a browser."""

    def may(world: World, role: str, page: Page) -> bool:
        return ask(browser(world, role), address(page)) == OPEN

    return may


def browser(world: World, role: str) -> Client:
    """The role's browser, kept in the world."""
    kept = world.__dict__.setdefault("browsers", {})
    if role not in kept:
        kept[role] = world.client(role)
    return kept[role]


def at(name: str) -> Callable[[Page], str]:
    return lambda page: reverse(name, args=[page.pk])


RIGHTS = {
    name: right(f"can_{name}")
    for name in (
        "edit",
        "delete",
        "publish",
        "unpublish",
        "lock",
        "set_view_restrictions",
        "move",
        "add_subpage",
    )
}
VERBS = {
    "submit": verb(actions.submit),
    "withdraw": verb(actions.withdraw),
    "approve": verb(lambda page, by: actions.approve(page, by, page.latest_revision_id)),
    "ask_changes": verb(
        lambda page, by: actions.ask_changes(page, by, page.latest_revision_id, REASON, "Lyhennä.")
    ),
    "reject": verb(
        lambda page, by: actions.reject(page, by, page.latest_revision_id, REASON, "Ei kuulu.")
    ),
    "comment": verb(lambda page, by: actions.comment(page, by, "summary", "Lyhennä.")),
    "translate": verb(lambda page, by: actions.copy_for_translation(page, "sv", by)),
    "confirm": verb(lambda page, by: actions.confirm_current(page, by=by)),
    "hide": verb(lambda page, by: actions.hide_stale(page, by=by)),
}
SIGHTS = {
    "read in public": sight(lambda page: page.url),
    "look at in the admin": sight(at("wagtailadmin_pages:edit")),
    "write at the desk": sight(at("desk_edit")),
    "read the history": sight(at("desk_history")),
}
DEEDS: dict[str, Deed] = {**RIGHTS, **VERBS, **SIGHTS}
