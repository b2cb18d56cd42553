"""Who sends a mail at the moment, and what became of it.

A batch is claimed by one UPDATE under a random lease, and each mail's outcome is written by an
UPDATE that still finds that lease: a worker that was given up for dead changes nothing any more.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Value, When

from .kinds import KINDS
from .models import Message

BATCH = 50
LEASE = timedelta(minutes=5)
"""Longer than a batch can take; a killed worker's mails are free after that."""
ERROR_LENGTH = 300

State = Message.State


def claim_batch(now: datetime) -> list[Message]:
    """Take the next mails that are due, at most `BATCH`, the longest waiting first.

    PostgreSQL skips rows that another worker is just claiming; SQLite has one writer at a time.
    """
    lease = secrets.token_hex(16)
    with transaction.atomic():
        due = Message.objects.due(now).select_for_update(skip_locked=True)
        claimed = Message.objects.filter(pk__in=due.values("pk")[:BATCH]).update(
            state=State.SENDING, lease=lease, lease_until=now + LEASE
        )
    if not claimed:
        return []
    return list(Message.objects.filter(lease=lease).order_by("next_try_at", "pk"))


def mark_sent(message: Message, now: datetime) -> bool:
    """The server has taken it. False where the lease was lost."""
    kind = KINDS.get(message.kind)
    erased = {} if kind and kind.keeps_body else {"text": "", "html": ""}
    return _end(message, state=State.SENT, over_at=now, last_error="", **erased)


def mark_failed(message: Message, line: str, *, next_try_at: datetime) -> bool:
    """It is to be tried again later. False where the lease was lost."""
    return _end(message, state=State.FAILED, next_try_at=next_try_at, last_error=_short(line))


def mark_dead(message: Message, line: str, now: datetime) -> bool:
    """It is given up; an operator decides. False where the lease was lost."""
    return _end(message, state=State.DEAD, over_at=now, last_error=_short(line))


def give_back(messages: list[Message]) -> None:
    """Leave mails that were claimed and not tried as they were."""
    for lease in {message.lease for message in messages}:
        untried = [message.pk for message in messages if message.lease == lease]
        Message.objects.filter(pk__in=untried, lease=lease).update(
            **_FREE,
            state=Case(When(attempts=0, then=Value(State.QUEUED)), default=Value(State.FAILED)),
        )


_FREE = {"lease": "", "lease_until": None}


def _end(message: Message, **fields) -> bool:
    held = Message.objects.filter(pk=message.pk, lease=message.lease, state=State.SENDING)
    return bool(held.update(**_FREE, attempts=F("attempts") + 1, **fields))


def _short(line: str) -> str:
    return line[:ERROR_LENGTH]
