"""Mail for tests."""

from datetime import timedelta

from django.utils import timezone

from site_core.outbox.actions import send
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.models import Message

NOTE = register_kind(MessageKind("test_note", templates="emails/feedback_answer"))
CONTEXT = {"reference": "SP-0001", "about": "Kotiapu", "message": "Ovi <ei> aukea", "answer": "A&O"}


def note(key="note", *, to="aino@example.org", language="fi", **changes) -> Message:
    """One mail in the outbox."""
    return send(NOTE.code, to=to, language=language, key=key, context={**CONTEXT, **changes})


def notes(count: int) -> list[Message]:
    """That many mails, to persons 0, 1, 2, …"""
    return [note(f"note {number}", to=f"p{number}@example.org") for number in range(count)]


def states() -> list[str]:
    """The states of all mails in the order in which they were written."""
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def later(**span: float):
    """A time after now."""
    return timezone.now() + timedelta(**span)
