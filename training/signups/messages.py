"""The mails about sign-ups, in the participant's language.

One for each change of status: composed before the locks are taken and written under them, and its
key holds the sign-up's version, so a change that is told twice is told once. The others are about
sessions; theirs holds the session and its `sequence`. All carry the link to the participant's own
page and are therefore erased once sent. None carries the link that a session is joined over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from site_core.dates import format_date, format_span, format_time
from site_core.outbox.actions import compose, send
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.models import Message
from training.calendars import Address, invitation, withdrawal
from training.courses import Offering, Session
from training.sessions import SessionChange
from training.signups.facts import Facts, facts_of, title_of, told, where
from training.signups.links import confirm_url, mine_url
from training.signups.models import SignUp
from training.signups.reminders import Reminder

CONFIRM = "signup_confirm"
CONFIRMED = "signup_confirmed"
WAITING = "signup_waiting"
PROMOTED = "signup_promoted"
CANCELLED = "signup_cancelled"
LAPSED = "signup_lapsed"
COURSE_CANCELLED = "signup_course_cancelled"
ALREADY = "signup_already"
ADDED = "signup_added"
MOVED = "signup_moved"
SESSION_CANCELLED = "signup_session_cancelled"
LINK_CHANGED = "signup_link_changed"
REMINDER = "signup_reminder"
MESSAGE = "signup_message"
CHANGES = (CONFIRM, CONFIRMED, WAITING, PROMOTED, CANCELLED, LAPSED, COURSE_CANCELLED)
"""Kinds that tell of a change of status, each with exactly one mail."""
ENDS = (CANCELLED, LAPSED, COURSE_CANCELLED)
KINDS = (*CHANGES, ALREADY, ADDED, MOVED, SESSION_CANCELLED, LINK_CHANGED, REMINDER, MESSAGE)

Status = SignUp.Status


def register() -> None:
    """Make the outbox know these kinds; called once at start-up. Their links let one act."""
    for code in KINDS:
        register_kind(MessageKind(code, templates=f"emails/{code}", keeps_body=False))


def letter(
    kind: str,
    signup: SignUp,
    offering: Offering,
    *,
    was: str = "",
    note: str = "",
    facts: Facts | None = None,
    now: datetime | None = None,
) -> Message:
    """The mail about a change of the sign-up, as it stands in memory, not written yet.

    `was` is its status before: a place that is lost leaves the calendar. `note` is in the trainer's
    words.
    """
    now = now or timezone.now()
    facts = facts or facts_of(offering, signup.language)
    events: list[Session] = []
    if kind in ENDS and was == Status.CONFIRMED:
        events = facts.not_over(now)
    elif kind not in ENDS and signup.status == Status.CONFIRMED:
        events = facts.coming(now)
    return compose(
        kind,
        to=signup.email,
        language=signup.language,
        key=key_of(kind, signup),
        context=context_of(signup, offering, facts=facts, now=now) | _note(note, offering),
        calendar=_calendar(signup, facts, events, gone=kind in ENDS, now=now),
    )


def key_of(kind: str, signup: SignUp) -> str:
    """Names the mail in the outbox: once for each sign-up, kind and version."""
    return f"{kind}:{signup.key}:{signup.version}"


def send_already(signup: SignUp, now: datetime) -> None:
    """To a contact who signs up again: how things stand. Once in an hour."""
    send(
        ALREADY,
        to=signup.email,
        language=signup.language,
        key=f"{key_of(ALREADY, signup)}:{now:%Y%m%d%H}",
        context=context_of(signup, signup.offering),
    )


def change_letter(
    signup: SignUp, change: SessionChange, facts: Facts, offering: Offering, now: datetime
) -> Message:
    """The mail about a session that was moved or cancelled; it changes a participant's calendar."""
    is_moved = change.kind == SessionChange.Kind.MOVED
    session = change.session
    events = [session] if signup.status == Status.CONFIRMED else []
    context = {
        "before": format_span(change.starts_at, change.ends_at),
        "place_before": where(change, signup.language),
        "session": told([session], signup.language)[0],
    }
    kind = MOVED if is_moved else SESSION_CANCELLED
    return compose(
        kind,
        to=signup.email,
        language=signup.language,
        key=session_key(kind, signup, session),
        context=context_of(signup, offering, facts=facts, now=now)
        | context
        | _note(change.note, offering),
        calendar=_calendar(signup, facts, events, gone=not is_moved, now=now),
    )


