"""Courses to sign up for."""

import pytest

from tests.training.signups.courses import course_with
from training.questions import Question


@pytest.fixture
def one_page(tree):
    """One group with two places, which takes one page."""
    return course_with(2)


@pytest.fixture
def long_course(tree):
    """Two groups, several people, a role, needs and questions: all there can be."""
    course = course_with(5, 5, largest_group=3, reserved={"Carers": 2}, asks_needs=True)
    Question.objects.create(course=course, text="Which phone?", kind="choice", choices=["A", "B"])
    Question.objects.create(course=course, text="May we?", kind="consent", required=True)
    return course
