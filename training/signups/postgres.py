"""Writing a sign-up with its seats in one statement of PostgreSQL.

The ORM needs six statements and several times the time, while the seats stay locked; and a rush is
when it counts. What the statements do is what `portable` says, but a sign-up that is there already
is no error: PostgreSQL would write the address into its log.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from site_core.outbox.models import Message
from training.signups.locks import LOCK_TIMEOUT
from training.signups.models import Answer, Attendee, Pool, Seat, SignUp
from training.signups.portable import Entry

SEATS, SIGNUPS, POOLS, PEOPLE, ANSWERS = (
    model._meta.db_table for model in (Seat, SignUp, Pool, Attendee, Answer)
)
VALUE = Answer._meta.get_field("value")

OWN_OR_FREE = "(state = 'free' OR (state = 'held' AND hold = %(hold)s AND held_until > %(now)s))"
PICKED = f"""
    picked AS MATERIALIZED (
        SELECT id FROM {SEATS} WHERE pool_id = %(pool)s AND {{takeable}}
        ORDER BY state DESC, id LIMIT {{needed}} FOR UPDATE {{skip_locked}})"""
NEEDED = (
    f"(SELECT CASE WHEN places IS NULL THEN 0 ELSE %(size)s END FROM {POOLS} WHERE id = %(pool)s)"
)
WRITTEN = f"""
    people AS (
        INSERT INTO {PEOPLE} (signup_id, name, position)
        SELECT made.id, given.name, given.position
        FROM made, unnest(%(names)s::text[]) WITH ORDINALITY AS given(name, position)),
    answered AS (
        INSERT INTO {ANSWERS} (signup_id, question_id, value)
        SELECT made.id, given.question, given.value
        FROM made, unnest(%(questions)s::bigint[], %(answers)s::text[]) AS given(question, value))
    {{mailed}}"""
MAILED = ", mailed AS ({insert} SELECT {message} FROM made)"
SEAT = f"""
    WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', %(patience)s, true)),
    {{picked}},
    made AS ({{insert_signup}} SELECT {{signup}} FROM patience
        WHERE (SELECT count(*) FROM picked) = {NEEDED} ON CONFLICT DO NOTHING RETURNING id),
    seated AS (
        UPDATE {SEATS} SET state = %(seat_state)s, held_until = %(held_until)s, hold = '',
            signup_id = made.id
        FROM made, picked WHERE {SEATS}.id = picked.id),
    {WRITTEN}
    SELECT id FROM made"""
ROOM = f"""AND (SELECT count(*) FROM {SIGNUPS}
            WHERE offering_id = %(offering)s AND status = 'waiting') < %(length)s"""
QUEUE = f"""
    WITH {{picked}},
    made AS ({{insert_signup}} SELECT {{signup}}
        WHERE (SELECT count(*) FROM picked) < {NEEDED}
            AND EXISTS (SELECT 1 FROM {POOLS} WHERE id = %(pool)s AND (role = '' OR places > 0))
            {{room}}
        ON CONFLICT DO NOTHING RETURNING id),
    kept AS (
        UPDATE {SEATS} SET state = 'kept'
        FROM made, picked WHERE {SEATS}.id = picked.id AND {SEATS}.state = 'free'),
    {WRITTEN}
    SELECT id FROM made"""


def seat(entry: Entry, now: datetime, *, waits: bool = True) -> bool:
    """As `portable.seat`."""
    return _run(SEAT, entry, now, waits=waits, seat_state=entry.seat_state.value)


def queue(entry: Entry, now: datetime, length: int | None) -> bool:
    """As `portable.queue`."""
    return _run(QUEUE, entry, now, waits=True, length=length)


def _run(statement: str, entry: Entry, now: datetime, *, waits: bool, **more: Any) -> bool:
    signup = entry.signup
    picked = PICKED.format(
        takeable=OWN_OR_FREE if entry.hold else "state = 'free'",
        needed=NEEDED,
        skip_locked="" if waits else "SKIP LOCKED",
    )
    values = {
        "now": now,
        "pool": signup.pool_id,
        "offering": signup.offering_id,
        "size": signup.size,
        "hold": entry.hold,
        "held_until": signup.confirm_until,
        "names": list(entry.names),
        "questions": [question for question, _ in entry.answers],
        "answers": [VALUE.get_db_prep_save(value, connection) for _, value in entry.answers],
        "patience": LOCK_TIMEOUT,
        **more,
        **_values(signup, "signup"),
    }
    mailed = ""
    if entry.message is not None:
        values |= _values(entry.message, "message")
        mailed = MAILED.format(insert=_insert(Message), message=_places(Message, "message"))
    text = statement.format(
        picked=picked,
        insert_signup=_insert(SignUp),
        signup=_places(SignUp, "signup"),
        mailed=mailed,
        room="" if more.get("length") is None else ROOM,
    )
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        row = cursor.fetchone()
    if row is None:
        return False
    signup.pk = row[0]
    signup._state.adding, signup._state.db = False, connection.alias
    return True


@cache
def _columns(model: type[models.Model]) -> tuple[models.Field, ...]:
    return tuple(field for field in model._meta.local_concrete_fields if not field.primary_key)


@cache
def _insert(model: type[models.Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _columns(model))
    return f"INSERT INTO {model._meta.db_table} ({columns})"


@cache
def _places(model: type[models.Model], prefix: str) -> str:
    return ", ".join(f"%({prefix}_{field.column})s" for field in _columns(model))


def _values(row: models.Model, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}_{field.column}": field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in _columns(type(row))
    }
