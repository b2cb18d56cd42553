"""Seating out of turn, writing down and cancelling at the desk."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from site_core.outbox.models import Message
from tests.training.signups.making import faults
from training.signups import actions, by_hand
from training.signups.errors import Busy
from training.signups.models import SignUp

from .making import desk_of, full_group, logged, text_of, told

pytestmark = pytest.mark.django_db


def status_of(who: str) -> str:
    return SignUp.objects.filter(email=f"{who}@example.org").latest("pk").status


def pk_of(who: str) -> int:
    return SignUp.objects.filter(email=f"{who}@example.org").latest("pk").pk


def test_an_idle_place_is_given_out_of_turn():
    desk = desk_of(full_group())
    form = text_of(desk.get("promote", pk_of("veikko")))
    assert told("One place is free now.", plural="%(count)s places are free now.", count=1) in form
    assert 'name="adds"' not in form
    assert desk.post("promote", pk_of("veikko"), reason="fits").status_code == 302
    assert (status_of("veikko"), status_of("pirkko")) == ("confirmed", "waiting")
    assert logged("promote_by_hand").user == desk.person
    assert faults(desk.group) == []


def test_missing_places_are_added_only_when_ticked():
    desk = desk_of(full_group())
    missing = told("One place is missing.", plural="%(count)s places are missing.", count=1)
    assert missing in text_of(desk.get("promote", pk_of("pirkko")))
    refused = desk.post("promote", pk_of("pirkko"), reason="promised")
    assert told("There are too few free places. Add the missing ones.") in text_of(refused)
    assert 'lang="en"' not in text_of(refused)
    assert 'value="promised" checked' in text_of(refused)
    assert desk.post("promote", pk_of("pirkko"), reason="promised", adds="yes").status_code == 302
    assert (status_of("pirkko"), faults(desk.group)) == ("confirmed", [])


@pytest.mark.parametrize("reason", ["", "because"])
def test_without_a_reason_nothing_happens(reason):
    desk = desk_of(full_group())
    answer = desk.post("promote", pk_of("veikko"), reason=reason)
    assert told("Choose one of these.") in text_of(answer)
    assert status_of("veikko") == "waiting"


def test_one_who_does_not_wait_any_more_is_told_of(monkeypatch):
    desk = desk_of(full_group())
    for name in ("promote", "cancel"):
        actions.cancel(SignUp.objects.get(pk=pk_of("veikko")))
        assert desk.post(name, pk_of("veikko"), reason="other").status_code == 302
    assert status_of("veikko") == "cancelled"


def test_somebody_at_the_counter_is_written_down():
    desk = desk_of(full_group())
    key = uuid.uuid4()
    for _time in range(2):  # a double click
        answer = desk.post("sign_up", key=key, names=" Lempi  Lahti\n\n", language="fi")
        assert answer.status_code == 302
    signup = SignUp.objects.latest("pk")
    assert (signup.email, signup.status, SignUp.objects.count()) == ("", "waiting", 5)
    assert signup.attendees.get().name == "Lempi Lahti"
    assert "Lempi" not in answer.wsgi_request.session._session.__str__() + str(answer.cookies)
    assert told("No e-mail address") in text_of(desk.get("people"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"names": "  \n "}, "Write a name."),
        ({"names": "x" * 151}, "Write this in fewer words."),
        ({"email": "aino"}, "Write the address in the form name@example.fi."),
        ({"email": "AINO@example.org"}, "This address has signed up for this group already."),
        ({"names": "\n".join("abcdef")}, "5"),
        ({"key": "x"}, "Lempi"),
        ({"language": "en"}, "Choose one of these."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(fields, words):
    desk = desk_of(full_group())
    sent = {"key": uuid.uuid4(), "names": "Lempi", "language": "sv", **fields}
    answer = desk.post("sign_up", **sent)
    assert answer.status_code == 200
    assert told(words) in text_of(answer)
    assert sent["names"].strip() in text_of(answer)
    assert SignUp.objects.count() == 4


def test_when_all_is_busy_it_is_said(monkeypatch):
    def busy(*_args, **_more):
        raise Busy

    desk = desk_of(full_group())
    monkeypatch.setattr(by_hand, "promote_by_hand", busy)
    monkeypatch.setattr(by_hand, "sign_up_by_hand", busy)
    monkeypatch.setattr(actions, "cancel", busy)
    sent = {"key": uuid.uuid4(), "names": "Lempi", "language": "sv"}
    for answer in (
        desk.post("sign_up", **sent),
        desk.post("promote", pk_of("veikko"), reason="other"),
        desk.post("cancel", pk_of("veikko")),
    ):
        assert answer.status_code == 200
        assert 'lang="en"' not in text_of(answer)
        busy = "Many people are signing up right now. Please try again in a moment."
        assert told(busy) in text_of(answer)


def test_a_cancelled_place_goes_to_the_queue_and_the_note_only_into_the_mail():
    desk = desk_of(full_group())
    note = "Kurssi on sinulle liian vaikea."
    assert desk.post("cancel", pk_of("aino"), note=note).status_code == 302
    assert (status_of("aino"), status_of("pirkko")) == ("cancelled", "confirmed")
    mail = Message.objects.get(kind="signup_cancelled")
    assert note in mail.text
    assert logged("cancel_signup").data == {"signup": pk_of("aino")}
    assert note not in str(Message.objects.get(kind="signup_promoted").text)
    assert faults(desk.group) == []


def test_the_note_is_in_the_mail_though_something_happened_meanwhile():
    group = full_group()
    old = SignUp.objects.get(pk=pk_of("veikko"))
    by_hand.promote_by_hand(SignUp.objects.get(pk=old.pk), "fits", by=None)
    actions.cancel(old, by=desk_of(group).person, note="Anteeksi.")
    assert "Anteeksi." in Message.objects.get(kind="signup_cancelled").text
    assert faults(group) == []


def test_nobody_is_signed_up_for_a_cancelled_group():
    group = full_group()
    type(group).objects.filter(pk=group.pk).update(cancelled_at="2027-01-01T00:00Z")
    group.refresh_from_db()
    with pytest.raises(ValidationError):
        by_hand.sign_up_by_hand(group, ["Lempi"], language="fi", by=None)


def test_a_refusal_is_in_the_trainers_language():
    desk = desk_of(full_group())
    names = "\n".join(f"Henkilö {number}" for number in range(9))
    refused = text_of(desk.post("sign_up", names=names, language="fi", key=uuid.uuid4()))
    assert told("One sign-up for this group is for at most %(most)s.", most=5) in refused
    assert 'lang="en"' not in refused
