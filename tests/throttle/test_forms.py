"""The guards of a form that anyone may send."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import signing
from django.template.loader import render_to_string

from site_core.throttle.forms import GuardedForm, Sender


class Note(GuardedForm):
    guarded_action = "note"


class OtherNote(GuardedForm):
    guarded_action = "other note"


def opened(ago: timedelta, form: type[GuardedForm] = Note) -> str:
    """The sign of a form that was opened so long ago."""
    moment = signing.time.time() - ago.total_seconds()
    with mock.patch.object(signing.time, "time", return_value=moment):
        return form().sign()


@pytest.mark.parametrize(
    ("ago", "sender"),
    [
        (timedelta(seconds=1), Sender.MACHINE),
        (timedelta(seconds=5), Sender.PERSON),
        (timedelta(hours=23, minutes=59), Sender.PERSON),
        (timedelta(hours=24, minutes=1), Sender.LATE),
    ],
)
def test_the_time_between_opening_and_sending_tells(ago, sender):
    assert Note({"opened": opened(ago)}).sender() is sender


@pytest.mark.parametrize("sign", ["", "note", "note:1:forged", "\x00", "ä" * 1000, ":", "::::"])
def test_a_sign_that_is_none_is_late(sign):
    assert Note({"opened": sign}).sender() is Sender.LATE
    assert Note({}).sender() is Sender.LATE


def test_the_sign_of_one_form_opens_no_other():
    foreign = opened(timedelta(minutes=1), OtherNote)
    assert OtherNote({"opened": foreign}).sender() is Sender.PERSON
    assert Note({"opened": foreign}).sender() is Sender.LATE


def test_the_field_nobody_sees_catches_machines_even_in_time():
    data = {"opened": opened(timedelta(minutes=1)), "homepage": "https://example.org/"}
    assert Note(data).sender() is Sender.MACHINE


def test_a_form_that_comes_back_keeps_its_sign_while_it_is_good():
    good, old = opened(timedelta(minutes=1)), opened(timedelta(days=2))
    assert Note({"opened": good}).sign() == good
    assert Note({"opened": old}).sign() != old


def test_the_guards_are_out_of_sight_and_out_of_the_tab_order():
    html = render_to_string("components/guard.html", {"form": Note()})
    assert 'aria-hidden="true"' in html
    assert 'tabindex="-1"' in html
    assert 'autocomplete="off"' in html
