"""The same thing at once, connections that break: nothing twice, nothing lost, a clear word."""

import uuid
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from tests.support.database import break_connection
from tests.training.signups.making import faults, join, of, offering_with, standing
from training.signups import actions, postgres
from training.signups.by_hand import promote_by_hand, sign_up_by_hand
from training.signups.claiming import Answer, Outcome
from training.signups.models import SignUp

from .crowd import crowd

pytestmark = [
    pytest.mark.race,
    pytest.mark.fault,
    pytest.mark.django_db(transaction=True),
]
MANY = 8


def on_first_call(function, before=None, after=None):
    """The function, with something that happens before or after its first call."""
    calls = []

    def call(*args, **kwargs):
        first = not calls
        calls.append(1)
        if first and before:
            before()
        answer = function(*args, **kwargs)
        if first and after:
            after()
        return answer

    return call


def test_one_contact_many_times_at_once_is_in_once():
    offering = offering_with(MANY)
    answers = crowd([lambda: join(offering, "a", now=None)] * MANY, threads=MANY)
    outcomes = Counter(answer.outcome for answer in answers)
    assert outcomes == {Outcome.SEATED: 1, Outcome.ALREADY: MANY - 1}
    assert faults(offering) == []


def test_one_seated_out_of_turn_by_many_at_once_takes_her_seats_once():
    offering = offering_with(1)
    for who in "abc":
        join(offering, who, now=None)
    third = of(offering, "c")
    deed = lambda: promote_by_hand(third, "other", by=None, add_places=True)  # noqa: E731
    answers = crowd([deed, lambda: actions.cancel(of(offering, "a"))] * MANY, threads=MANY)
    assert {one.status for one in answers if isinstance(one, SignUp)} == {"confirmed"}
    assert standing(offering) == {"a": "cancelled", "b": "confirmed", "c": "confirmed"}
    assert type(offering).objects.get(pk=offering.pk).capacity == 2
    assert faults(offering) == []


def test_one_address_from_the_counter_and_from_home_at_once_is_in_once():
    offering = offering_with(MANY)
    counter = lambda: sign_up_by_hand(  # noqa: E731
        offering, ["A"], email="a@example.org", language="fi", by=None
    )
    answers = crowd([counter, lambda: join(offering, "a", now=None)] * MANY, threads=MANY)
    for answer in answers:
        assert isinstance(answer, SignUp | ValidationError | Answer), answer
    assert SignUp.objects.count() == 1
    assert faults(offering) == []


@pytest.mark.parametrize("capacity", [0, MANY])
def test_one_form_many_times_at_once_is_one_sign_up(capacity):
    offering, key = offering_with(capacity), uuid.uuid4()
    answers = crowd([lambda: join(offering, "a", key=key, now=None)] * MANY, threads=MANY)
    assert {answer.signup for answer in answers} == {SignUp.objects.get()}
    assert faults(offering) == []


def test_one_hold_is_used_once():
    offering = offering_with(1)
    token = actions.hold(offering).token
    deeds = [lambda n=n: join(offering, f"p{n}", token=token, now=None) for n in range(MANY)]
    outcomes = Counter(answer.outcome for answer in crowd(deeds, threads=MANY))
    assert outcomes == {Outcome.SEATED: 1, Outcome.WAITING: MANY - 1}
    assert faults(offering) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="it has no connections to break")
def test_a_connection_that_breaks_before_the_commit_costs_nothing(monkeypatch):
    offering = offering_with(1)
    monkeypatch.setattr(postgres, "seat", on_first_call(postgres.seat, after=break_connection))
    (answer,) = crowd([lambda: join(offering, "a", now=None)], threads=1)
    assert answer.outcome is Outcome.SEATED
    assert faults(offering) == []


def test_an_answer_lost_after_the_commit_is_given_again(monkeypatch):
    def lose() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "two_stages", on_first_call(actions.two_stages, after=lose))
    offering = offering_with(1)
    (answer,) = crowd([lambda: join(offering, "a", now=None)], threads=1)
    assert (answer.outcome, answer.signup) == (Outcome.SEATED, of(offering, "a"))
    assert faults(offering) == []


def test_all_cancel_at_once_and_all_who_wait_are_in():
    offering = offering_with(3)
    for number in range(6):
        join(offering, f"p{number}", now=None)
    first = list(SignUp.objects.order_by("pk")[:3])
    crowd([lambda one=one: actions.cancel(one) for one in first for _twice in range(2)])
    assert list(standing(offering).values()) == ["cancelled"] * 3 + ["confirmed"] * 3
    assert faults(offering) == []


def test_a_waiting_list_is_not_longer_than_it_may_be_however_many_come():
    offering = offering_with(1, waiting_list_length=2)
    deeds = [lambda n=n: join(offering, f"p{n}", now=None) for n in range(MANY)]
    outcomes = Counter(answer.outcome for answer in crowd(deeds, threads=MANY))
    assert outcomes == {Outcome.SEATED: 1, Outcome.WAITING: 2, Outcome.FULL: MANY - 3}
    assert faults(offering) == []


def test_pools_are_made_once_by_all_who_come_first():
    offering = offering_with(None)
    offering.pools.all().delete()
    type(offering).objects.filter(pk=offering.pk).update(capacity=3)  # unlike what they hold
    deeds = [lambda n=n: join(offering, f"p{n}", now=None) for n in range(MANY)]
    outcomes = Counter(answer.outcome for answer in crowd(deeds, threads=MANY))
    assert outcomes == {Outcome.SEATED: 3, Outcome.WAITING: MANY - 3}
    assert faults(offering) == []
