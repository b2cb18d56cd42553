"""Django's SMTP backend with pipelining: two round trips for each mail instead of four."""

import re
import smtplib

from django.core.mail.backends import smtp
from django.core.mail.message import EmailMessage, sanitize_address

_DOT_FIRST = re.compile(rb"(?m)^\.")
"""A line that begins with a dot gets another one: a lone dot ends the mail (RFC 5321, 4.5.2)."""


class EmailBackend(smtp.EmailBackend):
    """Sends sender, recipient and DATA in one write where the server offers that (RFC 2920).

    Mail to several, or to an address beyond ASCII, goes the stock way. Raises what smtplib does.
    After an error the connection is in no known state and has to be closed.
    """

    def _send(self, email_message: EmailMessage) -> bool:
        recipients = email_message.recipients()
        offered = self.connection is not None and self.connection.has_extn("pipelining")
        if not offered or len(recipients) != 1 or self.fail_silently:
            return super()._send(email_message)
        encoding = email_message.encoding or "utf-8"
        sender = smtplib.quoteaddr(sanitize_address(email_message.from_email, encoding))
        recipient = smtplib.quoteaddr(sanitize_address(recipients[0], encoding))
        if not (sender + recipient).isascii():
            return super()._send(email_message)
        content = email_message.message().as_bytes(linesep="\r\n")
        self._announce(sender, recipient, len(content))
        self.connection.send(_DOT_FIRST.sub(b"..", content.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        answer = self.connection.getreply()
        if answer[0] != 250:
            raise smtplib.SMTPDataError(*answer)
        return True

    def _announce(self, sender: str, recipient: str, size: int) -> None:
        declared = f" size={size}" if self.connection.has_extn("size") else ""
        self.connection.send(f"mail FROM:{sender}{declared}\r\nrcpt TO:{recipient}\r\ndata\r\n")
        from_answer, to_answer, data_answer = (self.connection.getreply() for _ in range(3))
        if from_answer[0] != 250:
            raise smtplib.SMTPSenderRefused(*from_answer, sender)
        if to_answer[0] not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({recipient: to_answer})
        if data_answer[0] != 354:
            raise smtplib.SMTPDataError(*data_answer)
