"""Applications as the public form sends them and as they lie in the database."""

import re
from datetime import timedelta
from unittest import mock

from django.core import signing
from django.test import Client

from site_core.desk.onboarding import actions
from site_core.desk.onboarding.forms import JoinForm
from site_core.desk.onboarding.models import Application
from site_core.outbox.models import Message
from tests.factories.organisations import OrganisationFactory

GOOD_ID, OTHER_ID = "0737546-2", "7654321-2"
FORM = "/fi/join/"


def opened(ago: timedelta = timedelta(minutes=1)) -> str:
    """The sign of a form that was opened so long ago."""
    moment = signing.time.time() - ago.total_seconds()
    with mock.patch.object(signing.time, "time", return_value=moment):
        return JoinForm().sign()


def filled(**fields) -> dict:
    """What a person sends; fields given here come on top."""
    return {
        "opened": opened(),
        "homepage": "",
        "name": "Jokivarren Väki ry",
        "kind": "association",
        "business_id": GOOD_ID,
        "municipality": "",
        "languages": ["fi", "se"],
        "plans": "Kahvihetki etänä",
        "first_name": "Aino",
        "last_name": "Joki",
        "email": "aino@example.org",
        "phone": "",
        **fields,
    }


def application(**fields) -> Application:
    """An application whose address is not confirmed yet."""
    form = JoinForm(filled(**fields))
    assert form.is_valid(), form.errors
    actions.apply(form.to_application(), language="fi")
    return Application.objects.latest("pk")


def waiting(**fields) -> Application:
    """An application that waits for a moderator."""
    sent = application(**fields)
    return actions.confirm_address(sent, version=sent.version)


def link_in(kind: str, to: str | None = None) -> str:
    """The path of the link in the newest mail of a kind."""
    mails = Message.objects.filter(kind=kind).order_by("pk")
    mail = (mails.filter(to=to) if to else mails).last()
    return re.search(r"https?://[^/\s]+(/\S+)", mail.text)[1]


def kinds_sent() -> list[str]:
    """The kinds of all mails, in their order."""
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def visitor() -> Client:
    """A visitor whose requests Django checks as strictly as in production."""
    return Client(enforce_csrf_checks=True)


def organisation(name: str, **fields):
    return OrganisationFactory(name=name, **fields)
