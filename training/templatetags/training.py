"""Template filters of courses."""

from typing import Any

from django import template

from training.courses import Course
from training.rights import may_run

register = template.Library()


@register.filter
def runs(user: Any, course: Course) -> bool:
    """Whether the person may run the course."""
    return may_run(user, course)
