"""Participants are reminded in time or not at all, and of nothing that is off."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory, SessionFactory
from training.reminding import remind
from training.session_actions import cancel_session, move_session, set_join_link
from training.signups import messages
from training.signups.actions import cancel, change_capacity
from training.signups.reminders import Reminder, due, is_news

from .making import NOW, join, of

START = datetime(2027, 2, 1, 15, tzinfo=UTC)
WEEK, DAY, JOIN = Reminder


def before(**span: float) -> datetime:
    return START - timedelta(**span)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (before(days=7, seconds=1), []),
        (before(days=7), [WEEK]),
        (before(days=6, seconds=1), [WEEK]),
        (before(days=6), []),
        (before(days=1, seconds=1), []),
        (before(days=1), [DAY]),
        (before(hours=12, seconds=1), [DAY]),
        (before(hours=12), []),
        (before(minutes=60), [JOIN]),
        (before(seconds=1), [JOIN]),
        (START, []),
    ],
)
def test_each_reminder_has_its_time(now, expected):
    found = due(START, now, is_first=True, link_shown_before=timedelta(minutes=90))
    assert found == expected


def test_the_week_before_is_for_the_first_session_and_joining_for_those_with_a_link():
    assert due(START, before(days=7), is_first=False) == []
    assert due(START, before(minutes=30), is_first=True) == []


def test_one_is_told_to_join_when_the_page_shows_the_link():
    shown = timedelta(minutes=15)
    assert due(START, before(minutes=16), is_first=True, link_shown_before=shown) == []
    assert due(START, before(minutes=15), is_first=True, link_shown_before=shown) == [JOIN]


def test_who_has_just_heard_of_it_is_not_reminded_of_the_time():
    assert is_news(DAY, START, before(days=1))
    assert not is_news(DAY, START, before(hours=20))
    assert is_news(JOIN, START, before(minutes=10))


@pytest.fixture
def offering(db):
    """One participant (a), one who has not confirmed (b), one who waits (c)."""
    offering = OfferingFactory(sessions=None, course__title="Kurssi")
    SessionFactory(offering=offering, starts_at=START, ends_at=START + timedelta(hours=2))
    change_capacity(offering, 2, now=NOW)
    for who in "abc":
        join(offering, who, confirmed=who != "b")
    return offering


@pytest.fixture
def session(offering):
    return offering.sessions.get()


def reminded(who: str = "a") -> list[str]:
    """The kinds of reminders that somebody got, in order."""
    mails = Message.objects.filter(kind=messages.REMINDER, to=f"{who}@example.org")
    return [mail.key.rpartition(":")[2] for mail in mails.order_by("pk")]


def at(moment: datetime) -> str:
    """The worker, as if it were then."""
    out = StringIO()
    call_command("worker", "--once", "--at", moment.isoformat(), stdout=out)
    return out.getvalue()


def test_the_worker_reminds_each_participant_once(offering, session, settings):
    settings.REHEARSALS = True
    set_join_link(session, "https://meet.example.org/salainen", now=NOW)
    for moment in (
        *(before(days=8), before(days=7), before(days=6, hours=20)),
        *(before(hours=24), before(hours=23), before(hours=1), before(minutes=30)),
        *(START, START + timedelta(hours=1)),
    ):
        at(moment)
    assert reminded() == ["week", "day", "join"]
    bodies = "".join(
        mail.text + mail.html + mail.subject + mail.calendar for mail in Message.objects.all()
    )
    assert "salainen" not in bodies


def test_a_worker_that_was_away_tells_nothing_stale(offering, session):
    assert remind(before(days=5)) == 0
    assert remind(before(hours=11)) == 0
    assert remind(START + timedelta(minutes=1)) == 0
    assert reminded() == []


def test_each_session_has_its_day_before(offering, session):
    start = START + timedelta(days=7)
    SessionFactory(offering=offering, starts_at=start, ends_at=start + timedelta(hours=1))
    for days in (7, 1, 0, -6):
        remind(before(days=days))
    assert reminded() == ["week", "day", "day"]


def test_nobody_is_reminded_of_what_is_off(offering, session):
    cancel_session(session, now=NOW)
    assert remind(before(days=7)) == 0


def test_who_has_left_is_not_reminded(offering, session):
    cancel(of(offering, "a"), now=before(days=20))
    remind(before(days=7))
    remind(before(days=1))
    assert reminded() == []
    assert reminded("c") == ["week", "day"]  # who got the place


def test_a_moved_session_is_reminded_of_anew(offering, session):
    remind(before(days=1))
    later = {"starts_at": START + timedelta(days=7), "ends_at": START + timedelta(days=7, hours=1)}
    move_session(session, **later, now=before(hours=20))
    remind(before(days=0))  # a week before the new time
    remind(before(days=-6))
    assert reminded() == ["day", "week", "day"]


def test_a_move_to_tomorrow_is_told_once(offering, session):
    sooner = {"starts_at": before(days=20), "ends_at": before(days=19)}
    move_session(session, **sooner, now=before(days=20, hours=18))
    assert remind(before(days=20, hours=17)) == 0


def test_who_signs_up_the_day_before_is_not_reminded_at_once(offering, session):
    change_capacity(offering, 5, now=before(hours=20))
    join(offering, "d", now=before(hours=20))
    remind(before(hours=19))
    assert (reminded("a"), reminded("d")) == (["day"], [])


@pytest.mark.race
def test_two_workers_remind_once(offering, session, monkeypatch):
    """The second one looked before the first one wrote."""
    monkeypatch.setattr(messages, "stored", lambda keys: list(keys) and set())
    remind(before(days=1))
    remind(before(days=1))
    assert reminded() == ["day"]


def test_looking_costs_little_however_many_come(offering, session, django_assert_max_num_queries):
    change_capacity(offering, None, now=NOW)
    for number in range(20):
        join(offering, f"p{number}")
    with django_assert_max_num_queries(14):
        assert remind(before(days=1)) == 22  # with her who waited
    with django_assert_max_num_queries(4):
        assert remind(before(days=1)) == 0
