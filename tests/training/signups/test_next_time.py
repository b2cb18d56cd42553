"""Whoever comes too late is told of the next time: asked, confirmed, told once, forgotten."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory, SessionFactory
from tests.training.signups.courses import Resident, aged, course_with, link_in, mail_to
from training.signups import next_time
from training.signups.models import NextTime

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "aila@example.org"


@pytest.fixture
def offered(tree):
    """A public course with one group."""
    return course_with(1)


def ask(course, email: str = EMAIL, language: str = "fi"):
    address = Resident(course).address("next_time")
    return Client().post(address, {"email": email, "language": language, "opened": aged()})


def new_group(course):
    group = OfferingFactory(course=course, sessions=None)
    starts = timezone.now() + timedelta(days=30)
    SessionFactory(offering=group, starts_at=starts, ends_at=starts + timedelta(hours=2))
    return group


def test_a_wish_is_confirmed_by_mail_counted_told_once_and_forgotten(offered):
    assert ask(offered, language="sv").status_code == 303
    link = link_in(mail_to(EMAIL), "/next-time/")
    assert link.startswith("/sv/")
    assert NextTime.objects.confirmed().count() == 0
    Client().get(link), Client().head(link)
    assert NextTime.objects.confirmed().count() == 0
    assert Client().post(link).status_code == 303
    page = Client().get(Resident(offered).address("next_time"))
    assert page.context["enrolment"].waiting_for_next == 1
    assert next_time.tell_all(timezone.now()) == 0
    new_group(offered)
    assert next_time.tell_all(timezone.now()) == 1
    assert mail_to(EMAIL).kind == "next_time_told"
    assert link_in(mail_to(EMAIL), "/sv/courses/")
    assert not NextTime.objects.exists()
    assert next_time.tell_all(timezone.now()) == 0
    assert Client().get(link).status_code == 410


def test_nobody_is_told_of_a_group_that_is_not_open(offered):
    ask(offered)
    Client().post(link_in(mail_to(EMAIL), "/next-time/"))
    offered.enrolment_opens_at = timezone.now() + timedelta(days=1)
    offered.save()
    new_group(offered)
    assert next_time.tell(offered) == 0
    assert next_time.tell(offered, now=timezone.now() + timedelta(days=2)) == 1


def test_an_unconfirmed_wish_is_told_nothing_and_forgotten(offered):
    ask(offered)
    new_group(offered)
    assert next_time.tell(offered) == 0
    assert next_time.forget_unconfirmed(timezone.now() + timedelta(days=6)) == 0
    assert next_time.forget_unconfirmed(timezone.now() + timedelta(days=8)) == 1


def test_a_wish_is_ended_by_its_link(offered):
    ask(offered)
    link = link_in(mail_to(EMAIL), "/next-time/")
    assert Client().post(link, {"stop": "1"}).status_code == 200
    assert not NextTime.objects.exists()


@pytest.mark.leak
def test_nobody_learns_who_wants_to_hear(offered):
    first = ask(offered)
    Client().post(link_in(mail_to(EMAIL), "/next-time/"))
    again, stranger = ask(offered, "AILA@example.org"), ask(offered, "stranger@example.org")
    assert {first.url, again.url, stranger.url} == {Resident(offered).address("next_time_sent")}
    assert NextTime.objects.count() == 2
    assert Message.objects.filter(to=EMAIL, kind="next_time_confirm").count() == 1


def test_what_is_wrong_is_told_and_machines_are_thanked(offered):
    assert ask(offered, "nonsense").context["faults"]
    address = Resident(offered).address("next_time")
    done = Client().post(address, {"email": EMAIL, "opened": aged(), "homepage": "x"})
    assert done.status_code == 303
    late = Client().post(address, {"email": EMAIL, "language": "fi", "opened": ""})
    assert late.context["faults"]
    assert not NextTime.objects.exists()
