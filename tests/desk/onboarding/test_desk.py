"""The moderators' pages: what waits, likenesses, deciding, and nobody else."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from site_core.desk.onboarding.models import Application
from site_core.organisations.models import Organisation
from tests.desk.onboarding.joining import (
    GOOD_ID,
    OTHER_ID,
    application,
    organisation,
    waiting,
)
from tests.support.pages import save_page

pytestmark = pytest.mark.django_db


def client_of(person, **options) -> Client:
    client = Client(**options)
    if person is not None:
        client.force_login(person)
    return client


def page_of(sent: Application) -> str:
    return reverse("desk_application", args=[sent.pk])


def text_of(response) -> str:
    return unescape(response.content.decode())


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("moderator", 200),
        ("editor", 200),
        ("language reviewer", 404),
        ("lead", 404),
        ("author", 404),
        ("stranger", 404),
        ("nobody", 302),
    ],
)
def test_who_sees_applications(people, who, status):
    sent = waiting()
    client = client_of(people.get(who))
    for method, address in (
        ("get", reverse("desk_applications")),
        ("get", page_of(sent)),
        ("post", page_of(sent)),
    ):
        response = getattr(client, method)(address)
        assert response.status_code == status, address
        assert ("Jokivarren Väki ry" in text_of(response)) is (status == 200)
    if status != 200:
        client.post(page_of(sent), {"deed": "approve", "seen": sent.version})
        assert Application.objects.get().state == "waiting"


def test_nobody_sees_what_is_not_confirmed(moderator):
    sent, client = application(), client_of(moderator)
    assert client.get(page_of(sent)).status_code == 404
    assert "Jokivarren" not in text_of(client.get(reverse("desk_applications")))


def test_likenesses_are_shown_with_names_that_are_not_public(moderator):
    organisation("Toinen nimi", business_id=OTHER_ID, state=Organisation.State.SUSPENDED)
    organisation("Jokivaren Väki rf")
    sent = waiting()
    Application.objects.update(business_id=OTHER_ID)
    html = text_of(client_of(moderator).get(page_of(sent)))
    assert "Toinen nimi" in html
    assert "Jokivaren Väki rf" in html
    save_page("desk-application", html)
    listing = text_of(client_of(moderator).get(reverse("desk_applications")))
    assert "tag--light" in listing
    save_page("desk-applications", listing)


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ({"deed": "approve"}, "approved"),
        ({"deed": "ask", "ask-question": "Mikä on kotikunta?"}, "asked"),
        ({"deed": "reject", "reject-reason": "unknown", "reject-text": "Soita."}, "rejected"),
    ],
)
def test_deciding(moderator, sent, state):
    asked = waiting()
    client = client_of(moderator)
    response = client.post(page_of(asked), {**sent, "seen": asked.version})
    assert (response.status_code, response.url) == (302, reverse("desk_applications"))
    assert Application.objects.get().state == state
    assert text_of(client.get(page_of(asked))).count('name="deed"') == (
        1 if state == "asked" else 0
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"deed": "ask", "ask-question": ""},
        {"deed": "reject", "reject-reason": "", "reject-text": ""},
        {"deed": "reject", "reject-reason": "magic", "reject-text": "x"},
        {"deed": "dance"},
        {},
    ],
)
def test_what_is_missing_is_told_and_nothing_done(moderator, sent):
    asked = waiting()
    response = client_of(moderator).post(page_of(asked), {**sent, "seen": asked.version})
    assert response.status_code == 200
    assert Application.objects.get().state == "waiting"
    for field in (name for name, value in sent.items() if value in ("", "magic")):
        assert f'href="#id_{field}"' in text_of(response)


@pytest.mark.fault
@pytest.mark.parametrize("seen", ["0", "", "x", "9" * 30, "-1", "²"])
def test_a_forged_or_old_version_decides_nothing(moderator, seen):
    asked = waiting()
    client = client_of(moderator)
    response = client.post(page_of(asked), {"deed": "approve", "seen": seen}, follow=True)
    assert Application.objects.get().state == "waiting"
    assert "note--ember" in text_of(response)


@pytest.mark.fault
def test_sent_twice_approves_once_and_says_so(moderator):
    asked, client = waiting(), client_of(moderator)
    sent = {"deed": "approve", "seen": asked.version}
    assert client.post(page_of(asked), sent).url == reverse("desk_applications")
    assert client.post(page_of(asked), sent).url == page_of(asked)
    assert Organisation.objects.filter(business_id=GOOD_ID).count() == 1


def test_a_forged_request_from_another_site_is_refused(moderator):
    asked = waiting()
    client = client_of(moderator, enforce_csrf_checks=True)
    sent = {"deed": "approve", "seen": asked.version}
    assert client.post(page_of(asked), sent).status_code == 403
    assert Application.objects.get().state == "waiting"


def test_the_list_costs_the_same_for_one_and_for_twenty(moderator):
    def cost() -> int:
        client = client_of(moderator)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("desk_applications")).status_code == 200
        return len(captured)

    waiting()
    one = cost()
    for number in range(20):
        name = "".join(chr(97 + (number * 7 + step * 5) % 26) for step in range(12))
        waiting(name=name, email=f"n{number}@example.org", kind="informal_group", another="on")
    assert cost() == one
