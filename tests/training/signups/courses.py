"""Public courses and residents who sign up for them over HTTP, without scripts or cookies."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from site_core.outbox.models import Message
from site_core.throttle.forms import SALT
from tests.factories.training import CourseFactory, OfferingFactory, SessionFactory
from tests.training.conftest import add_page
from tests.training.signups.making import join
from training.courses import Course, Offering
from training.signups.actions import change_capacity
from training.signups.models import SignUp

AILA = {"name": "Aila", "email": "aila@example.org"}


class _Fields(HTMLParser):
    """What a browser would send of the form that posts to one address."""

    def __init__(self, action: str):
        super().__init__()
        self.action, self.inside, self.area = action, False, ""
        self.values: dict[str, list[str]] = {}

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("action", "") == self.action
        if not self.inside:
            return
        if tag == "input" and (at.get("type") not in ("radio", "checkbox") or "checked" in at):
            self.values.setdefault(at["name"], []).append(at.get("value") or "")
        if tag == "textarea":
            self.area = at["name"]
            self.values[self.area] = [""]

    def handle_data(self, data):
        if self.area:
            self.values[self.area][0] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self.area = ""


def fields(response, action: str) -> dict[str, list[str]]:
    """What stands in the fields of the form of a page, hidden ones too."""
    parser = _Fields(action)
    parser.feed(response.content.decode())
    return parser.values


class Resident:
    """Somebody at a browser without cookies; every form seems to have been open for a while."""

    def __init__(self, course: Course, language: str = "fi"):
        self.client, self.language = Client(), language
        self.key = course.pages.first().translation_key
        self.page: Any = None

    def address(self, name: str = "signup", *args: Any) -> str:
        with translation.override(self.language):
            return reverse(name, args=args or [self.key])

    def open(self, query: str = ""):
        self.page = self.client.get(self.address() + query)
        return self.page

    def send(self, **typed: Any):
        """Fill in the form that is shown and send it."""
        shown = fields(self.page, self.address())
        sent = {**shown, "opened": aged(), **typed}
        self.page = self.client.post(self.address(), sent)
        return self.page


def aged(**ago: float) -> str:
    """The sign of a form that was opened a while ago, a minute unless it is told."""
    opened = timezone.now() - timedelta(**(ago or {"minutes": 1}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing.time, "time", opened.timestamp)
        return signing.TimestampSigner(salt=f"{SALT}.signup").sign("signup")


def course_with(*capacities: int | None, **fields: Any) -> Course:
    """A course whose page is public and whose groups, one for each capacity, meet in a week."""
    offering_fields = {
        name: fields.pop(name)
        for name in ("largest_group", "waiting_list_length")
        if name in fields
    }
    reserved = fields.pop("reserved", None)
    course = CourseFactory(offerings=None, **fields)
    for number, capacity in enumerate(capacities, start=1):
        offering = OfferingFactory(
            course=course, name=f"Ryhmä {number}", sessions=None, **offering_fields
        )
        starts = timezone.now() + timedelta(days=7)
        SessionFactory(offering=offering, starts_at=starts, ends_at=starts + timedelta(hours=2))
        change_capacity(offering, capacity, reserved=reserved)
    add_page(course)
    return course


def only(course: Course) -> Offering:
    """The group of a course that has one."""
    return course.offerings.get()


def mail_to(address: str) -> Message:
    """The latest mail to an address."""
    return Message.objects.filter(to=address).latest("pk")


def link_in(message: Message, part: str) -> str:
    """The path of the link in a mail that holds these words."""
    links = re.findall(r"https?://[^/\s]+(/\S+)", message.text)
    return next(link for link in links if part in link)


def signed_up(course: Course, address: str) -> SignUp:
    """The latest sign-up of an address."""
    return SignUp.objects.filter(offering__course=course, email=address).latest("pk")


def fill(course: Course) -> None:
    """Take every place of the course's group."""
    offering = only(course)
    for number in range(offering.capacity or 0):
        join(offering, f"early{number}", now=timezone.now())
