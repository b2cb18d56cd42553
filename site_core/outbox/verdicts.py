"""What a failure to send means: try the mail later, never, or leave the server alone a while."""

import re
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

RETRIES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 960, 1440)
)
"""How long to wait after the first, second, … failure of one mail: 55 hours in all, then it is
given up. Receivers that greylist take it at the second or third try."""
TOO_BIG = 552
CLOSING = 421
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


class Fault(Enum):
    """Whose fault it is."""

    MAIL = auto()
    """The receiver will never take this mail."""
    MOMENT = auto()
    """The receiver may take it later."""
    CONNECTION = auto()
    """The connection broke at this mail; twice in a row it is the server's fault."""
    SERVER = auto()
    """The server refuses us, whatever the mail: no mail is to blame."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose fault a failure is, and one line for the operator without any address."""

    fault: Fault
    line: str


def judge(error: Exception) -> Verdict:
    """Tell from an error of `smtplib` or Django, raised while one mail was sent, what it means.

    SMTP's rule (RFC 5321, 4.2.1): 4yz is for now, 5yz for good. A refused sender is our own
    configuration, except where the mail is too big.
    """
    code, words = _answer(error)
    line = f"{code} {words}" if code else f"{type(error).__name__}: {words}"
    if code == CLOSING:
        return Verdict(Fault.CONNECTION, line)
    if isinstance(error, smtplib.SMTPSenderRefused) and code >= 500:
        return Verdict(Fault.MAIL if code == TOO_BIG else Fault.SERVER, line)
    if code:
        return Verdict(Fault.MAIL if code >= 500 else Fault.MOMENT, line)
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError):
        return Verdict(Fault.MAIL, line)
    if isinstance(error, smtplib.SMTPServerDisconnected | OSError):
        return Verdict(Fault.CONNECTION, line)
    return Verdict(Fault.MOMENT, line)


def wait_after(failures: int) -> timedelta | None:
    """How long a mail waits that has failed so many times (1 or more); None: given up."""
    return RETRIES[failures - 1] if failures <= len(RETRIES) else None


def _answer(error: Exception) -> tuple[int, str]:
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        code, words = 0, str(error)
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    line = " ".join(text.replace("\x00", " ").split())  # PostgreSQL stores no NUL
    return code, _ADDRESS.sub("…", line)  # servers repeat the recipient's
