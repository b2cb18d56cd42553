"""What a mail tells calendars goes out as parts of its own."""

import pytest
from django.utils import timezone

from site_core.outbox.actions import send
from site_core.outbox.delivery import deliver_due
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.models import Message

from .making import CONTEXT, NOTE

pytestmark = pytest.mark.django_db

SECRET = register_kind(
    MessageKind("test_secret", templates="emails/feedback_answer", keeps_body=False)
)


def invitation(number: int, method: str = "REQUEST") -> str:
    return "\r\n".join(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}"),
            *("BEGIN:VEVENT", f"UID:{number}", "SUMMARY:Ä", "END:VEVENT", "END:VCALENDAR", ""),
        ]
    )


def sent(sink, calendar: str, kind: str = NOTE.code):
    send(kind, to="a@example.org", language="fi", key="k", context=CONTEXT, calendar=calendar)
    deliver_due(timezone.now())
    (mail,) = sink.mails
    return mail


def test_one_object_is_another_form_of_the_mail(sink):
    mail = sent(sink, invitation(1))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        *("text/plain", "text/html", "text/calendar"),
    ]
    *_, calendar = mail.iter_parts()
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert calendar.get_content().splitlines() == invitation(1).splitlines()


def test_several_objects_are_attached_each_with_its_method(sink):
    mail = sent(sink, invitation(1) + invitation(2, "CANCEL"))
    parts = list(mail.iter_attachments())
    assert [(part.get_filename(), part.get_param("method")) for part in parts] == [
        *(("1.ics", "REQUEST"), ("2.ics", "CANCEL")),
    ]
    assert mail.get_body(("html",)) is not None
    assert "UID:2" in parts[1].get_content()


def test_a_mail_without_calendar_has_no_such_part(sink):
    mail = sent(sink, "")
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.leak
def test_it_is_erased_with_a_text_that_is_its_readers_alone(sink):
    sent(sink, invitation(1), SECRET.code)
    message = Message.objects.get()
    assert (message.state, message.text, message.html, message.calendar) == ("sent", "", "", "")
