"""Attendance: for confirmed participants of a session that has begun, all at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from tests.factories.organisations import MembershipFactory, PersonFactory
from tests.factories.training import SessionFactory
from training.sessions import Attendance
from training.signups.attendance import mark_attendance
from training.signups.models import Attendee

from .making import NOW, join, offering_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """One that has begun, of a group in which Aino has the place and Veikko waits."""
    offering = offering_with(1)
    join(offering, "a", None, names=["Aino"])
    join(offering, "v", None, names=["Veikko"])
    return SessionFactory(offering=offering, starts_at=NOW)


def pk_of(name: str) -> int:
    return Attendee.objects.get(name=name).pk


def mark(session, marks, **more) -> int:
    return mark_attendance(session, marks, **{"by": None, "now": NOW, **more})


def marks() -> dict[str, str]:
    return dict(Attendance.objects.values_list("attendee__name", "mark"))


def test_a_mark_is_set_changed_and_taken_back(session):
    for given in ("present", "excused", "absent"):
        assert mark(session, {pk_of("Aino"): given}) == 1
        assert marks() == {"Aino": given}
    mark(session, {pk_of("Aino"): None})
    assert marks() == {}


def test_whoever_is_not_confirmed_gets_no_mark(session):
    assert mark(session, {pk_of("Aino"): "present", pk_of("Veikko"): "present"}) == 1
    assert marks() == {"Aino": "present"}


def test_people_of_another_group_and_unknown_marks_are_refused(session):
    join(offering_with(1), "f", None, names=["Foreign"])
    for wrong in ({pk_of("Foreign"): "present"}, {0: "present"}, {pk_of("Aino"): "late"}):
        with pytest.raises(ValidationError):
            mark(session, {pk_of("Aino"): "present", **wrong})
    assert marks() == {}


def test_not_before_it_begins_and_not_where_it_is_cancelled(session):
    with pytest.raises(ValidationError):
        mark(session, {pk_of("Aino"): "present"}, now=NOW - timedelta(seconds=1))
    session.cancelled_at = NOW
    with pytest.raises(ValidationError):
        mark(session, {pk_of("Aino"): "present"})
    assert marks() == {}


@pytest.mark.permission
def test_only_who_runs_the_course_marks_and_the_log_names_nobody(session):
    own = session.offering.course.organisation
    for person in (PersonFactory(), MembershipFactory(organisation=own, role="author").user):
        with pytest.raises(PermissionDenied):
            mark(session, {pk_of("Aino"): "present"}, by=person)
    trainer = MembershipFactory(organisation=own, role="trainer").user
    mark(session, {pk_of("Aino"): "present"}, by=trainer)
    entry = ModelLogEntry.objects.get(action="training.mark_attendance")
    assert (entry.user, entry.data) == (trainer, {"session": session.pk, "present": 1})


def test_two_hundred_cost_as_much_as_two():
    counts = []
    for people in (2, 200):
        offering = offering_with(None)
        signup = join(offering, "a", None, names=["Aino"]).signup
        Attendee.objects.bulk_create(Attendee(signup=signup, name="x") for _n in range(people))
        session = SessionFactory(offering=offering, starts_at=NOW)
        given = dict.fromkeys(signup.attendees.values_list("pk", flat=True), "present")
        mark(session, given)
        with CaptureQueriesContext(connection) as caught:
            mark(session, given)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 6
