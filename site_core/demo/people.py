"""The people of the demo: who can log in, as what, and with which word."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from site_core.demo.branches import organisation_of
from site_core.demo.content import load
from site_core.moderation.setup import LANGUAGE_REVIEWERS
from site_core.organisations.actions import add_member
from site_core.organisations.models import Membership
from site_core.portal.actions import EDITORS, MODERATORS, TRANSLATORS

PASSWORD = "tarjotin"
"""The word that opens every demo log-in where demo content is allowed."""


@dataclass(frozen=True)
class LogIn:
    """An account: its staff group, or its role in the organisation of this key."""

    username: str
    what: str
    group: str = ""
    organisation: str = ""
    role: str = ""
    language: str = "fi"


LOG_INS = (
    LogIn("editor", "editor", group=EDITORS),
    LogIn("language", "language reviewer", group=LANGUAGE_REVIEWERS),
    LogIn("moderator", "moderator", group=MODERATORS),
    LogIn("translator", "translator", group=TRANSLATORS, language="sv"),
    LogIn("lumituki", "lead of Lumituki ry", organisation="lumituki", role=Membership.Role.LEAD),
    LogIn(
        "pikkupolku",
        "author of Pikkupolun Perheet ry",
        organisation="pikkupolku",
        role=Membership.Role.AUTHOR,
    ),
    LogIn(
        "trainer",
        "trainer of Digipolku Lappi ry",
        organisation="digipolku",
        role=Membership.Role.TRAINER,
    ),
)


def password() -> str:
    """The demo's word; where demo content is only made on request, one that nobody can guess."""
    return PASSWORD if settings.DEMO_NUMBERS else secrets.token_urlsafe(12)


def add_people() -> dict[str, str]:
    """Make the accounts that are missing; returns the passwords of the new ones by user name."""
    return {each.username: word for each in LOG_INS if (word := _add(each))}


def remove_people() -> None:
    """Delete the demo's accounts with their memberships."""
    names = [each.username for each in LOG_INS]
    for user in get_user_model().objects.filter(username__in=names):
        user.delete()


def _add(person: LogIn) -> str:
    """The password of a new account, or nothing where there is one already."""
    users = get_user_model().objects
    if users.filter(username=person.username).exists():
        return ""
    word = password()
    user = users.create_user(
        person.username,
        email=f"{person.username}@example.org",
        password=word,
        first_name="Demo",
        language=person.language,
        last_name=person.username,
    )
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": person.language}
    )
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    if person.organisation:
        data = next(o for o in load().organisations if o["key"] == person.organisation)
        add_member(organisation_of(data), user, person.role)
    return word
