"""Who was there: marked by the trainer, for a whole session at once."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from training.courses import Session
from training.rights import require_run
from training.sessions import Attendance
from training.signups.models import Attendee, SignUp


@transaction.atomic
def mark_attendance(
    session: Session,
    marks: Mapping[int, str | None],
    *,
    by: Any,
    now: datetime | None = None,
) -> int:
    """Write down who was at a session, by key of the attendee; None takes a mark back.

    Whoever is not named stays as she is. Marks of people whose place is not confirmed (any more)
    are left out; returns how many were kept. Raises ValidationError for people of another group,
    for a mark there is not, and where the session has not begun or was cancelled.
    """
    require_run(by, session.offering.course)
    if not may_be_marked(session, now or timezone.now()):
        raise ValidationError(_("Attendance is marked once the session has begun."))
    own = Attendee.objects.filter(pk__in=marks, signup__offering=session.offering_id)
    status_of = dict(own.values_list("pk", "signup__status"))
    if set(marks) - set(status_of) or {*marks.values()} - {None, *Attendance.Mark.values}:
        raise ValidationError(_("This is not a participant of the group."))
    kept = {pk: mark for pk, mark in marks.items() if status_of[pk] == SignUp.Status.CONFIRMED}
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, attendee_id=pk, mark=mark)
            for pk, mark in kept.items()
            if mark
        ],
        update_conflicts=True,
        unique_fields=["session", "attendee"],
        update_fields=["mark"],
    )
    taken_back = [pk for pk, mark in kept.items() if mark is None]
    if taken_back:
        Attendance.objects.filter(session=session, attendee__in=taken_back).delete()
    counts = Counter(mark or "taken back" for mark in kept.values())
    data = {"session": session.pk, **counts}
    log(instance=session.offering, action="training.mark_attendance", user=by, data=data)
    return len(kept)


def may_be_marked(session: Session, now: datetime) -> bool:
    """Whether it has begun and was not cancelled."""
    return session.cancelled_at is None and session.starts_at <= now
