"""Erases what has served (`retention` says when), and what a person asks to be erased or told of.

Nothing here writes an address, a name or an answer to a log.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Max, Q, QuerySet, Subquery, When
from django.db.models.expressions import OuterRef
from django.utils import timezone
from wagtail.log_actions import log

from site_core.outbox.models import Message
from site_core.worker import stopping
from training.courses import Session
from training.questions import Question
from training.rights import require_run
from training.sessions import Attendance, JoinLink, SessionChange
from training.signups import messages, next_time
from training.signups.locks import alone, patiently
from training.signups.models import Answer, Attendee, NextTime, SignUp
from training.signups.retention import (
    ANSWERS,
    JOIN,
    NEEDS,
    TOLD,
    WHO,
    WISH,
    WITHOUT_SESSIONS,
    Keeping,
    erased_before,
)
from training.signups.settling import end, promotion_drafts, settle

PART = 200
"""How many sign-ups are erased in one transaction."""


def purge(now: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Erase all that has served, and tell how much of each; with `dry_run` only tell."""
    counts = {
        "needs": _delete(_needs(now), dry_run),
        "answers": sum(_delete(rows, dry_run) for rows in _answers(now)),
        "links to join": _delete(_links(now), dry_run),
        "wishes": _delete(_wishes(now), dry_run),
        "notes": _blank_notes(now, dry_run),
    }
    named = _of_somebody(_ended(SignUp.objects.all(), WHO, now))
    counts["sign-ups"] = named.count() if dry_run else _in_parts(named, _erase_who)
    return counts


@patiently
def erase_now(signup: SignUp, *, by: Any = None, now: datetime | None = None) -> None:
    """Erase who a sign-up is of and all she said, and end it (GDPR, art. 17).

    She may ask for it at any time, through her own link (`by` None) or the trainer. Her seat goes
    to whoever waits first. There is no mail about it: her address is gone. A transaction of its
    own; raises Busy.
    """
    now, offering = now or timezone.now(), signup.offering
    require_run(by, offering.course)
    drafts = promotion_drafts(offering)
    with alone(offering.pk):
        row = SignUp.objects.select_for_update(no_key=True).get(pk=signup.pk)
        if row.status in SignUp.LIVE:
            end(row, offering, SignUp.Status.CANCELLED, now, drafts)
            settle(offering, now, drafts)
        if row.email:
            for wish in NextTime.objects.of_contact(row.email).filter(course=offering.course_id):
                next_time.stop(wish)
        Answer.objects.filter(signup=row).delete()
        _erase_who([row])
        log(instance=offering, action="training.erase_signup", user=by, data={"signup": row.pk})


def data_of(signup: SignUp) -> dict[str, Any]:
    """All that is stored of a sign-up, as plain values (GDPR, art. 15)."""
    answers = signup.answers.select_related("question").order_by("question__position", "pk")
    marks = Attendance.objects.filter(attendee__signup=signup).select_related("session", "attendee")
    mails = Message.objects.filter(pk__in=[mail.pk for mail in _mails_of([signup])])
    return {
        "course": messages.title_in(signup.offering, signup.language),
        "group": signup.offering.name,
        "email": signup.email,
        "language": signup.language,
        "status": signup.status,
        "people": [person.name for person in signup.attendees.order_by("position", "pk")],
        "signed_up": signup.created_at.isoformat(),
        "status_since": signup.changed_at.isoformat(),
        "address_confirmed": signup.address_confirmed_at
        and signup.address_confirmed_at.isoformat(),
        "hears_of_next_time": NextTime.objects.of_contact(signup.email)
        .filter(course=signup.offering.course_id)
        .exists(),
        "answers": [
            {"question": answer.question and answer.question.text, "answer": answer.value}
            for answer in answers
        ],
        "attendance": [
            {
                "session": mark.session.starts_at.isoformat(),
                "person": mark.attendee.name,
                "mark": mark.mark,
            }
            for mark in marks.order_by("session__starts_at", "pk")
        ],
        "mails": [
            {"subject": mail.subject, "written": mail.created_at.isoformat()}
            for mail in mails.order_by("pk")
        ],
    }


