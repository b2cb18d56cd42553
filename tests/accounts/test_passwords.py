"""A forgotten password, the first password: the same answer for all, a link that works once."""

import re
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from site_core.accounts.opening import open_account, password_link
from site_core.desk.signin import passwords
from site_core.outbox.models import Message
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import give_device

pytestmark = pytest.mark.django_db
ASK = "/cms/password_reset/"
NEW = "kivi-sammal-jää-42"


@pytest.fixture(autouse=True)
def _as_in_production(signing_in):
    """Tries are counted here and the second step is owed."""


def choose(client, link, first=NEW, second=NEW):
    """Open the link as a person does and send the form behind it."""
    opened = client.get(link)
    if opened.status_code != 302:
        return opened
    return client.post(opened.url, {"new_password1": first, "new_password2": second})


def test_every_address_gets_the_same_answer(client, member):
    answers = []
    for email in ("author@example.org", "nobody@example.org"):
        response = client.post(ASK, {"email": email})
        page = client.get(response.url).content
        answers.append((response.status_code, response.url, page))
    assert answers[0] == answers[1]
    message = Message.objects.get()
    assert message.to == "author@example.org"


def test_and_takes_the_same_work(client, member):
    """Queries and pages rendered; a mail to nobody is undone, not left out."""
    client.post(ASK, {"email": "first@example.org"})
    counts = []
    for email in ("author@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post(ASK, {"email": email})
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= 1  # undoing a savepoint takes one more than keeping it


def test_without_the_work_in_vain_it_would_tell(client, member, monkeypatch):
    """The control: leaving out what an unknown address costs is seen by the count."""
    real = passwords.ask

    def hasty(email, *, language):
        if email.startswith("author"):
            real(email, language=language)

    monkeypatch.setattr(passwords, "ask", hasty)
    client.post(ASK, {"email": "first@example.org"})
    counts = []
    for email in ("author@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post(ASK, {"email": email})
        counts.append(len(queries))
    assert counts[0] - counts[1] > 3


def test_the_link_sets_the_password_once_and_logs_in(client, member):
    client.post(ASK, {"email": "AUTHOR@example.org"})
    link = re.search(r"https?://[^\s]+?(/cms/password_reset/\S+)", Message.objects.get().text)[1]
    response = choose(client, link)
    assert response.url == "/desk/"
    member.refresh_from_db()
    assert member.check_password(NEW)
    assert client.session["_auth_user_id"] == str(member.pk)
    client.post("/cms/logout/")
    again = client.get(link)
    assert again.status_code == 200
    assert not again.context["validlink"]


@pytest.mark.parametrize(("first", "second"), [("short", "short"), (NEW, NEW + "x"), ("", "")])
def test_a_bad_password_is_told_and_changes_nothing(client, member, first, second):
    response = choose(client, password_link(member), first, second)
    assert response.status_code == 200
    assert response.context["form"].errors
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


@pytest.mark.parametrize("token", ["x", "abc-def", "%00"])
def test_a_changed_link_says_what_to_do(client, member, token):
    link = password_link(member)
    response = client.get(re.sub(r"[^/]+/$", f"{token}/", link))
    assert response.status_code == 200
    assert ASK in response.content.decode()


def test_a_link_ends(client, member, settings):
    link = password_link(member)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not client.get(link).context["validlink"]


def test_an_older_link_dies_with_the_first_log_in(client, member):
    link = password_link(member)
    client.post("/cms/login/", {"username": "author", "password": PASSWORD})
    client.post("/cms/logout/")
    assert not client.get(link).context["validlink"]


def test_the_second_step_is_still_owed(client, editor):
    give_device(editor)
    choose(client, password_link(editor))
    assert client.get("/cms/").url.startswith("/desk/sign-in/code/")


def test_an_invited_person_chooses_the_first_password(client, portal):
    person = open_account("uusi@example.org", first_name="U", last_name="S", language="sv")
    assert choose(client, password_link(person)).url == "/desk/"
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_who_never_chose_one_may_ask_for_the_link_again(client, portal):
    open_account("uusi@example.org", first_name="U", last_name="S", language="sv")
    client.post(ASK, {"email": "uusi@example.org"})
    assert Message.objects.get().language == "sv"


def test_a_closed_account_gets_no_mail_and_its_link_opens_nothing(client, member):
    link = password_link(member)
    member.is_active = False
    member.save()
    client.post(ASK, {"email": "author@example.org"})
    assert not Message.objects.exists()
    assert not client.get(link).context["validlink"]


def test_sent_twice_one_mail_goes_out(client, member):
    for _time in range(2):
        client.post(ASK, {"email": "author@example.org"})
    assert Message.objects.count() == 1


def test_an_account_is_not_flooded(client, member, monkeypatch):
    hours = (timezone.now() + timedelta(minutes=5 * n) for n in count())
    monkeypatch.setattr(passwords, "timezone", SimpleNamespace(now=lambda: next(hours)))
    answers = {client.post(ASK, {"email": "author@example.org"}).url for _ in range(6)}
    assert len(answers) == 1
    assert Message.objects.count() == passwords.ASKED_FOR_ACCOUNT


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b", "x" * 400 + "@example.org", "a\x00@b.fi"]
)
def test_what_is_no_address_is_told(client, portal, email):
    response = client.post(ASK, {"email": email})
    assert response.status_code == 200
    assert response.context["form"].errors
