"""A real mail server for tests: takes mail on a free port, or fails as it is told to."""

import asyncio
import logging
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every command

Answer = Callable[[EmailMessage, int], str | None]
"""Given a mail and its number (from 1), the line to refuse it with; None takes it."""


@dataclass
class Sink:
    """What came, and how to behave. `mails` holds what was answered with 250, in order."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    seen: int = 0
    sessions: int = 0
    pipelining: bool = True
    refuse_sender: str = ""
    refuse_recipient: Callable[[str], str | None] = lambda address: None
    refuse: Answer = lambda mail, number: None
    stall: float = 0
    on_taken: Callable[[int], None] = lambda count: None

    @property
    def ids(self) -> Counter:
        """How often each Message-ID was taken."""
        return Counter(mail["Message-ID"] for mail in self.mails)

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that one person got."""
        return [mail for mail in self.mails if mail["To"] == address]

    async def handle_HELO(self, server, session, envelope, hostname) -> str:  # noqa: N802
        session.host_name = hostname
        self.sessions += 1
        return "250 sink"

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> list[str]:  # noqa: N802
        session.host_name = hostname
        self.sessions += 1
        return [*(["250-PIPELINING"] if self.pipelining else []), *responses]

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.refuse_sender or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        refusal = self.refuse_recipient(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.seen += 1
        mail: Any = message_from_bytes(envelope.content, policy=policy.default)
        await asyncio.sleep(self.stall)
        refusal = self.refuse(mail, self.seen)
        if refusal == HANG_UP:
            server.transport.abort()
            return "421 gone"
        if refusal:
            return refusal
        self.mails.append(mail)
        self.on_taken(len(self.mails))
        return "250 taken"


HANG_UP = "hang up"
"""A refusal that closes the connection without a word."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(sink: Sink, **options: Any) -> Iterator[Sink]:
    """Take mail in a thread until the block ends; again on the same port with the same sink.

    `options` are aiosmtpd's, such as `tls_context` and `authenticator`.
    """
    sink.port = sink.port or free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop(no_assert=True)


def point_to(sink: Sink, settings: Any, *, timeout: float = 5) -> None:
    """Make Django send its mail to the sink; `settings` is pytest-django's fixture."""
    sink.port = sink.port or free_port()
    settings.EMAIL_BACKEND = "site_core.outbox.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = sink.port
    settings.EMAIL_TIMEOUT = timeout
