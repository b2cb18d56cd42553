"""Mail reaches a real mail server, whatever that server does."""

import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from site_core.outbox import delivery
from site_core.outbox.clock import forget_old
from site_core.outbox.delivery import MailServerError, built, deliver_due
from site_core.outbox.models import Message
from site_core.outbox.verdicts import RETRIES
from site_core.worker import stopping
from tests.support.smtp import HANG_UP, Sink, point_to, serve

from .making import later, note, notes, states

pytestmark = pytest.mark.django_db


def fields(key: str) -> tuple:
    message = Message.objects.get(key=key)
    return message.state, message.attempts, message.last_error


def test_what_is_written_arrives_once(sink):
    written = notes(3)
    assert deliver_due(timezone.now()) == 3
    assert deliver_due(later(hours=1)) == 0
    assert [mail["Message-ID"] for mail in sink.mails] == [each.message_id for each in written]
    assert states() == ["sent"] * 3


def test_a_mail_is_plain_and_says_that_a_machine_sent_it(sink, settings):
    message = note(to="Aino@example.org")
    deliver_due(timezone.now())
    (mail,) = sink.mails
    assert (mail["To"], mail["From"]) == ("Aino@example.org", settings.DEFAULT_FROM_EMAIL)
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "fi")
    assert mail.get_body(("plain",)).get_content().splitlines() == message.text.splitlines()
    assert "A&amp;O" in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "subject", ["Odottaa sinua: ”Jokivarren kuuntelupuhelin”", "Short", "Ä" * 200, "Long " * 40]
)
def test_a_subject_of_any_length_arrives_as_it_was_written(sink, subject):
    message = note()
    Message.objects.filter(pk=message.pk).update(subject=subject.strip())
    deliver_due(timezone.now())
    (mail,) = sink.mails
    assert mail["Subject"] == subject.strip()


def test_a_mail_is_the_same_each_time():
    message = note()
    first, second = (
        message_from_bytes(built(message).message().as_bytes(), policy=policy.default)
        for _ in range(2)
    )
    for header in ("Message-ID", "Date", "Subject", "To"):
        assert first[header] == second[header]


def test_a_batch_goes_over_one_connection(sink):
    notes(20)
    deliver_due(timezone.now())
    assert (len(sink.mails), sink.sessions) == (20, 1)


def test_each_mail_costs_one_query(sink):
    def queries(count: int) -> int:
        notes(count)
        with CaptureQueriesContext(connection) as found:
            deliver_due(timezone.now())
        Message.objects.all().delete()
        return len(found)

    assert queries(12) - queries(2) == 10


def test_a_refusal_for_now_is_tried_again_after_a_while(sink):
    sink.refuse = lambda mail, number: "450 greylisted" if number == 1 else None
    note()
    assert deliver_due(timezone.now()) == 0
    assert fields("note") == ("failed", 1, "450 greylisted")
    assert deliver_due(timezone.now()) == 0
    assert deliver_due(later(seconds=RETRIES[0].total_seconds() + 1)) == 1
    assert fields("note") == ("sent", 2, "")
    assert len(sink.mails) == 1


def test_a_refusal_for_good_ends_it_and_stops_no_other(sink):
    sink.refuse_recipient = lambda address: "550 nobody" if address[:2] == "p1" else None
    notes(3)
    assert deliver_due(timezone.now()) == 2
    assert states() == ["sent", "dead", "sent"]
    assert fields("note 1") == ("dead", 1, "550 nobody")


def test_after_the_last_retry_it_is_given_up(sink):
    sink.refuse = lambda mail, number: "451 not now"
    note()
    moment = timezone.now()
    for wait in RETRIES:
        deliver_due(moment)
        assert states() == ["failed"]
        moment += wait
    deliver_due(moment)
    assert fields("note") == ("dead", len(RETRIES) + 1, "451 not now")
    assert sink.seen == len(RETRIES) + 1


def test_mail_that_cannot_be_written_is_given_up_at_once(sink):
    note("bad", to="ei osoite")
    Message.objects.update(subject="Otsikko\nBcc: kaikki@example.org")
    note("good")
    assert deliver_due(timezone.now()) == 1
    assert states() == ["dead", "sent"]


@pytest.mark.parametrize("pipelining", [True, False])
def test_each_refusal_is_understood_with_pipelining_and_without(sink, pipelining):
    sink.pipelining = pipelining
    sink.refuse_recipient = lambda address: "550 nobody" if address[:2] == "p1" else None
    sink.refuse = lambda mail, number: "452 full" if mail["To"][:2] == "p2" else None
    notes(4)
    assert deliver_due(timezone.now()) == 2
    assert states() == ["sent", "dead", "failed", "sent"]
    assert [fields(f"note {number}")[2] for number in (1, 2)] == ["550 nobody", "452 full"]


