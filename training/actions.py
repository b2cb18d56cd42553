"""What changes a course, its groups and their sessions: each checks the right, does, logs, tells.

`by` is the person who does it; None is the system itself (demo, imports), which needs no right.
All raise PermissionDenied where a right is missing and ValidationError where the facts are wrong.
Telling means that the entries of the course's pages are written in the same transaction.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from site_core.organisations.models import Organisation
from site_core.pages.projection import projector
from training.courses import Course, Offering, Session
from training.rights import require_run
from training.sessions import Attendance, JoinLink, SessionChange
from training.signups.locks import alone, patiently
from training.signups.models import Seat
from training.telling import tell_added

OFFERING_FIELDS = (
    "name",
    "position",
    "minimum",
    "waiting_list_length",
    "largest_group",
    "cancel_until",
)
"""What `save_offering` changes of a stored group: all but its places."""


@transaction.atomic
def create_course(
    organisation: Organisation, *, title: str, by: Any = None, **fields: Any
) -> Course:
    """Make a course of the organisation with its first group, which every course has.

    Unless `languages` says otherwise it is held in the language its texts are in.
    """
    if by is not None and not _may_add(by, organisation):
        raise PermissionDenied
    course = Course(organisation=organisation, title=title, **fields)
    course.languages = course.languages or [course.text_language]
    course.full_clean(exclude=["organisation"])
    course.save()
    with override(course.text_language):
        Offering.objects.create(course=course, name=_("Group 1"))
    log(instance=course, action="wagtail.create", user=by)
    return course


@transaction.atomic
def change_course(course: Course, *, by: Any = None) -> None:
    """Store changed facts of a course.

    Its public texts stay as they are while a page of it is live, is being reviewed or waits for its
    day, unless `by` may publish: what an organisation tells the public is read by somebody else
    first, and stays what was read.
    """
    require_run(by, course)
    stored = Course.objects.get(pk=course.pk)
    if by is not None and not may_change_texts(by, stored):
        for name in Course.PUBLIC_TEXTS:
            setattr(course, name, getattr(stored, name))
    course.organisation_id = stored.organisation_id
    course.full_clean(exclude=["organisation"])
    course.save()
    log(instance=course, action="wagtail.edit", user=by)
    tell_pages(course)


@transaction.atomic
def choose_audience(course: Course, audience: str, *, by: Any = None) -> None:
    """Say for whom a course is that readers have not seen yet, as part of writing its page.

    For every member, like the page itself. Once a page of the course is live it is the trainers' to
    change, and nothing happens here.
    """
    if by is not None and not _may_add(by, course.organisation):
        raise PermissionDenied
    if course.audience != audience and not course.pages.filter(live=True).exists():
        course.audience = audience
        course.full_clean(exclude=["organisation"])
        course.save(update_fields=["audience"])
        log(instance=course, action="wagtail.edit", user=by)


def may_change_texts(by: Any, course: Course) -> bool:
    """Whether the person may change what the public reads of the course outside moderation."""
    return all(
        page.permissions_for_user(by).holds_publish_right()
        for page in course.pages.all()
        if page.live or page.workflow_in_progress or page.scheduled_revision is not None
    )


@transaction.atomic
def save_offering(
    offering: Offering,
    sessions: Iterable[Session] = (),
    *,
    removed: Iterable[Session] = (),
    by: Any = None,
) -> Offering:
    """Store a group, new or changed, with its new or changed sessions; `removed` ones are deleted.

    Once people have signed up, sessions are only added here: others are moved and cancelled
    (`training.session_actions`). Everybody is told of what is added. A stored group keeps its
    capacity, which `training.signups.actions.change_capacity` changes.
    """
    require_run(by, offering.course)
    is_new = offering.pk is None
    offering.full_clean()
    if is_new:
        offering.save()
    else:
        offering.save(update_fields=OFFERING_FIELDS)
    added = []
    for session in sessions:
        if session.pk is None:
            _require_held(offering)
            added.append(session)
        else:
            _require_unbound(session, offering)
            session.sequence += 1
            if not session.is_remote:
                JoinLink.objects.filter(session=session).delete()
        session.offering = offering
        session.full_clean()
        session.save()
    for session in removed:
        _require_unbound(session, offering)
        _delete_sessions(Session.objects.filter(pk=session.pk))
    log(instance=offering, action="wagtail.create" if is_new else "wagtail.edit", user=by)
    tell_added(offering, added, timezone.now())
    tell_pages(offering.course)
    return offering


@patiently
def remove_offering(offering: Offering, *, by: Any = None) -> None:
    """Remove a group with its sessions and its seats; one with sign-ups and the last one stay.

    A transaction of its own, like the verbs of sign-ups: call it outside any other.
    """
    require_run(by, offering.course)
    with alone(offering.pk):
        course = Course.objects.select_for_update().get(pk=offering.course_id)
        if not course.offerings.exclude(pk=offering.pk).exists():
            raise ValidationError(_("A course has at least one group."))
        Offering.objects.select_for_update().get(pk=offering.pk)  # nobody signs up from here on
        if offering.signups.exists():
            raise ValidationError(_("People have signed up for this group."))
        log(instance=offering, action="wagtail.delete", user=by, deleted=True)
        Seat.objects.filter(pool__offering=offering).delete()
        offering.pools.all().delete()
        _delete_sessions(offering.sessions.all())
        Offering.objects.filter(pk=offering.pk).delete()
        tell_pages(course)


def _may_add(by: Any, organisation: Organisation) -> bool:
    return policy_registry.get_by_type(Course).may_add_for(by, organisation)


def _require_unbound(session: Session, offering: Offering) -> None:
    """Refuse a stored session of another group, and one that people have signed up for."""
    if session.offering_id != offering.pk:
        raise ValidationError(_("The session belongs to another group."))
    if offering.signups.live().exists():
        raise ValidationError(
            _("People have signed up: move the session or cancel it, so that they are told.")
        )


def _require_held(offering: Offering) -> None:
    if offering.cancelled_at is not None:
        raise ValidationError(_("This group is cancelled."))


def _delete_sessions(sessions: QuerySet[Session]) -> None:
    for model in (SessionChange, JoinLink, Attendance):
        model.objects.filter(session__in=sessions).delete()
    sessions.delete()


def tell_pages(course: Course) -> None:
    """Write the entries of the course's pages, as part of the caller's transaction."""
    for page in course.pages.all():
        projector().project(page)
