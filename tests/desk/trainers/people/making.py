"""A group with people, its trainer at her desk, and another organisation's."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from site_core.languages.fallback import say
from tests.factories.organisations import MembershipFactory
from tests.training.signups.making import join, offering_with
from training.courses import Offering
from training.signups.models import SignUp

NAMES = ("people", "sign_up", "needs", "attendance", "files", "list", "message", "message_send")
"""Pages of the group alone."""


@dataclass
class Desk:
    """A trainer's browser and the group she looks at."""

    group: Offering
    person: Any
    client: Client

    def at(self, name: str, *more: int) -> str:
        return address(self.group, name, *more)

    def get(self, name: str, *more: int, **query: Any) -> Any:
        return self.client.get(self.at(name, *more), query)

    def post(self, name: str, *more: int, **fields: Any) -> Any:
        return self.client.post(self.at(name, *more), fields)


def address(group: Offering, name: str, *more: int) -> str:
    return reverse(f"desk_group_{name}", args=[group.course_id, group.pk, *more])


def desk_of(group: Offering, role: str = "trainer") -> Desk:
    """The desk of somebody of the group's organisation."""
    person = MembershipFactory(organisation=group.course.organisation, role=role).user
    client = Client()
    client.force_login(person)
    return Desk(group, person, client)


def full_group(**fields: Any) -> Offering:
    """Three places: Aino and Ánde have one each; a group of two waits for two, then Veikko."""
    group = offering_with(3, **fields)
    come(group, "Aino Aalto")
    come(group, "Ánde Áŋgil", language="se")
    come(group, "Pirkko Puro", "Pekka Puro")
    come(group, "Veikko Vesa", language="sv")
    return group


def come(group: Offering, *names: str, **more: Any) -> SignUp:
    """Sign people up; their address is made of the first name."""
    who = names[0].split()[0].lower()
    return join(group, who, None, names=list(names), **more).signup


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def logged(action: str) -> ModelLogEntry:
    """The latest entry of the log of that kind."""
    return ModelLogEntry.objects.filter(action=f"training.{action}").latest("pk")


def told(msgid: str, **values: Any) -> str:
    """The message as the Finnish desk says it."""
    with translation.override("fi"):
        return say(msgid, **values).text