def added_letter(
    signup: SignUp, sessions: Sequence[Session], facts: Facts, offering: Offering, now: datetime
) -> Message:
    """The mail about sessions, one at least, that a group has gained."""
    events = sessions if signup.status == Status.CONFIRMED else []
    return compose(
        ADDED,
        to=signup.email,
        language=signup.language,
        key=session_key(ADDED, signup, sessions[0]),
        context=context_of(signup, offering, facts=facts, now=now)
        | {"added": told(sessions, signup.language)},
        calendar=_calendar(signup, facts, events, gone=False, now=now),
    )


def link_letter(signup: SignUp, session: Session, version: int, facts: Facts) -> Message:
    """Tells a participant that a session is joined over another link now, and where to look."""
    return compose(
        LINK_CHANGED,
        to=signup.email,
        language=signup.language,
        key=f"{session_key(LINK_CHANGED, signup, session)}:{version}",
        context=context_of(signup, session.offering, facts=facts)
        | {"session": told([session], signup.language)[0]},
    )


def reminder(signup: SignUp, kind: Reminder, session: Session, facts: Facts) -> Message:
    """Tells a participant that a session is near."""
    when = {
        "reminder": kind.value,
        "date": format_date(session.starts_at),
        "time": format_time(session.starts_at),
        "session": told([session], signup.language)[0],
    }
    return compose(
        REMINDER,
        to=signup.email,
        language=signup.language,
        key=reminder_key(signup, kind, session),
        context=context_of(signup, session.offering, facts=facts) | when,
    )


def stored(keys: Iterable[str]) -> set[str]:
    """Those of the keys under which a mail has been written."""
    return set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def reminder_key(signup: SignUp, kind: Reminder, session: Session) -> str:
    """Names a reminder: once for each sign-up, kind, session and time of the session."""
    return f"{session_key(REMINDER, signup, session)}:{kind.value}"


def session_key(kind: str, signup: SignUp, session: Session) -> str:
    """Names a mail about a session: once for each sign-up, kind, session and change of it."""
    return f"{kind}:{signup.key}:{session.uid}:{session.sequence}"


def message(
    signup: SignUp, text: str, *, number: str, facts: Facts, offering: Offering, language: str = ""
) -> Message:
    """What the trainer writes to a participant; `number` names it, `language` is the text's."""
    return compose(
        MESSAGE,
        to=signup.email,
        language=signup.language,
        key=f"{MESSAGE}:{signup.key}:{number}",
        context=context_of(signup, offering, facts=facts) | _note(text, offering, language),
    )


def context_of(
    signup: SignUp,
    offering: Offering,
    *,
    facts: Facts | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """What every template may name; beside the links nothing of it is personal."""
    facts = facts or facts_of(offering, signup.language)
    coming = facts.coming(now or timezone.now())
    until = offering.cancel_until
    has_to_confirm = signup.confirm_until is not None and signup.status in SignUp.LIVE
    return {
        "course": facts.course,
        "group": facts.group,
        "people": signup.size,
        "status": signup.status,
        "sessions": told(coming, signup.language),
        "is_remote": any(each.is_remote for each in coming),
        "position": position_of(signup) if signup.status == Status.WAITING else None,
        "cancel_until": until and f"{format_date(until)} {format_time(until)}",
        "confirm": confirm_url(signup, signup.language) if has_to_confirm else "",
        "mine": mine_url(signup, signup.language) if signup.status in SignUp.LIVE else "",
    }


def position_of(signup: SignUp) -> int:
    """A place in the queue, from 1; that of a newcomer who is not written yet is the last one."""
    ahead = SignUp.objects.queue().filter(pool=signup.pool_id)
    if signup.pk is not None:
        ahead = ahead.filter(pk__lt=signup.pk)
    return ahead.count() + 1


def title_in(offering: Offering, language: str) -> str:
    """What the course is called on its page: in the language, else in any, else at its desk."""
    return title_of(offering, language)[0]


def _note(text: str, offering: Offering, language: str = "") -> dict[str, str]:
    return {"note": text.strip(), "note_language": language or offering.course.text_language}


def _calendar(
    signup: SignUp, facts: Facts, sessions: Iterable[Session], *, gone: bool, now: datetime
) -> str:
    mark = withdrawal if gone else invitation
    attendee = Address(signup.email)
    return "".join(
        mark(facts.entry(each), organizer=facts.organizer, attendee=attendee, now=now).decode()
        for each in sessions
    )
