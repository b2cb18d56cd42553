"""Sends what is due: one connection to the mail server for each batch, one commit for each mail.

What is written is at least once: a worker killed between the server's "250" and its commit sends
that one mail again, with the same Message-ID. All else is sent once.
"""

import logging
import re
import time
from collections.abc import Callable
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError, InterfaceError, connection

from site_core.worker import stopping

from . import leases
from .models import Message
from .verdicts import Fault, judge, wait_after

logger = logging.getLogger(__name__)

BUDGET = 20
"""Seconds of sending after which the worker's other loops have their turn."""
RECORD_TRIES = 20
RECORD_PAUSE = 1
"""Seconds between tries to write down an outcome while the database is away."""

_OBJECT = re.compile(r"^BEGIN:VCALENDAR\b.*?^END:VCALENDAR\b\s*", re.DOTALL | re.MULTILINE)
_METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


class MailServerError(Exception):
    """The mail server cannot be reached or refuses us; no mail is to blame."""


def deliver_due(now: datetime) -> int:
    """Send what is due, batch after batch, until nothing is left or it is time to stop.

    Returns how many were sent. Raises MailServerError; what was not tried then waits as before, and
    the worker asks the server again after a growing pause.
    """
    until = time.monotonic() + BUDGET
    sent = 0
    while batch := leases.claim_batch(now):
        done = Batch(batch, now, until).deliver()
        sent += done
        if stopping.asked() or time.monotonic() >= until:
            break
    return sent


class Batch:
    """Mails that were claimed together, and the connection they go over."""

    def __init__(self, messages: list[Message], now: datetime, until: float) -> None:
        self.messages = messages
        self.now = now
        self.until = until
        self.server = get_connection()
        self.sent = 0
        self.broken = 0

    def deliver(self) -> int:
        """Send all; returns how many the server took. Raises MailServerError."""
        left = list(self.messages)
        try:
            self._connect()
            while left and not self._must_stop():
                self._deliver_one(left[0])
                left.pop(0)
        finally:
            self._disconnect()
            if left:
                recorded(leases.give_back, left)
        return self.sent

    def _must_stop(self) -> bool:
        return stopping.asked() or time.monotonic() >= self.until

    def _deliver_one(self, message: Message) -> None:
        try:
            self.server.send_messages([built(message)])
        except Exception as error:
            self._failed(message, error)
        else:
            self.broken = 0
            self.sent += 1
            if not recorded(leases.mark_sent, message, self.now):
                logger.warning("The lease of mail %s was lost while it was sent", message.pk)

    def _failed(self, message: Message, error: Exception) -> None:
        verdict = judge(error)
        if verdict.fault is Fault.SERVER:
            raise MailServerError(verdict.line) from error
        wait = None if verdict.fault is Fault.MAIL else wait_after(message.attempts + 1)
        if wait is None:
            logger.error("Mail %s is given up: %s", message.pk, verdict.line)
            recorded(leases.mark_dead, message, verdict.line, self.now)
        else:
            again = self.now + wait
            logger.warning("Mail %s is tried again at %s: %s", message.pk, again, verdict.line)
            recorded(leases.mark_failed, message, verdict.line, next_try_at=again)
        self.broken = self.broken + 1 if verdict.fault is Fault.CONNECTION else 0
        self._disconnect()
        if self.broken > 1:
            raise MailServerError(verdict.line) from error
        self._connect()

    def _connect(self) -> None:
        try:
            self.server.open()
        except Exception as error:
            raise MailServerError(f"{type(error).__name__}: {error}") from error

    def _disconnect(self) -> None:
        try:
            self.server.close()
        except Exception:
            logger.debug("The mail server's connection did not close well", exc_info=True)


class Mail(EmailMultiAlternatives):
    """A mail whose subject begins on the line of its name, however long its first words are.

    Django folds before it knows the name, so that readers would get a subject that begins with a
    space after an empty line.
    """

    def message(self, **options: Any) -> Any:
        built_mail = super().message(**options)
        built_mail.replace_header("Subject", Header(self.subject, header_name="Subject").encode())
        return built_mail


def built(message: Message) -> EmailMultiAlternatives:
    """The mail as it goes out; the same each time, its Message-ID and date too."""
    mail = Mail(
        message.subject,
        message.text,
        to=[message.to],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(message.created_at),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    add_calendar(mail, message.calendar)
    return mail


def add_calendar(mail: EmailMultiAlternatives, calendar: str) -> None:
    """Put each object of the calendar into a part that names its method (RFC 6047).

    One is another form of the mail, by which readers offer to accept it; several, which programs
    take one by one, are attached.
    """
    objects = _OBJECT.findall(calendar)
    for number, text in enumerate(objects, start=1):
        found = _METHOD.search(text)
        kind = f"text/calendar; method={found[1]}" if found else "text/calendar"
        if len(objects) == 1:
            mail.attach_alternative(text, kind)
        else:
            mail.attach(f"{number}.ics", text, kind)


def recorded(write: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Write an outcome, over a new connection where the database broke the old one.

    The mail is out already: giving up at once would send it again. Inside a transaction there is
    no second try. Raises the last DatabaseError when the database stays away.
    """
    for left in reversed(range(RECORD_TRIES)):
        try:
            return write(*args, **kwargs)
        except (DatabaseError, InterfaceError):
            if connection.in_atomic_block or not left:
                raise
            connection.close()
            time.sleep(RECORD_PAUSE)
    raise AssertionError("unreachable")
