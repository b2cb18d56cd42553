"""What an answer of the mail server means."""

import smtplib
from datetime import timedelta

import pytest

from site_core.outbox.verdicts import RETRIES, Fault, judge, wait_after


def refused(code: int, words: bytes = b"no") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"a@example.org": (code, words)})


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (refused(450), Fault.MOMENT),
        (refused(550), Fault.MAIL),
        (refused(421), Fault.CONNECTION),
        (smtplib.SMTPDataError(451, b"later"), Fault.MOMENT),
        (smtplib.SMTPDataError(554, b"spam"), Fault.MAIL),
        (smtplib.SMTPSenderRefused(550, b"who?", "us"), Fault.SERVER),
        (smtplib.SMTPSenderRefused(530, b"log in", "us"), Fault.SERVER),
        (smtplib.SMTPSenderRefused(552, b"too big", "us"), Fault.MAIL),
        (smtplib.SMTPSenderRefused(451, b"later", "us"), Fault.MOMENT),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Fault.MAIL),
        (UnicodeEncodeError("ascii", "ä", 0, 1, "no"), Fault.MAIL),
        (ValueError("a header"), Fault.MAIL),
        (smtplib.SMTPServerDisconnected("closed"), Fault.CONNECTION),
        (TimeoutError("slow"), Fault.CONNECTION),
        (ConnectionResetError("gone"), Fault.CONNECTION),
        (RuntimeError("odd"), Fault.MOMENT),
    ],
    ids=repr,
)
def test_whose_fault(error, fault):
    assert judge(error).fault is fault


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (b"no", "550 no"),
        (b"5.1.1 <a@example.org>: unknown\nin a@example.org", "550 5.1.1 <…>: unknown in …"),
        (b"no\x00body", "550 no body"),
    ],
)
def test_the_line_names_the_code_and_no_address(words, line):
    assert judge(refused(550, words)).line == line


def test_retries_end_after_two_days_and_some_hours():
    assert timedelta(hours=48) < sum(RETRIES, timedelta()) < timedelta(hours=72)
    assert list(RETRIES) == sorted(RETRIES)
    assert wait_after(1) == RETRIES[0]
    assert wait_after(len(RETRIES)) == RETRIES[-1]
    assert wait_after(len(RETRIES) + 1) is None
