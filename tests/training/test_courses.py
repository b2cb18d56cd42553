"""Course, group and session: what the database itself holds to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from tests.factories.training import CourseFactory, OfferingFactory, SessionFactory
from training.courses import Course, Offering, Session

START = datetime(2027, 1, 12, 7, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_at": START}, "end after"),
        ({"is_remote": False}, "Give the place"),
        ({"place": "Kirjasto"}, "no place"),
    ],
    ids=["no length", "nowhere", "remote at a place"],
)
def test_a_session_that_cannot_be_is_refused_in_words(fields, words):
    session = SessionFactory.build(
        offering=OfferingFactory(sessions=None), starts_at=START, ends_at=START + timedelta(hours=1)
    )
    for name, value in fields.items():
        setattr(session, name, value)
    with pytest.raises(ValidationError, match=words):
        session.full_clean()


@pytest.mark.parametrize(
    "fields",
    [{"ends_at": START - timedelta(hours=1)}, {"is_remote": False, "place": ""}],
    ids=["backwards", "nowhere"],
)
def test_and_by_the_database(fields):
    session = SessionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(starts_at=START, **fields)


def test_enrolment_closes_after_it_opens():
    course = CourseFactory(enrolment_opens_at=START)
    course.enrolment_closes_at = START
    with pytest.raises(ValidationError, match="close after"):
        course.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        course.save()


def test_a_group_has_one_name_in_a_course():
    offering = OfferingFactory(name="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferingFactory(course=offering.course, name="A")
    assert OfferingFactory(name="A").pk


def test_nothing_takes_what_hangs_on_it_along():
    course = CourseFactory()
    for row in (course.organisation, course, course.offerings.get()):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Session.objects.filter(offering__course=course).count() == 1


@pytest.mark.parametrize("count", [1, 20])
def test_a_programme_costs_the_same_for_any_number_of_courses(count, django_assert_num_queries):
    CourseFactory.create_batch(count)
    # courses, their groups, their sessions; no municipality is named
    with django_assert_num_queries(3):
        programme = [
            (course.title, offering.name, session.starts_at)
            for course in Course.objects.with_programme()
            for offering in course.offerings.all()
            for session in offering.sessions.all()
        ]
    assert len(programme) == count


def test_upcoming_sessions_are_those_that_have_not_ended():
    offering = OfferingFactory(sessions=None)
    hours = [
        SessionFactory(
            offering=offering,
            starts_at=START + timedelta(hours=hour),
            ends_at=START + timedelta(hours=hour + 1),
        )
        for hour in (2, 0, 1)
    ]
    now = START + timedelta(hours=1, minutes=30)
    assert list(Session.objects.upcoming(now)) == [hours[2], hours[0]]


def test_courses_of_organisations():
    course = CourseFactory()
    CourseFactory()
    assert list(Course.objects.of_organisations([course.organisation_id])) == [course]


def test_factories_make_valid_rows():
    course = CourseFactory()
    course.full_clean()
    Offering.objects.get(course=course).full_clean()
    Session.objects.get(offering__course=course).full_clean()