def _ended(
    signups: QuerySet[SignUp], keeping: Keeping, now: datetime, days: int | None = None
) -> QuerySet[SignUp]:
    """Those whose data of this class has served: the course is over for so long, or they are."""
    last = Case(When(cancelled_at__isnull=True, then=F("ends_at")), default=F("cancelled_at"))
    ends = Session.objects.filter(offering=OuterRef("offering")).order_by().values("offering")
    before = erased_before(keeping, now, days=days)
    course = Q(ended__lt=before) | Q(ended__isnull=True, changed_at__lt=before - WITHOUT_SESSIONS)
    over = Q(status__in=SignUp.OVER, changed_at__lt=erased_before(keeping, now, is_over=True))
    ended = Subquery(ends.annotate(last=Max(last)).values("last"))
    return signups.alias(ended=ended).filter(course | over)


def _of_somebody(signups: QuerySet[SignUp]) -> QuerySet[SignUp]:
    """Those that still say who it is."""
    named = Attendee.objects.exclude(name="").values("signup")
    return signups.filter(~Q(email="") | Q(pk__in=named))


def _needs(now: datetime) -> QuerySet[Answer]:
    served = _ended(SignUp.objects.all(), NEEDS, now)
    return Answer.objects.filter(question__isnull=True, signup__in=served.values("pk"))


def _answers(now: datetime) -> list[QuerySet[Answer]]:
    return [
        Answer.objects.filter(
            question__kept=kept,
            signup__in=_ended(SignUp.objects.all(), ANSWERS, now, kept).values("pk"),
        )
        for kept in Question.Kept.values
    ]


def _links(now: datetime) -> QuerySet[JoinLink]:
    return JoinLink.objects.filter(session__ends_at__lt=erased_before(JOIN, now))


def _wishes(now: datetime) -> QuerySet[NextTime]:
    return NextTime.objects.filter(created_at__lt=erased_before(WISH, now))


def _delete(rows: QuerySet, dry_run: bool) -> int:
    return rows.count() if dry_run else rows.delete()[0]


def _blank_notes(now: datetime, dry_run: bool) -> int:
    before = erased_before(TOLD, now)
    later = Session.objects.filter(ends_at__gte=before).values("offering")
    notes = SessionChange.objects.exclude(note="").filter(
        session__ends_at__lt=before, at__lt=before
    )
    notes = notes.exclude(session__offering__in=later)
    return notes.count() if dry_run else notes.update(note="")


def _in_parts(rows: QuerySet[SignUp], deed: Callable[[list[SignUp]], None]) -> int:
    count = 0
    while not stopping.asked():
        with transaction.atomic():
            part = list(rows.order_by("pk").select_for_update(no_key=True, of=["self"])[:PART])
            if part:
                deed(part)
        count += len(part)
        if len(part) < PART:
            break
    return count


def _erase_who(signups: list[SignUp]) -> None:
    """Erase addresses and names, and the mails that went to them."""
    pks = [signup.pk for signup in signups]
    mails = [mail.pk for mail in _mails_of(signups)]
    Message.objects.filter(pk__in=mails).delete()
    Attendee.objects.filter(signup__in=pks).update(name="")
    SignUp.objects.filter(pk__in=pks).update(email="")


def _mails_of(signups: list[SignUp]) -> list[Message]:
    """The mails about sign-ups, which their keys name."""
    keys = {str(signup.key) for signup in signups}
    addresses = {signup.email for signup in signups} - {""}
    mails = Message.objects.filter(kind__in=messages.KINDS, to__in=addresses).only("pk", "key")
    return [mail for mail in mails if mail.key.split(":")[1] in keys]
