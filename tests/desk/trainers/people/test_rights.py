"""Whose list it is: everybody else finds nothing, and foreign ids do nothing."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from site_core.organisations.models import Organisation
from site_core.outbox.models import Message
from tests.factories.organisations import MembershipFactory, PersonFactory
from tests.factories.training import OfferingFactory, SessionFactory
from training.sessions import Attendance
from training.signups.models import Attendee, SignUp

from .making import NAMES, Desk, address, desk_of, full_group

pytestmark = [pytest.mark.django_db, pytest.mark.permission]


def addresses(group) -> list[str]:
    waiting = SignUp.objects.queue().filter(offering=group).first()
    begun = group.sessions.first()
    return [
        *(address(group, name) for name in NAMES),
        address(group, "promote", waiting.pk),
        address(group, "cancel", waiting.pk),
        address(group, "session_attendance", begun.pk),
    ]


@pytest.fixture
def group():
    found = full_group()
    SessionFactory(offering=found, starts_at=timezone.now())
    found.sessions.order_by("pk").first().delete()
    return found


def outsider(group, which: str):
    own = group.course.organisation
    if which == "author":
        return MembershipFactory(organisation=own, role="author").user
    if which == "ended":
        return MembershipFactory(organisation=own, role="trainer", is_active=False).user
    if which == "foreign trainer":
        return MembershipFactory(role="trainer").user
    if which == "suspended":
        person = MembershipFactory(organisation=own, role="trainer").user
        Organisation.objects.filter(pk=own.pk).update(state="suspended")
        return person
    return PersonFactory()


@pytest.mark.parametrize("which", ["author", "ended", "foreign trainer", "suspended", "stranger"])
def test_nobody_else_finds_anything(group, which):
    client = Client()
    client.force_login(outsider(group, which))
    states = list(SignUp.objects.values_list("pk", "status"))
    for one in addresses(group):
        assert client.get(one).status_code in (404, 405), one
        assert client.post(one, {"format": "csv", "reason": "other"}).status_code == 404, one
    assert list(SignUp.objects.values_list("pk", "status")) == states


def test_a_visitor_is_led_to_the_log_in(group):
    for one in addresses(group):
        assert "/cms/login/" in Client().get(one)["Location"]


@pytest.mark.parametrize("role", ["trainer", "lead"])
def test_who_runs_the_course_finds_everything(group, role):
    desk = desk_of(group, role)
    for one in addresses(group):
        assert desk.client.get(one).status_code in (200, 405), one


def test_a_group_under_the_address_of_another_course_is_not_there(group):
    desk = desk_of(group)
    other = OfferingFactory(course__organisation=group.course.organisation)
    mixed = Desk(other, desk.person, desk.client)
    mixed.group.course_id = group.course_id
    assert mixed.get("people").status_code == 404


def test_ids_of_another_group_do_nothing(group):
    """Not even those of another group of the same trainer."""
    other = full_group(course__organisation=group.course.organisation)
    desk = desk_of(group)
    foreign = SignUp.objects.queue().filter(offering=other).first()
    person = Attendee.objects.filter(signup__offering=other).first()
    session = SessionFactory(offering=other, starts_at=timezone.now())
    begun = group.sessions.first()
    states = list(SignUp.objects.order_by("pk").values_list("pk", "status"))
    message = {
        "key": uuid.uuid4(),
        "text": "Hei",
        "language": "fi",
        "to": "chosen",
        "chosen": [foreign.pk],
    }
    mails = Message.objects.count()
    for name, more, fields in (
        ("promote", [foreign.pk], {"reason": "other", "adds": "yes"}),
        ("cancel", [foreign.pk], {}),
        ("session_attendance", [session.pk], {f"mark-{person.pk}": "present"}),
        ("session_attendance", [begun.pk], {f"mark-{person.pk}": "present"}),
        ("session_attendance", [begun.pk], {f"mark-{person.pk}": "present", "deed": "rest"}),
        ("message", [], message),
        ("message_send", [], message),
        ("message_send", [], {**message, "chosen": ["1 or 1"]}),
    ):
        assert desk.post(name, *more, **fields).status_code == 404, (name, fields)
    assert list(SignUp.objects.order_by("pk").values_list("pk", "status")) == states
    assert (Message.objects.count(), Attendance.objects.count()) == (mails, 0)
