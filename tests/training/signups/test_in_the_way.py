"""What stands in the way of a sign-up is told, and what was typed stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.models import Entry
from tests.training.signups.courses import (
    AILA,
    Resident,
    aged,
    course_with,
    fields,
    fill,
    only,
    signed_up,
)
from tests.training.signups.making import join, seats
from training.signups import actions, opening, views
from training.signups.arithmetic import FORM_HOLD
from training.signups.errors import Busy
from training.signups.models import NextTime, Seat, SignUp

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course(one_page):
    return one_page


def test_when_the_hold_runs_out_a_place_is_looked_for_again(long_course):
    first = long_course.offerings.first()
    aila = Resident(long_course)
    aila.open()
    page = aila.send(group=first.pk, size=1, role="-")
    Seat.objects.filter(state="held").update(held_until=timezone.now() - FORM_HOLD)
    again = aila.send(**AILA)
    assert fields(page, aila.address())["hold"] != fields(again, aila.address())["hold"]
    assert Seat.objects.filter(state="held", held_until__gt=timezone.now()).count() == 1


def test_who_loses_the_place_while_typing_is_told_and_may_wait(tree):
    course = course_with(1)
    aila = Resident(course)
    aila.open()
    fill(course)
    page = aila.send(**AILA)
    assert page.status_code == 200
    assert page.context["lost"]
    assert fields(page, aila.address())["name"] == ["Aila"]
    assert not SignUp.objects.filter(email=AILA["email"]).exists()
    assert aila.send().status_code == 303
    assert signed_up(course, AILA["email"]).status == "waiting"


def test_on_a_full_course_one_is_told_first_that_one_waits(course):
    fill(course)
    join(only(course), "next", now=timezone.now())
    aila = Resident(course)
    page = aila.open()
    assert fields(page, aila.address())["queue"] == ["1"]
    assert page.context["place"].waiting == 1
    assert aila.send(**AILA).status_code == 303
    assert signed_up(course, AILA["email"]).status == "waiting"


def test_without_a_waiting_list_a_full_course_offers_the_next_time(tree):
    course = course_with(1, waiting_list_length=0)
    aila = Resident(course)
    aila.open()
    fill(course)
    page = aila.send(**AILA)
    assert ("name", "Aila") in page.context["typed"]
    assert fields(page, aila.address("next_time"))["email"] == ["aila@example.org"]
    NextTime.objects.create(
        course=course, email="x@example.org", confirmed_at=timezone.now(), created_at=timezone.now()
    )
    assert aila.open().context["enrolment"].waiting_for_next == 1
    assert SignUp.objects.count() == 1


def test_another_group_is_offered_where_one_is_full(tree):
    course = course_with(1, 1, waiting_list_length=0)
    first, second = course.offerings.all()
    aila = Resident(course)
    aila.open(f"?group={first.pk}")
    join(first, "early", now=timezone.now())
    page = aila.send()
    assert [fault.field for fault in page.context["faults"]] == ["group"]
    assert aila.send(group=second.pk).context["step"] == "who"


def test_a_group_larger_than_its_places_is_told_so_and_does_not_wait_for_ever(tree):
    course = course_with(2, largest_group=3)
    aila = Resident(course)
    aila.open()
    page = aila.send(size=3)
    assert [fault.field for fault in page.context["faults"]] == ["size"]
    assert seats(only(course)) == {"free": 2}


def at_the_door(course, **change):
    """The answer to a form that was opened before the course changed so."""
    aila = Resident(course)
    aila.open()
    for name, value in change.items():
        setattr(course, name, value)
    course.save()
    return aila.send(**AILA)


def test_a_course_that_closes_while_typing_says_so_and_keeps_the_text(course):
    page = at_the_door(course, enrolment_closes_at=timezone.now() - timedelta(minutes=1))
    assert page.status_code == 200
    assert ("name", "Aila") in page.context["typed"]
    assert page.context["offers_next_time"]
    assert not SignUp.objects.exists()


def test_a_course_that_is_not_open_yet_says_when_it_opens(course):
    opens = timezone.now() + timedelta(days=2)
    page = at_the_door(course, enrolment_opens_at=opens)
    assert page.context["opens"]
    assert not page.context["offers_next_time"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_cancelled_course_takes_nobody(course, whole):
    aila = Resident(course)
    aila.open()
    if whole:
        course.offerings.update(cancelled_at=timezone.now())
    else:
        only(course).sessions.update(cancelled_at=timezone.now())
    page = aila.send(**AILA)
    assert ("name", "Aila") in page.context["typed"]
    assert not SignUp.objects.exists()


def test_a_course_that_is_over_takes_nobody(course):
    past = timezone.now() - timedelta(days=1)
    only(course).sessions.update(starts_at=past - timedelta(hours=2), ends_at=past)
    assert Resident(course).open().context["reason"]


@pytest.mark.leak
def test_a_course_without_a_public_page_is_not_there_and_the_text_is_kept(course):
    aila = Resident(course)
    aila.open()
    Entry.objects.update(is_public=False)
    page = aila.send(**AILA)
    assert page.status_code == 404
    assert ("name", "Aila") in page.context["typed"]
    assert course.title not in page.content.decode()
    for name in ("next_time", "course_calendar", "signup"):
        assert aila.client.get(aila.address(name)).status_code == 404


@pytest.mark.fault
@pytest.mark.parametrize("verb", ["hold", "claim"])
def test_too_many_at_once_is_no_fault_and_nothing_is_lost(course, monkeypatch, verb):
    def busy(*_args, **_kwargs):
        raise Busy

    aila = Resident(course)
    aila.open()
    with monkeypatch.context() as patch:
        patch.setattr(actions, verb, busy)
        page = aila.send(**AILA)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert fields(page, aila.address())["name"] == ["Aila"]
    assert aila.send().status_code == 303
    assert SignUp.objects.count() == 1


def test_machines_get_the_thanks_and_nothing_is_kept(course):
    aila = Resident(course)
    for machine in ({"homepage": "x"}, {"opened": aged(seconds=1)}):
        aila.open()
        assert aila.send(**AILA, **machine).url == aila.address("signup_sent")
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("opened", ["", "x"])
def test_a_form_open_for_too_long_comes_back_with_its_text(course, opened):
    aila = Resident(course)
    aila.open()
    page = aila.send(**AILA, opened=opened or aged(hours=25))
    assert page.context["faults"]
    assert fields(page, aila.address())["name"] == ["Aila"]
    assert aila.send().status_code == 303


def test_one_network_and_one_address_sign_up_only_so_often(course, monkeypatch):
    monkeypatch.setattr(opening, "SENT_TO_AN_ADDRESS_A_DAY", 1)
    aila = Resident(course)
    aila.open()
    assert aila.send(**AILA).status_code == 303
    aila.open()
    page = aila.send(**{**AILA, "email": "AILA@example.org"})
    assert page.status_code == 429
    assert fields(page, aila.address())["name"] == ["Aila"]
    monkeypatch.setattr(opening, "SENT_AN_HOUR", 1)
    assert aila.send(email="other@example.org").status_code == 429


def test_one_network_holds_only_so_many_seats_and_still_signs_up(long_course, monkeypatch):
    monkeypatch.setattr(views, "HOLDS_IN_TEN_MINUTES", 1)
    group = long_course.offerings.first().pk
    for _ in range(3):
        aila = Resident(long_course)
        aila.open()
        assert aila.send(group=group, size=1, role="-").context["step"] == "who"
    assert Seat.objects.filter(state="held").count() == 1
