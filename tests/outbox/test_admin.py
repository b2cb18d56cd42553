"""Operators read what could not be sent and try it again; nobody else sees mail."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from site_core.outbox.admin import INDEX
from site_core.outbox.kinds import KINDS, MessageKind
from site_core.outbox.models import Message
from tests.factories.organisations import MembershipFactory, PersonFactory

from .making import NOTE, note

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(portal) -> Message:
    message = note(to="aino@example.org", message="Kanarialintu")
    Message.objects.update(
        state=Message.State.DEAD, over_at=timezone.now(), last_error="550 ei täällä"
    )
    return message


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def operator(*codes: str):
    user = PersonFactory()
    names = [*codes, "access_admin"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def edit(message: Message) -> str:
    return reverse("outbox:edit", args=[message.pk])


@pytest.fixture
def chief(dead) -> Client:
    return client_of(operator("view_message", "change_message"))


def test_an_operator_reads_why_and_tries_again(chief, dead):
    listed = chief.get(reverse(INDEX), {"state": "dead"}).content.decode()
    assert edit(dead) in listed
    shown = chief.get(edit(dead)).content.decode()
    assert "550 ei täällä" in shown
    assert "Kanarialintu" in shown
    assert chief.post(edit(dead)).status_code == 302
    dead.refresh_from_db()
    assert dead.state == Message.State.QUEUED


def test_trying_twice_is_told(chief, dead):
    chief.post(edit(dead))
    assert chief.post(edit(dead)).status_code == 200
    dead.refresh_from_db()
    assert dead.state == Message.State.QUEUED


def test_the_dashboard_tells_only_of_what_was_given_up(chief, dead):
    home = reverse("wagtailadmin_home")
    assert "dead-mail" in chief.get(home).content.decode()
    chief.post(edit(dead))
    assert "dead-mail" not in chief.get(home).content.decode()


def test_a_text_for_its_reader_alone_is_not_shown(chief, dead, monkeypatch):
    monkeypatch.setitem(KINDS, NOTE.code, MessageKind(NOTE.code, NOTE.templates, keeps_body=False))
    shown = chief.get(edit(dead)).content.decode()
    assert "Kanarialintu" not in shown
    assert "550 ei täällä" in shown


def test_mail_is_searched_by_address(chief, dead):
    for words, found in (("aino@", True), ("Kanarialintu", False)):
        listed = chief.get(reverse(INDEX), {"q": words}).content.decode()
        assert (edit(dead) in listed) is found


@pytest.mark.permission
@pytest.mark.parametrize("who", ["member", "staff", "anonymous"])
def test_nobody_else_sees_mail(dead, who):
    client = Client()
    if who == "member":
        client = client_of(MembershipFactory().user)
    elif who == "staff":
        client = client_of(operator())
    for response in (
        client.get(reverse(INDEX)),
        client.get(edit(dead)),
        client.post(edit(dead)),
    ):
        assert response.status_code == 302
        assert b"Kanarialintu" not in response.content
        assert b"aino@" not in response.content
    dead.refresh_from_db()
    assert dead.state == Message.State.DEAD


@pytest.mark.parametrize("view", ["add", "delete", "copy", "history", "usage"])
def test_there_is_no_other_view(view):
    with pytest.raises(NoReverseMatch):
        reverse(f"outbox:{view}")
    with pytest.raises(NoReverseMatch):
        reverse(f"outbox:{view}", args=[1])
