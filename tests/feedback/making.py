"""Feedback as its form sends it and as it lies in the database."""

from datetime import UTC, datetime, timedelta
from unittest import mock

from django.core import signing

from site_core.feedback import actions
from site_core.feedback.forms import FeedbackForm
from site_core.feedback.models import Feedback

RECEIVED = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)


def opened(ago: timedelta = timedelta(minutes=1)) -> str:
    """The sign of a form that was opened so long ago."""
    moment = signing.time.time() - ago.total_seconds()
    with mock.patch.object(signing.time, "time", return_value=moment):
        return FeedbackForm().sign()


def filled(**fields: str) -> dict[str, str]:
    """What a person sends; fields given here come on top."""
    return {"opened": opened(), "homepage": "", "text": "Numero on väärä.", **fields}


def feedback(kind: str = "general", text: str = "Numero on väärä.", **fields) -> Feedback:
    """A feedback in the database, received at `RECEIVED` unless `now` says otherwise."""
    return actions.receive(kind, text, **{"language": "fi", "now": RECEIVED, **fields})
