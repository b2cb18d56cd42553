"""A group, or a course with all its groups, that is not held: everybody's sign-up is over.

The verbs are transactions of their own, since seats are given back: call them outside any other.
Each sign-up gets one mail, which takes the sessions out of its calendar.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from training.actions import tell_pages
from training.courses import Course, Offering
from training.rights import require_run
from training.session_actions import cancelled
from training.sessions import SessionChange
from training.signups import messages
from training.signups.facts import Facts, facts_of
from training.signups.locks import alone, patiently
from training.signups.models import Seat, SignUp
from training.signups.settling import NOBODYS, cancelling_draft, change, settle

Status = SignUp.Status


@patiently
def cancel_offering(
    offering: Offering, *, note: str = "", by: Any = None, now: datetime | None = None
) -> None:
    """Cancel what is still to come of a group, and all its sign-ups; done twice it is done once.

    `note` is told to the participants. Raises PermissionDenied, ValidationError and Busy.
    """
    now = now or timezone.now()
    require_run(by, offering.course)
    with alone(offering.pk):
        row = Offering.objects.select_for_update(no_key=True).get(pk=offering.pk)
        if row.cancelled_at is None:
            _cancel_sessions(row, note, by, now)
            row.cancelled_at = now
            row.save(update_fields=["cancelled_at"])
            _end_all(row, note, now)
            log(instance=row, action="training.cancel_offering", user=by)
            tell_pages(row.course)
    offering.cancelled_at = row.cancelled_at


def cancel_course(
    course: Course, *, note: str = "", by: Any = None, now: datetime | None = None
) -> None:
    """Cancel every group of a course, one after the other."""
    require_run(by, course)
    for offering in course.offerings.select_related("course__organisation"):
        cancel_offering(offering, note=note, by=by, now=now)


def end_late(now: datetime) -> int:
    """End the sign-ups of those who came in while their group was being cancelled."""
    late = Offering.objects.filter(cancelled_at__isnull=False, signups__status__in=SignUp.LIVE)
    count = 0
    for offering in late.distinct():
        with alone(offering.pk):
            count += _end_all(offering, "", now)
    return count


def _cancel_sessions(offering: Offering, note: str, by: Any, now: datetime) -> None:
    coming = offering.sessions.upcoming(now).select_for_update(no_key=True)
    changes = [cancelled(session, note, by, now) for session in coming]
    for each in changes:
        each.full_clean(exclude=["session", "by"])
    SessionChange.objects.bulk_create(changes)


def _end_all(offering: Offering, note: str, now: datetime) -> int:
    """End every live sign-up; composed under the lock, for which nobody waits any more."""
    rows = offering.signups.live().order_by("pk").select_for_update(no_key=True)
    facts: dict[str, Facts] = {}
    for signup in (found := list(rows)):
        if signup.language not in facts:
            facts[signup.language] = facts_of(offering, signup.language)
        Seat.objects.filter(signup=signup).update(state=Seat.State.KEPT, **NOBODYS)
        told = {"note": note, "facts": facts[signup.language], "now": now}
        drafts = cancelling_draft(signup, offering, messages.COURSE_CANCELLED, **told)
        over = {"status": Status.CANCELLED, "confirm_until": None}
        change(signup, offering, messages.COURSE_CANCELLED, now, drafts, **over)
    settle(offering, now)
    return len(found)
