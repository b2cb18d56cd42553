"""Behind the links in mails: looking shows, sending acts, and nothing opens for anybody else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from site_core.languages.registry import LANGUAGES
from site_core.outbox.models import Message
from tests.factories.training import SessionFactory
from tests.training.signups.courses import (
    Resident,
    aged,
    course_with,
    fields,
    fill,
    link_in,
    mail_to,
    only,
    signed_up,
)
from tests.training.signups.making import join, seats
from training.questions import Question
from training.sessions import JoinLink
from training.signups import actions, links, own_views
from training.signups.details import change_details
from training.signups.errors import Busy, Closed
from training.signups.models import Answer, SignUp

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "https://video.example/room-8231"


@pytest.fixture
def course(tree):
    return course_with(2, asks_needs=True, largest_group=2)


def enter(course, who: str = "aila", *, confirmed: bool = True, **more: Any) -> SignUp:
    """Somebody who has signed up."""
    given = {"names": [who.title()], "size": 1, "now": timezone.now(), **more}
    join(only(course), who, confirmed=confirmed, **given)
    return signed_up(course, f"{who}@example.org")


def at(name: str, signup: SignUp, *args: str, purpose: str = links.MINE, language="fi") -> str:
    with translation.override(language):
        return reverse(name, args=[links.make(purpose, signup.key), *args])


def test_the_link_of_the_mail_shows_and_its_button_confirms(course):
    aila = Resident(course)
    aila.open()
    aila.send(size=1)
    aila.send(name="Aila", email="aila@example.org")
    aila.send()
    link = link_in(mail_to("aila@example.org"), "/confirm/")
    client = Client()
    for ask in (client.get, client.head):
        assert ask(link).status_code == 200
        assert signed_up(course, "aila@example.org").status == "unconfirmed"
    done = client.post(link)
    assert done.status_code == 303
    assert signed_up(course, "aila@example.org").status == "confirmed"
    assert client.post(link).status_code == 303
    assert client.get(done.url).context["status"] == "confirmed"
    assert seats(only(course)) == {"taken": 1, "free": 1}


def test_links_are_kept_by_nobody_and_told_to_nobody(course):
    signup = enter(course)
    for name in ("signup_mine", "signup_cancel", "signup_erase", "signup_data", "signup_calendar"):
        response = Client().get(at(name, signup))
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
    page = Client().get(at("signup_mine", signup)).content.decode()
    assert 'content="noindex"' in page
    token = at("signup_mine", signup).split("/")[-2]
    away = [part for part in page.split('href="')[1:] if part.startswith("http")]
    assert not [part for part in away if token in part.split('"')[0]]


@pytest.mark.permission
def test_a_link_opens_only_what_it_was_made_for(course):
    signup = enter(course)
    for purpose in (links.CONFIRM, links.NEXT_TIME):
        for name in ("signup_mine", "signup_cancel", "signup_erase", "signup_data"):
            for ask in (Client().get, Client().post):
                assert ask(at(name, signup, purpose=purpose)).status_code == 404
    assert Client().post(at("signup_confirm", signup)).status_code == 404
    assert Client().get(at("next_time_mine", signup)).status_code == 404
    whole = at("signup_mine", signup)
    for cut in (whole[:-5] + "/", whole.replace(signup.key.hex, "0" * 32), "/fi/courses/mine/x/"):
        assert Client().get(cut).status_code == 404
    assert SignUp.objects.get().status == "confirmed"


def test_an_old_link_says_so_and_how_to_get_a_new_one(course, monkeypatch):
    signup = enter(course)
    address = at("signup_mine", signup)
    later = timezone.now() + links.LASTS[links.MINE] + timedelta(days=1)
    monkeypatch.setattr(signing.time, "time", later.timestamp)
    page = Client().get(address)
    assert page.status_code == 410
    assert reverse("signup_lost") in page.content.decode()


def test_the_queue_is_told_by_its_entries(course):
    for who in ("a", "b"):
        enter(course, who)
    enter(course, "pair", size=2, names=["A", "B"])
    last = enter(course, "last")
    assert Client().get(at("signup_mine", last)).context["position"] == 2
    actions.cancel(signed_up(course, "pair@example.org"))
    assert Client().get(at("signup_mine", last)).context["position"] == 1


def test_what_was_not_confirmed_in_time_is_over_whoever_has_noted_it(course):
    signup = enter(course, confirmed=False, now=timezone.now() - timedelta(hours=1))
    page = Client().get(at("signup_mine", signup))
    assert page.context["status"] == "lapsed"
    assert Resident(course).address() in page.content.decode()
    address = at("signup_confirm", signup, purpose=links.CONFIRM)
    assert Client().post(address).status_code == 303
    assert not SignUp.objects.get().address_confirmed_at


def test_the_own_page_confirms_too(course):
    signup = enter(course, confirmed=False)
    address = at("signup_mine", signup)
    assert Client().get(address).context["deadline"]
    assert Client().post(address).status_code == 303
    signup.refresh_from_db()
    assert signup.status == "confirmed"


def test_cancelling_asks_first_and_gives_the_place_on(course):
    first, _second = enter(course), enter(course, "second")
    waiting = enter(course, "third")
    address = at("signup_cancel", first)
    Client().get(address), Client().head(address)
    first.refresh_from_db()
    assert first.status == "confirmed"
    assert Client().post(address).status_code == 303
    first.refresh_from_db(), waiting.refresh_from_db()
    assert (first.status, waiting.status) == ("cancelled", "confirmed")
    assert Client().post(address).status_code == 303


def test_after_its_time_nothing_can_be_cancelled_or_changed(course):
    signup = enter(course)
    course.offerings.update(cancel_until=timezone.now() - timedelta(hours=1))
    page = Client().post(at("signup_cancel", signup))
    assert (page.status_code, page.context["may_cancel"]) == (200, False)
    page = Client().post(at("signup_change", signup, "who"), {"name": "Else", "language": "sv"})
    assert page.context["trouble"]
    assert fields(page, at("signup_change", signup, "who"))["name"] == ["Else"]
    shown = Client().get(at("signup_mine", signup))
    assert (shown.context["may_change"], shown.context["may_cancel"]) == (False, False)
    signup.refresh_from_db()
    assert (signup.status, signup.attendees.get().name) == ("confirmed", "Aila")


def test_without_a_time_changes_end_when_the_group_first_meets(course):
    signup = enter(course)
    SessionFactory(
        offering=only(course),
        starts_at=timezone.now() - timedelta(hours=1),
        ends_at=timezone.now() + timedelta(hours=1),
    )
    with pytest.raises(Closed):
        change_details(signup, names=["Else"])


def test_names_language_and_answers_are_changed(course):
    question = Question.objects.create(course=course, text="Which phone?")
    signup = enter(course, size=2, names=["Aila", "Biret"], answers={question.pk: "A"})
    client = Client()
    address = at("signup_change", signup, "who")
    assert fields(client.get(address), address)["names"] == ["Aila\nBiret"]
    assert client.post(address, {"names": "Aila", "language": "se"}).context["faults"]
    client.post(address, {"names": "Aila\nMáret", "language": "se"})
    address = at("signup_change", signup, "questions-0")
    name = f"q{question.pk}"
    assert fields(client.get(address), address)[name] == ["A"]
    assert client.post(address, {name: "B"}).status_code == 303
    signup.refresh_from_db()
    assert [person.name for person in signup.attendees.all()] == ["Aila", "Máret"]
    assert (signup.language, signup.answers.get().value) == ("se", "B")
    assert client.post(address, {name: ""}).status_code == 303
    assert not signup.answers.exists()
    assert client.get(at("signup_change", signup, "questions-6")).status_code == 404


def test_needs_are_kept_with_consent_only_and_taken_back_at_any_time(course):
    signup = enter(course)
    address = at("signup_change", signup, "needs")
    refused = Client().post(address, {"access": "Step-free"})
    assert [fault.field for fault in refused.context["faults"]] == ["agreed"]
    assert Client().post(address, {"access": "Step-free", "agreed": "on"}).status_code == 303
    assert json.loads(Answer.objects.get().value)["access"] == "Step-free"
    assert "Step-free" in Client().get(at("signup_mine", signup)).content.decode()
    course.offerings.update(cancel_until=timezone.now() - timedelta(hours=1))
    assert Client().post(address, {"withdraw": "1"}).status_code == 303
    assert not Answer.objects.exists()
    signup.refresh_from_db()
    assert signup.status == "confirmed"


@pytest.mark.leak
@pytest.mark.parametrize(
    ("who", "minutes", "cancelled", "shown"),
    [
        ("confirmed", 59, False, True),
        ("confirmed", -30, False, True),
        ("confirmed", 61, False, False),
        ("confirmed", -121, False, False),
        ("confirmed", 30, True, False),
        ("unconfirmed", 30, False, False),
        ("waiting", 30, False, False),
        ("cancelled", 30, False, False),
    ],
)
def test_the_link_to_join_is_for_participants_when_it_is_time(
    course, who, minutes, cancelled, shown
):
    """The session takes two hours; the link is shown an hour before."""
    starts = timezone.now() + timedelta(minutes=minutes)
    session = SessionFactory(
        offering=only(course), starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    JoinLink.objects.create(session=session, address=SECRET, changed_at=timezone.now())
    if cancelled:
        session.cancelled_at = timezone.now()
        session.save()
    if who == "waiting":
        fill(course)
    signup = enter(course, confirmed=who != "unconfirmed")
    if who == "cancelled":
        actions.cancel(signup)
    signup.refresh_from_db()
    assert signup.status == who
    page = Client().get(at("signup_mine", signup))
    assert (SECRET in page.content.decode()) is shown
    for name in ("signup_data", "signup_calendar", "signup_cancel", "signup_erase"):
        assert SECRET not in Client().get(at(name, signup)).content.decode()
    assert SECRET not in Resident(course).open().content.decode()


def test_a_participant_gets_and_erases_her_own_data(course):
    signup = enter(course)
    told = Client().get(at("signup_data", signup))
    assert json.loads(told.content)["people"] == ["Aila"]
    assert Client().post(at("signup_data", signup)).status_code == 405
    address = at("signup_erase", signup)
    Client().get(address)
    assert SignUp.objects.get().email
    assert Client().post(address).status_code == 200
    assert SignUp.objects.get().email == ""
    assert not Message.objects.filter(to="aila@example.org").exists()
    for name in ("signup_mine", "signup_data", "signup_calendar"):
        assert Client().get(at(name, signup)).status_code == 410


@pytest.mark.fault
@pytest.mark.parametrize(
    ("verb", "name"),
    [("confirm", "signup_mine"), ("cancel", "signup_cancel"), ("erase_now", "signup_erase")],
)
def test_too_many_at_once_is_told_and_can_be_tried_again(course, monkeypatch, verb, name):
    def busy(*_args, **_kwargs):
        raise Busy

    signup = enter(course, confirmed=False)
    place = own_views if verb == "erase_now" else actions
    with monkeypatch.context() as patch:
        patch.setattr(place, verb, busy)
        page = Client().post(at(name, signup))
    assert page.status_code == 503
    assert b"<form" in page.content


@pytest.mark.leak
def test_whoever_lost_her_link_is_mailed_and_nobody_learns_of_it(course):
    enter(course)
    Message.objects.all().delete()
    address = reverse("signup_lost")
    answers = []
    for email in ("AILA@example.org", "stranger@example.org"):
        client = Client()
        client.get(address)
        answer = client.post(address, {"email": email, "opened": aged()})
        answers.append((answer.status_code, answer.url, client.get(answer.url).content))
    assert answers[0] == answers[1] or answers[0][:2] == answers[1][:2]
    assert [mail.to for mail in Message.objects.all()] == ["aila@example.org"]
    assert link_in(Message.objects.get(), "/courses/mine/")
    refused = Client().post(address, {"email": "x", "opened": aged()})
    assert refused.context["faults"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_own_pages(course, language):
    signup = enter(course)
    for name in ("signup_mine", "signup_cancel", "signup_erase", "signup_calendar"):
        assert Client().get(at(name, signup, language=language)).status_code == 200
    assert Client().get(at("signup_change", signup, "who", language=language)).status_code == 200
    for name in ("signup_privacy", "signup_lost"):
        with translation.override(language):
            assert Client().get(reverse(name)).status_code == 200
