"""Writes what participants are to be told because a session is near or has just been changed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min, Q

from site_core.outbox.models import Message
from site_core.worker import stopping
from training.courses import Offering, Session
from training.sessions import SessionChange
from training.signups import messages
from training.signups.facts import Facts, facts_of
from training.signups.models import SignUp
from training.signups.reminders import AHEAD, Reminder, due, is_news
from training.telling import tell_of

LATE = timedelta(minutes=10)
"""For how long after a change somebody may turn up who was signing up while it was made."""
MEANWHILE = timedelta(minutes=1)
"""How long after a change a sign-up may have read what was before it."""


def remind(now: datetime) -> int:
    """Write the reminders that are due and not written yet; returns how many."""
    count = 0
    for session, kinds in _near(now):
        if stopping.asked():
            break
        count += sum(_remind_of(session, kind, now) for kind in kinds)
    return count


def tell_late(now: datetime) -> int:
    """Tell of a change those who signed up while it was made, whose mail knows nothing of it."""
    recent = SessionChange.objects.filter(
        at__gt=now - LATE, at__lte=now, session__offering__cancelled_at__isnull=True
    ).select_related("session__municipality", "session__offering__course__organisation")
    count, seen = 0, set()
    for change in recent.order_by("-at", "-pk"):
        if change.session_id in seen:  # the latest change is told
            continue
        seen.add(change.session_id)
        came = change.session.offering.signups.live()
        came = came.filter(created_at__gt=change.at - LATE, created_at__lte=change.at + MEANWHILE)
        with transaction.atomic():
            count += tell_of(change, list(came.order_by("pk")), now)
    return count


def _near(now: datetime) -> list[tuple[Session, list[Reminder]]]:
    """The sessions of which something is due, with what."""
    sessions = (
        Session.objects.held()
        .filter(starts_at__gt=now, starts_at__lte=now + AHEAD)
        .filter(offering__cancelled_at__isnull=True)
        .select_related("municipality", "offering__course__organisation", "join_link")
        .annotate(changed_at=Max("changes__at"))
        .order_by("starts_at", "pk")
    )
    firsts = dict(
        Offering.objects.filter(pk__in={session.offering_id for session in sessions})
        .annotate(first=Min("sessions__starts_at", filter=Q(sessions__cancelled_at=None)))
        .values_list("pk", "first")
    )
    found = []
    for session in sessions:
        link = getattr(session, "join_link", None) if session.is_remote else None
        kinds = due(
            session.starts_at,
            now,
            is_first=firsts.get(session.offering_id) == session.starts_at,
            link_shown_before=timedelta(minutes=link.shown_before) if link else None,
        )
        if kinds:
            found.append((session, kinds))
    return found


def _remind_of(session: Session, kind: Reminder, now: datetime) -> int:
    """Write one kind of reminder to every participant who has not got it and needs it."""
    people = session.offering.signups.filter(status=SignUp.Status.CONFIRMED).exclude(email="")
    keys = {messages.reminder_key(signup, kind, session): signup for signup in people}
    told = messages.stored(keys)
    facts: dict[str, Facts] = {}
    letters = []
    for key, signup in keys.items():
        heard_at = max(signup.changed_at, session.changed_at or signup.changed_at)
        if key in told or not is_news(kind, session.starts_at, heard_at):
            continue
        if signup.language not in facts:
            facts[signup.language] = facts_of(session.offering, signup.language)
        letters.append((signup, messages.reminder(signup, kind, session, facts[signup.language])))
    return _write(session, letters)


def _write(session: Session, letters: list[tuple[SignUp, Message]]) -> int:
    """Store what still holds: neither the session nor the sign-up has changed meanwhile."""
    if not letters:
        return 0
    with transaction.atomic():
        same = Session.objects.held().filter(pk=session.pk, sequence=session.sequence)
        if not same.select_for_update(no_key=True).exists():
            return 0
        pks = [signup.pk for signup, _letter in letters]
        coming = SignUp.objects.filter(pk__in=pks, status=SignUp.Status.CONFIRMED)
        still = set(coming.values_list("pk", flat=True))
        rows = [letter for signup, letter in letters if signup.pk in still]
        Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
