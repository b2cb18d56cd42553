"""Who sends a mail at the moment, and what became of it.

A batch is claimed by one UPDATE under a random lease, and each mail's outcome is written by an
UPDATE that still finds that lease: a worker that was given up for dead changes nothing any more.
"""

import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from .models import Message

BATCH = 50
LEASE = timedelta(minutes=5)
"""Longer than a batch can take; a killed worker's mails are free after that."""
ERROR_LENGTH = 300

State = Message.State

# In SQL because it is the one write of each mail: the ORM takes three times as long to phrase it.
_SENT = f"""
    UPDATE {Message._meta.db_table}
    SET state = '{State.SENT}', over_at = %(now)s, last_error = '', attempts = attempts + 1,
        lease = '', lease_until = NULL{{more}}
    WHERE id = %(pk)s AND lease = %(lease)s AND state = '{State.SENDING}'
"""
SENT_KEEPING = _SENT.format(more="")
SENT_ERASING = _SENT.format(more=", text = '', html = '', calendar = ''")


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
    with connection.cursor() as cursor:
        cursor.execute(
            SENT_KEEPING if message.shows_body else SENT_ERASING,
            {
                "now": connection.ops.adapt_datetimefield_value(now),
                "pk": message.pk,
                "lease": message.lease,
            },
        )
        return bool(cursor.rowcount)


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
