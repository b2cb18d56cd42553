"""Courses with a group and a session, as a trainer would make them."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from tests.factories.organisations import OrganisationFactory
from training.courses import Course, Offering, Session


class SessionFactory(DjangoModelFactory):
    """A remote session of two hours; each lies a week after the one made before."""

    class Meta:
        model = Session

    offering = factory.SubFactory("tests.factories.training.OfferingFactory", sessions=None)
    starts_at = factory.Sequence(
        lambda number: datetime(2027, 1, 12, 7, tzinfo=UTC) + timedelta(weeks=number % 2000)
    )
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))
    is_remote = True


class OfferingFactory(DjangoModelFactory):
    """A group with one session."""

    class Meta:
        model = Offering
        skip_postgeneration_save = True

    course = factory.SubFactory("tests.factories.training.CourseFactory", offerings=None)
    name = factory.Sequence(lambda number: f"Group {number}")
    sessions = factory.RelatedFactory(SessionFactory, factory_related_name="offering")


class CourseFactory(DjangoModelFactory):
    """A course with one group, the least a course has."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda number: f"Course {number}")
    languages = factory.LazyFunction(lambda: ["fi"])
    offerings = factory.RelatedFactory(OfferingFactory, factory_related_name="course")