@pytest.mark.parametrize("pipelining", [True, False])
def test_every_text_arrives_as_it_was(sink, pipelining):
    sink.pipelining = pipelining
    text = ".\n..\n.alku\nČáhci ŋ 水\n" + "pitkä " * 300 + "\n.\nloppu"
    note(answer=text)
    deliver_due(timezone.now())
    (mail,) = sink.mails
    assert text in mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


@pytest.mark.fault
def test_a_sender_that_is_refused_blames_no_mail(sink):
    sink.refuse_sender = "550 who are you?"
    notes(2)
    with pytest.raises(MailServerError, match="550"):
        deliver_due(timezone.now())
    assert states() == ["queued"] * 2


@pytest.mark.fault
def test_an_hour_without_a_mail_server_loses_nothing_and_blames_no_mail(settings):
    sink = Sink()
    point_to(sink, settings)
    notes(5)
    start = timezone.now()
    for minutes in range(0, 61, 5):
        with pytest.raises(MailServerError):
            deliver_due(start + timedelta(minutes=minutes))
    assert states() == ["queued"] * 5
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    with serve(sink):
        assert deliver_due(start + timedelta(minutes=65)) == 5
    assert len(sink.mails) == len(sink.ids) == 5


@pytest.mark.fault
def test_a_server_that_refuses_us_kills_no_mail(sink, settings):
    settings.EMAIL_USE_TLS = True  # the sink offers none
    notes(3)
    with pytest.raises(MailServerError):
        deliver_due(timezone.now())
    assert states() == ["queued"] * 3
    settings.EMAIL_USE_TLS = False
    assert deliver_due(timezone.now()) == 3


@pytest.mark.fault
def test_one_mail_that_breaks_the_connection_waits_and_the_others_go(sink):
    sink.refuse = lambda mail, number: HANG_UP if mail["To"] == "p1@example.org" else None
    notes(4)
    assert deliver_due(timezone.now()) == 3
    assert states() == ["sent", "failed", "sent", "sent"]
    sink.refuse = lambda mail, number: None
    assert deliver_due(later(minutes=2)) == 1
    assert set(sink.ids.values()) == {1}


@pytest.mark.fault
def test_a_server_that_hangs_up_each_time_is_left_alone(sink):
    sink.refuse = lambda mail, number: HANG_UP
    notes(6)
    with pytest.raises(MailServerError):
        deliver_due(timezone.now())
    assert (sink.seen, states()) == (2, ["failed"] * 2 + ["queued"] * 4)
    sink.refuse = lambda mail, number: None
    assert deliver_due(later(minutes=2)) == 6
    assert set(sink.ids.values()) == {1}


@pytest.mark.fault
def test_a_slow_server_leaves_the_other_loops_their_turn(sink, monkeypatch):
    sink.stall = 0.4
    monkeypatch.setattr(delivery, "BUDGET", 1)
    notes(10)
    began = time.monotonic()
    sent = deliver_due(timezone.now())
    assert 1 <= sent < 10
    assert time.monotonic() - began < 4
    assert states() == ["sent"] * sent + ["queued"] * (10 - sent)
    sink.stall = 0
    assert deliver_due(timezone.now()) == 10 - sent
    assert set(sink.ids.values()) == {1}


@pytest.mark.fault
def test_a_server_that_stalls_is_given_up_and_nothing_is_lost(sink, settings):
    settings.EMAIL_TIMEOUT = 0.3
    sink.stall = 0.8
    notes(4)
    with pytest.raises(MailServerError):
        deliver_due(timezone.now())
    assert states() == ["failed"] * 2 + ["queued"] * 2
    settings.EMAIL_TIMEOUT, sink.stall = 5, 0
    deliver_due(later(minutes=2))
    assert states() == ["sent"] * 4
    assert len(sink.ids) == 4


def test_asked_to_stop_it_ends_after_the_current_mail(sink):
    sink.on_taken = lambda count: stopping.ask() if count == 2 else None
    notes(5)
    assert deliver_due(timezone.now()) == 2
    assert states() == ["sent"] * 2 + ["queued"] * 3
    assert not Message.objects.exclude(lease="").exists()


def test_sent_mail_is_forgotten_after_thirty_days_and_dead_mail_after_ninety(sink):
    sink.refuse_recipient = lambda address: "550 nobody" if address[:2] == "p1" else None
    notes(2)
    deliver_due(timezone.now())
    assert forget_old(later(days=29)) == 0
    assert forget_old(later(days=31)) == 1
    assert states() == ["dead"]
    assert forget_old(later(days=89)) == 0
    assert forget_old(later(days=91)) == 1
