"""What the mails about sign-ups tell: when, where, what to do; and what calendars do with them."""

import pytest
from django.utils import timezone

from site_core.dates import format_span
from site_core.outbox.models import Message
from tests.factories.training import SessionFactory
from training.courses import Session
from training.signups import messages
from training.signups.actions import cancel, change_capacity, confirm, sweep

from .making import NOW, events, join, later, mail_to, of, offering_with

pytestmark = pytest.mark.django_db


def session_of(offering, **fields) -> Session:
    """Its one session, with facts of its own."""
    offering.sessions.update(**fields)
    return offering.sessions.get()


def own_page(signup, language="fi") -> str:
    """How the address of her page begins; the rest depends on the second."""
    return f"/{language}/courses/mine/{signup.key.hex}:"


def test_who_has_a_place_reads_when_and_where_and_how_to_cancel():
    offering = offering_with(1, cancel_until=later(days=1))
    session = session_of(offering, is_remote=False, place="Kirjasto")
    signup = join(offering, "a").signup
    mail = mail_to(signup, messages.CONFIRMED)
    for body in (mail.text, mail.html):
        assert format_span(session.starts_at, session.ends_at) in body
        assert "Kirjasto" in body
        assert own_page(signup) in body
        assert "5.1.2027 11.00" in body
    assert f"<li>{format_span(session.starts_at, session.ends_at)}, Kirjasto</li>" in mail.html


def test_a_place_comes_into_the_calendar_and_leaves_it():
    offering = offering_with(1)
    second = SessionFactory(offering=offering)
    signup = join(offering, "a").signup
    came = events(mail_to(signup, messages.CONFIRMED))
    assert [method for method, _ in came] == ["REQUEST", "REQUEST"]
    assert str(second.uid) in came[1][1]["UID"]
    assert all(event["ATTENDEE"] == "mailto:a@example.org" for _, event in came)
    assert all(event["ORGANIZER"].params["CN"] for _, event in came)
    cancel(signup, now=later(minutes=1))
    left = events(mail_to(signup, messages.CANCELLED))
    assert [method for method, _ in left] == ["CANCEL", "CANCEL"]
    assert [event["UID"] for _, event in left] == [event["UID"] for _, event in came]
    assert all(event["STATUS"] == "CANCELLED" for _, event in left)


def test_nothing_comes_into_the_calendar_before_the_place_is_hers():
    offering = offering_with(1)
    signup = join(offering, "a", confirmed=False).signup
    join(offering, "b")
    assert mail_to(signup, messages.CONFIRM).calendar == ""
    assert mail_to(of(offering, "b"), messages.WAITING).calendar == ""
    confirm(signup, now=later(minutes=1))
    assert [method for method, _ in events(mail_to(signup, messages.CONFIRMED))] == ["REQUEST"]
    cancel(signup, now=later(minutes=2))
    promoted = events(mail_to(of(offering, "b"), messages.PROMOTED))
    assert [method for method, _ in promoted] == ["REQUEST"]


def test_who_leaves_the_queue_had_nothing_in_the_calendar():
    offering = offering_with(1)
    join(offering, "a")
    waiting = join(offering, "b").signup
    cancel(waiting, now=NOW)
    assert mail_to(waiting, messages.CANCELLED).calendar == ""


def test_who_has_to_confirm_gets_the_link_for_it_and_others_do_not():
    offering = offering_with(1)
    signup = join(offering, "a", confirmed=False).signup
    first = mail_to(signup, messages.CONFIRM)
    for body in (first.text, first.html):
        assert own_page(signup) in body
        assert "/confirm/" in body
    confirm(signup, now=NOW)
    assert "/confirm/" not in mail_to(signup, messages.CONFIRMED).text


def test_who_was_promoted_unconfirmed_gets_the_link_for_it():
    offering = offering_with(0)
    signup = join(offering, "a", confirmed=False).signup
    assert "/confirm/" in mail_to(signup, messages.WAITING).text
    change_capacity(offering, 1, now=NOW)
    mail = mail_to(signup, messages.PROMOTED)
    assert "/confirm/" in mail.text
    assert mail.calendar == ""
    sweep(later(days=2))
    assert "/mine/" not in mail_to(signup, messages.LAPSED).text


def test_who_waits_reads_her_place_in_the_queue():
    offering = offering_with(1)
    for who in "abc":
        join(offering, who)
    assert "2" in mail_to(of(offering, "c"), messages.WAITING).text
    assert messages.position_of(of(offering, "c")) == 2
    cancel(of(offering, "b"), now=NOW)
    assert messages.position_of(of(offering, "c")) == 1


@pytest.mark.parametrize("language", ["sv", "se", "smn", "sms"])
def test_a_mail_is_in_the_participants_language(language):
    offering = offering_with(1)
    signup = join(offering, "a", language=language).signup
    mail = mail_to(signup, messages.CONFIRMED)
    assert mail.language == language
    assert f'<html lang="{language}"' in mail.html
    assert own_page(signup, language) in mail.text


def test_sessions_that_are_over_or_cancelled_are_not_told():
    offering = offering_with(1)
    over = session_of(offering, starts_at=later(days=-3), ends_at=later(days=-2))
    gone, coming = SessionFactory.create_batch(2, offering=offering)
    Session.objects.filter(pk=gone.pk).update(cancelled_at=NOW)
    signup = join(offering, "a").signup
    draft = messages.letter(messages.CONFIRMED, signup, offering, now=NOW)
    assert [event["UID"].partition("@")[0] for _, event in events(draft)] == [str(coming.uid)]
    assert format_span(over.starts_at, over.ends_at) not in draft.text
    assert format_span(gone.starts_at, gone.ends_at) not in draft.text


def test_composing_costs_a_few_queries_however_many_sessions(django_assert_max_num_queries):
    offering = offering_with(1)
    SessionFactory.create_batch(30, offering=offering)
    signup = join(offering, "a").signup
    signup.status = "waiting"
    with django_assert_max_num_queries(4):
        messages.letter(messages.WAITING, signup, offering, now=timezone.now())


@pytest.mark.leak
def test_no_mail_about_a_sign_up_is_shown_to_operators():
    signup = join(offering_with(1), "a").signup
    assert not mail_to(signup, messages.CONFIRMED).shows_body
    assert not any(Message(kind=kind).shows_body for kind in messages.KINDS)
