"""Who may run a course: change it and its groups, see who has signed up, and act for them.

Trainers and leads of its organisation, and staff by Django's permission `training.change_course`.
Authors write its page. The one policy behind it is registered for `Course` when the app starts.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from site_core.organisations.models import Membership
from site_core.organisations.owned import OwnedPolicy
from training.courses import Course

RUNNERS = (Membership.Role.LEAD, Membership.Role.TRAINER)


def course_policy() -> OwnedPolicy:
    """The policy to register for `Course`. Any member may add one: it comes with its page."""
    return OwnedPolicy(Course, "organisation", member_actions={"view", "change"}, roles=RUNNERS)


def may_run(user: Any, course: Course) -> bool:
    """Whether the person may change the course and see and act for its participants."""
    policy = policy_registry.get_by_type(Course)
    return policy.user_has_permission_for_instance(user, "change", course)


def may_run_some(user: Any) -> bool:
    """Whether there may be a course that she may run."""
    return policy_registry.get_by_type(Course).user_has_permission(user, "change")


def run_by(user: Any) -> QuerySet[Course]:
    """The courses that the person may run; what is not among them is not there for her: 404."""
    return policy_registry.get_by_type(Course).instances_user_has_permission_for(user, "change")


def require_run(by: Any, course: Course) -> None:
    """Raise PermissionDenied unless `by` may run the course; None is the system itself."""
    if by is not None and not may_run(by, course):
        raise PermissionDenied
