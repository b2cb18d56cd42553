"""Tells those who have signed up of what happens to sessions, as part of the deed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from site_core.outbox.models import Message
from training.courses import Offering, Session
from training.sessions import SessionChange
from training.signups import messages
from training.signups.facts import Facts, facts_of
from training.signups.models import SignUp


def tell_of(change: SessionChange, signups: Iterable[SignUp], now: datetime) -> int:
    """Write the mail about a change to each of them that has none yet; returns how many."""
    session, offering = change.session, change.session.offering
    kind = messages.MOVED if change.kind == SessionChange.Kind.MOVED else messages.SESSION_CANCELLED
    told = messages.stored(messages.session_key(kind, signup, session) for signup in signups)
    new = [signup for signup in signups if messages.session_key(kind, signup, session) not in told]
    return written(
        messages.change_letter(signup, change, facts, offering, now)
        for signup, facts in each(offering, new)
    )


def tell_added(offering: Offering, sessions: Sequence[Session], now: datetime) -> int:
    """Write one mail about sessions that a group gains to each live sign-up; returns how many."""
    if not sessions:
        return 0
    return written(
        messages.added_letter(signup, sessions, facts, offering, now)
        for signup, facts in each(offering, offering.signups.live().order_by("pk"))
    )


def each(offering: Offering, signups: Iterable[SignUp]) -> Iterable[tuple[SignUp, Facts]]:
    """Each one who has an address, with the facts in her language, read once for each."""
    facts: dict[str, Facts] = {}
    for signup in signups:
        if signup.email:
            if signup.language not in facts:
                facts[signup.language] = facts_of(offering, signup.language)
            yield signup, facts[signup.language]


def written(letters: Iterable[Message]) -> int:
    """Store mails; returns how many."""
    return len(Message.objects.bulk_create(letters))
