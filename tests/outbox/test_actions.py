"""Mail is written in the transaction of what it tells about, once for each key."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from site_core.outbox import actions
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.links import absolute
from site_core.outbox.models import Message
from tests.factories.organisations import PersonFactory

from .making import CONTEXT, NOTE, note

pytestmark = pytest.mark.django_db


def test_a_rolled_back_deed_leaves_no_mail():
    with transaction.atomic():
        note()
        assert Message.objects.count() == 1
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_the_same_key_writes_one_mail():
    first = note("a")
    assert note("a", to="toinen@example.org", answer="Muu") == first
    assert note("b") != first
    assert Message.objects.count() == 2
    assert first.message_id != note("b").message_id


def test_without_an_address_nothing_is_written():
    assert note(to="") is None
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("language", "kept", "subject"),
    [
        ("fi", "fi", "Vastaus palautteeseesi"),
        ("sv", "sv", "Svar på din respons"),
        ("smn", "smn", "Vastaus palautteeseesi"),
        ("en", "fi", "Vastaus palautteeseesi"),
        ("", "fi", "Vastaus palautteeseesi"),
    ],
)
def test_it_speaks_the_recipients_language(language, kept, subject):
    message = note(language=language)
    assert message.language == kept
    assert message.subject == f"{subject} SP-0001"
    assert f'<html lang="{kept}"' in message.html


def test_text_is_plain_and_html_is_escaped():
    message = note(answer="A & <b>O</b>")
    assert "A & <b>O</b>" in message.text
    assert "<span" not in message.text
    assert "A &amp; &lt;b&gt;O&lt;/b&gt;" in message.html
    assert "<script" not in message.html
    assert "http" not in message.html.lower().replace("http-equiv", "")


def test_a_subject_is_one_short_line():
    message = note(reference="SP\n\rBcc: kaikki@example.org " + "x" * 300)
    assert "\n" not in message.subject
    assert "\r" not in message.subject
    assert len(message.subject) == 200


def test_an_unknown_kind_is_a_programming_error():
    with pytest.raises(ImproperlyConfigured):
        actions.send("nothing", to="a@example.org", language="fi", key="a", context={})


def test_a_kind_has_a_code_of_its_own():
    assert register_kind(NOTE) == NOTE
    with pytest.raises(ImproperlyConfigured):
        register_kind(MessageKind(NOTE.code, templates="elsewhere"))


def test_links_are_absolute(settings):
    settings.BASE_URL = "https://palvelut.example.fi"
    assert absolute("/desk/") == "https://palvelut.example.fi/desk/"


def test_writing_costs_two_queries_beside_the_savepoint():
    note("warm")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        note("a")
    real = [query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(real) == 2  # is it there, the row


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_deeds_at_once_one_writes():
    barrier, written = Barrier(4), []

    def deed() -> None:
        barrier.wait()
        written.append(note("same").pk)
        connection.close()

    threads = [Thread(target=deed) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 4
    assert set(written) == {Message.objects.get().pk}


def dead() -> Message:
    message = note()
    Message.objects.update(state=Message.State.DEAD, attempts=11, over_at=timezone.now())
    message.refresh_from_db()
    return message


@pytest.mark.permission
def test_only_operators_try_again():
    message = dead()
    with pytest.raises(PermissionDenied):
        actions.retry(message, by=PersonFactory())
    message.refresh_from_db()
    assert message.state == Message.State.DEAD


def test_what_was_given_up_is_tried_again_once():
    message, operator = dead(), PersonFactory(is_superuser=True)
    identity = message.message_id
    actions.retry(message, by=operator)
    assert (message.state, message.attempts) == (Message.State.QUEUED, 0)
    assert message.message_id == identity
    assert ModelLogEntry.objects.filter(action="outbox.retry", user=operator).count() == 1
    with pytest.raises(ValidationError):
        actions.retry(message, by=operator)


def test_the_context_is_left_as_it_was():
    before = dict(CONTEXT)
    note()
    assert before == CONTEXT
