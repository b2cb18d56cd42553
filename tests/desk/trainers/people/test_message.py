"""Writing to participants: looked at first, once only, ten times a day."""

import uuid

import pytest
from wagtail.models import ModelLogEntry

from site_core.outbox.models import Message
from tests.support.pages import save_page
from training.signups.by_hand import sign_up_by_hand
from training.signups.models import SignUp

from .making import desk_of, full_group, logged, text_of, told

pytestmark = pytest.mark.django_db
TEXT = "Tuo mukana <lämpimät> sukat.\nTerveisin Liisa"


@pytest.fixture
def desk():
    return desk_of(full_group())


def form(**fields):
    return {"key": uuid.uuid4(), "text": TEXT, "language": "fi", "to": "confirmed", **fields}


def written() -> list[str]:
    mails = Message.objects.filter(kind="signup_message").order_by("to")
    return [mail.to.partition("@")[0] for mail in mails]


def pk_of(who: str) -> int:
    return SignUp.objects.get(email=f"{who}@example.org").pk


def test_it_is_looked_at_before_it_goes(desk):
    save_page("desk_message", desk.get("message").content)
    preview = desk.post("message", **form())
    save_page("desk_message_preview", preview.content)
    page = text_of(preview)
    assert (
        told("One person gets this by mail.", plural="%(count)s get this by mail.", count=2) in page
    )
    assert '<span lang="fi">suomi</span> 1' in page
    assert '<span lang="se">davvisámegiella</span> 1' in page
    assert "Tuo mukana &lt;lämpimät&gt;" in preview.content.decode()
    assert written() == []
    again = desk.post("message", **form(deed="change", chosen=[pk_of("veikko")]))
    assert "Terveisin Liisa" in text_of(again)
    assert f'value="{pk_of("veikko")}" checked' in text_of(again)


@pytest.mark.parametrize(
    ("fields", "people"),
    [
        ({}, ["aino", "ánde"]),
        ({"to": "waiting"}, ["pirkko", "veikko"]),
        ({"to": "chosen", "chosen": ["aino", "veikko"]}, ["aino", "veikko"]),
    ],
)
def test_it_goes_to_those_who_were_meant(desk, fields, people):
    if "chosen" in fields:
        fields = {**fields, "chosen": [pk_of(who) for who in fields["chosen"]]}
    assert desk.post("message_send", **form(**fields)).status_code == 302
    assert written() == people
    mail = Message.objects.filter(kind="signup_message").first()
    assert "Tuo mukana <lämpimät> sukat." in mail.text
    assert "&lt;lämpimät&gt;" in mail.html
    assert (logged("message").user, logged("message").data) == (desk.person, {"people": 2})
    assert "sukat" not in str(list(ModelLogEntry.objects.values_list("data")))


def test_a_double_click_sends_once(desk):
    sent = form()
    answers = [desk.post("message_send", **sent).status_code for _time in range(2)]
    assert (answers, written()) == ([302, 302], ["aino", "ánde"])
    assert ModelLogEntry.objects.filter(action="training.message").count() == 1


def test_ten_a_day_and_what_was_typed_stays(desk):
    for _time in range(10):
        assert desk.post("message_send", **form()).status_code == 302
    last = form(to="waiting")
    refused = desk.post("message_send", **last)
    assert refused.status_code == 429
    assert "Terveisin Liisa" in text_of(refused)
    assert desk.post("message_send", **last).status_code == 429
    other = desk_of(full_group())
    assert other.post("message_send", **form()).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"text": "x" * 2001}, {"to": "all"}, {"language": "xx"}, {"to": "chosen"}],
)
def test_what_is_wrong_is_told_and_nothing_goes(desk, wrong):
    answer = desk.post("message", **form(**wrong))
    assert 'role="alert"' in text_of(answer)
    assert written() == []


def test_who_has_no_address_is_not_counted(desk):
    sign_up_by_hand(desk.group, ["Lempi"], language="fi", by=None)
    preview = text_of(desk.post("message", **form(to="waiting")))
    assert told("One person gets this by mail.", plural="%(count)s get this by mail.", count=2) in (
        preview
    )
