"""Links in mails: GET shows, POST acts once; what is old, used, cut or foreign says so."""

from datetime import timedelta
from html import unescape
from unittest import mock

import pytest
from django.core import signing

from site_core.accounts import links
from site_core.desk.onboarding import actions
from site_core.desk.onboarding.models import Application
from site_core.desk.onboarding.purposes import COMPLETE, CONFIRM, DECISION
from site_core.organisations.messages import INVITATION
from site_core.outbox.models import Message
from tests.desk.onboarding.joining import (
    application,
    filled,
    kinds_sent,
    link_in,
    visitor,
    waiting,
)

pytestmark = pytest.mark.django_db
PAGES = {
    "confirm": CONFIRM,
    "complete": COMPLETE,
    "decision": DECISION,
    "invitation": INVITATION,
}


def old_link(purpose: str, pk: int, version: int) -> str:
    moment = signing.time.time() - timedelta(days=100).total_seconds()
    with mock.patch.object(signing.time, "time", return_value=moment):
        return links.make_link(purpose, pk, version)


def state() -> str:
    return Application.objects.get().state


def test_looking_confirms_nothing_and_sending_does(moderator):
    application()
    path = link_in("join_confirm")
    shown = visitor().get(path)
    assert "Jokivarren Väki ry" in unescape(shown.content.decode())
    assert "no-store" in shown["Cache-Control"]
    assert shown["Referrer-Policy"] == "no-referrer"
    assert path not in shown.content.decode()
    assert state() == "unconfirmed"
    assert visitor().post(path).status_code == 303
    assert state() == "waiting"
    assert kinds_sent() == ["join_confirm", "join_received", "join_waiting"]
    mail = Message.objects.get(kind="join_waiting")
    assert (mail.to, mail.language, mail.user) == (moderator.email, "sv", moderator)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.bypass
def test_a_void_link_says_so_and_does_nothing(page, method):
    sent = application()
    purpose = PAGES[page]
    foreign = CONFIRM if purpose != CONFIRM else COMPLETE
    good = links.make_link(purpose, sent.pk, sent.version)
    for token, status in (
        (old_link(purpose, sent.pk, sent.version), 410),
        (links.make_link(purpose, sent.pk, sent.version + 1), 410),
        (links.make_link(purpose, sent.pk + 9, 1), 410),
        (links.make_link(foreign, sent.pk, sent.version), 404),
        (good[:-1], 404),
        ("x", 404),
    ):
        response = getattr(visitor(), method)(f"/fi/join/{page}/{token}/")
        assert response.status_code == status, token
        assert "Jokivarren" not in response.content.decode()
        assert "<h1" in response.content.decode()
    assert state() == "unconfirmed"


@pytest.mark.bypass
def test_the_same_link_untouched_does_act():
    """The control of the test above."""
    sent = application()
    token = links.make_link(CONFIRM, sent.pk, sent.version)
    assert visitor().post(f"/fi/join/confirm/{token}/").status_code == 303
    assert state() == "waiting"


@pytest.mark.fault
def test_a_link_used_twice_tells_nobody_twice(moderator):
    application()
    path = link_in("join_confirm")
    visitor().post(path)
    assert visitor().post(path).status_code == 410
    assert kinds_sent().count("join_waiting") == 1


def test_an_applicant_completes_what_is_asked(moderator):
    sent = waiting()
    actions.ask_more(sent, "Mikä on kotikuntanne?", by=moderator, seen=sent.version)
    path = link_in("join_asked")
    shown = unescape(visitor().get(path).content.decode())
    assert "Mikä on kotikuntanne?" in shown
    assert 'value="Jokivarren Väki ry"' in shown
    wrong = visitor().post(path, filled(name=""))
    assert wrong.status_code == 200
    assert state() == "asked"
    answer = filled(plans="Kuljetusapua", email="somebody-else@example.org")
    assert visitor().post(path, answer).status_code == 303
    kept = Application.objects.get()
    assert (kept.state, kept.plans, kept.email) == ("waiting", "Kuljetusapua", "aino@example.org")
    assert kept.confirmed_at == sent.confirmed_at
    assert visitor().post(path, answer).status_code == 410
    assert kinds_sent().count("join_waiting") == 2


def test_the_reason_stands_behind_the_link_and_in_no_mail(moderator):
    sent = waiting()
    actions.reject(sent, "unknown", "Soita meille.", by=moderator, seen=sent.version)
    mail = Message.objects.get(kind="join_rejected")
    assert "Soita meille." not in mail.text + mail.html
    shown = visitor().get(link_in("join_rejected"))
    assert "Soita meille." in shown.content.decode()
    assert visitor().post(link_in("join_rejected")).status_code == 404


@pytest.mark.leak
def test_no_mail_names_a_person(moderator):
    sent = waiting(first_name="Kanarianlintu", phone="016 123 456", plans="Salaisuus")
    actions.ask_more(sent, "Kysymys Kanarianlinnulle", by=moderator, seen=sent.version)
    for mail in Message.objects.all():
        for secret in ("Kanarianlin", "016 123", "Salaisuus", "aino@"):
            assert secret not in mail.subject + mail.text + mail.html, mail.kind
