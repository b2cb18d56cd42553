"""Signing up, one after another: seats, then the queue; groups; twice the same."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory
from training.actions import remove_offering
from training.courses import Offering
from training.signups.actions import cancel, change_capacity, claim, confirm, drop_hold, hold
from training.signups.claiming import Outcome, two_stages
from training.signups.errors import Closed, Lapsed
from training.signups.models import Attendee, Seat, SignUp

from .making import NOW, faults, join, later, of, offering_with, seats, standing, told

pytestmark = pytest.mark.django_db
Status = SignUp.Status


def test_seats_first_then_the_queue_in_order():
    offering = offering_with(2)
    outcomes = [join(offering, who).outcome for who in "abcd"]
    assert outcomes == [Outcome.SEATED] * 2 + [Outcome.WAITING] * 2
    assert seats(offering) == {"taken": 2}
    assert faults(offering) == []


def test_a_seat_is_held_until_the_address_is_confirmed():
    offering = offering_with(1)
    signup = join(offering, "a", confirmed=False).signup
    assert (signup.status, seats(offering)) == ("unconfirmed", {"held": 1})
    assert confirm(signup, now=later(minutes=29)).status == Status.CONFIRMED
    assert confirm(signup, now=later(minutes=40)).status == Status.CONFIRMED
    assert seats(offering) == {"taken": 1}
    assert told(signup) == ["signup_confirm", "signup_confirmed"]
    assert faults(offering) == []


def test_what_is_not_confirmed_in_time_is_over_without_any_worker():
    offering = offering_with(1)
    signup = join(offering, "a", confirmed=False).signup
    with pytest.raises(Lapsed):
        confirm(signup, now=later(minutes=30))
    assert join(offering, "b", now=later(minutes=30)).outcome is Outcome.SEATED
    assert standing(offering) == {"a": "lapsed", "b": "confirmed"}
    assert faults(offering) == []


def test_an_expired_seat_goes_to_the_queue_before_a_newcomer():
    offering = offering_with(1)
    join(offering, "a", confirmed=False)
    join(offering, "b")
    assert join(offering, "c", now=later(minutes=31)).outcome is Outcome.WAITING
    assert standing(offering) == {"a": "lapsed", "b": "confirmed", "c": "waiting"}
    assert faults(offering) == []


def test_a_group_is_seated_together_or_waits_together():
    offering = offering_with(3)
    assert join(offering, "a", 2).outcome is Outcome.SEATED
    assert join(offering, "b", 2).outcome is Outcome.WAITING
    assert seats(offering) == {"taken": 2, "kept": 1}
    assert join(offering, "c").outcome is Outcome.WAITING  # the seat is kept for the group
    assert faults(offering) == []


def test_who_comes_with_a_group_is_written_down():
    offering = offering_with(3)
    answer = join(offering, "a", None, names=["Aino", "Áilu"])
    assert answer.signup.size == 2
    people = Attendee.objects.filter(signup=answer.signup)
    assert list(people.values_list("name", "position")) == [("Aino", 1), ("Áilu", 2)]
    waiting = join(offering, "b", None, names=["Antti", "Elle"]).signup
    assert waiting.attendees.count() == 2


def test_an_unlimited_offering_needs_no_seats():
    offering = OfferingFactory()
    assert [join(offering, who).outcome for who in "abc"] == [Outcome.SEATED] * 3
    assert hold(offering, now=NOW).until is None
    assert not Seat.objects.exists()
    assert faults(offering) == []


def test_a_group_made_with_a_capacity_gets_its_seats_with_the_first_one_who_comes():
    offering = OfferingFactory(capacity=1)
    assert join(offering, "a").outcome is Outcome.SEATED
    assert join(offering, "b").outcome is Outcome.WAITING
    assert faults(offering) == []


@pytest.mark.parametrize("length", [0, 1, 2])
def test_the_waiting_list_has_its_length(length):
    offering = offering_with(1, waiting_list_length=length)
    outcomes = [join(offering, who).outcome for who in "abcd"]
    waiting = [Outcome.WAITING] * length + [Outcome.FULL] * (3 - length)
    assert outcomes == [Outcome.SEATED, *waiting]
    assert faults(offering) == []


def test_roles_have_seats_and_a_queue_of_their_own():
    offering = offering_with(3, reserved={"client": 1})
    assert join(offering, "a", role="client").outcome is Outcome.SEATED
    assert join(offering, "b", role="client").outcome is Outcome.WAITING
    assert [join(offering, who).outcome for who in "cd"] == [Outcome.SEATED] * 2
    assert join(offering, "e").outcome is Outcome.WAITING
    assert join(offering, "f", role="unknown").outcome is Outcome.WAITING
    cancel(of(offering, "a"), now=NOW)
    assert standing(offering)["b"] == "confirmed"
    assert standing(offering)["e"] == "waiting"
    assert faults(offering) == []


@pytest.mark.parametrize("email", ["a@example.org", "A@Example.ORG"])
def test_a_contact_signs_up_once_and_is_told_by_mail_only(email):
    offering = offering_with(2)
    first = join(offering, "a").signup
    for _time in range(2):
        answer = join(offering, "a", email=email)
        assert (answer.outcome, answer.signup) == (Outcome.ALREADY, None)
    assert Message.objects.filter(kind="signup_already").count() == 1
    assert SignUp.objects.get() == first
    assert faults(offering) == []


def test_the_same_form_twice_is_one_sign_up():
    offering, key = offering_with(1), uuid.uuid4()
    first, second = (join(offering, "a", key=key) for _time in range(2))
    assert (first.outcome, second.outcome) == (Outcome.SEATED, Outcome.SEATED)
    assert first.signup == second.signup
    cancel(first.signup, now=NOW)
    assert join(offering, "a", key=key).signup != first.signup


def test_who_cancelled_can_sign_up_again():
    offering = offering_with(1)
    cancel(join(offering, "a").signup, now=NOW)
    assert join(offering, "a").outcome is Outcome.SEATED
    assert faults(offering) == []


def test_a_form_holds_its_seats():
    offering = offering_with(3)
    held = hold(offering, size=2, now=NOW)
    assert held.until == later(minutes=10)
    assert join(offering, "b", 2).outcome is Outcome.WAITING
    assert join(offering, "a", 2, token=held.token).outcome is Outcome.SEATED
    assert standing(offering) == {"b": "waiting", "a": "confirmed"}
    assert held.token not in str(list(Seat.objects.values()))
    assert faults(offering) == []


def test_there_is_nothing_to_hold_when_all_is_taken():
    offering = offering_with(1)
    assert hold(offering, now=NOW)
    assert hold(offering, now=NOW) is None


def test_a_hold_that_is_over_goes_to_whoever_comes():
    offering = offering_with(1)
    held = hold(offering, now=NOW)
    assert join(offering, "b", now=later(minutes=10)).outcome is Outcome.SEATED
    answer = join(offering, "a", token=held.token, now=later(minutes=10))
    assert answer.outcome is Outcome.WAITING
    assert faults(offering) == []


def test_a_form_that_needs_fewer_or_more_than_it_held():
    offering = offering_with(4)
    fewer, more = hold(offering, size=3, now=NOW), hold(offering, now=NOW)
    assert join(offering, "a", token=fewer.token).outcome is Outcome.SEATED
    assert seats(offering) == {"taken": 1, "held": 1, "free": 2}
    assert join(offering, "b", 3, token=more.token).outcome is Outcome.SEATED
    assert faults(offering) == []


def test_a_form_that_held_too_few_gives_them_back_when_it_has_to_wait():
    offering = offering_with(2)
    held = hold(offering, now=NOW)
    join(offering, "a")
    join(offering, "b")
    assert join(offering, "c", 2, token=held.token).outcome is Outcome.WAITING
    assert standing(offering) == {"a": "confirmed", "b": "confirmed", "c": "waiting"}
    assert faults(offering) == []


def test_a_dropped_hold_goes_to_the_queue():
    offering = offering_with(1)
    held = hold(offering, now=NOW)
    join(offering, "a")
    drop_hold(offering, held.token, now=NOW)
    drop_hold(offering, "", now=NOW)
    assert standing(offering) == {"a": "confirmed"}


def test_outside_the_window_nobody_signs_up():
    offering = offering_with(1)
    offering.course.enrolment_opens_at = later(hours=1)
    for deed in (lambda: join(offering, "a"), lambda: hold(offering, now=NOW)):
        with pytest.raises(Closed):
            deed()
    offering.course.enrolment_closes_at = later(hours=2)
    with pytest.raises(Closed):
        join(offering, "a", now=later(hours=2))


@pytest.mark.parametrize("size", [6, -1])
def test_a_group_is_not_larger_than_allowed(size):
    with pytest.raises(ValidationError):
        join(offering_with(9), "a", size)


def test_who_waits_confirms_the_address_without_leaving_the_queue():
    offering = offering_with(0)
    signup = join(offering, "a", confirmed=False).signup
    assert confirm(signup, now=NOW).status == Status.WAITING
    assert told(signup) == ["signup_waiting"]
    change_capacity(offering, 1, now=NOW)
    assert standing(offering) == {"a": "confirmed"}


def test_each_is_told_in_her_language():
    offering = offering_with(1)
    for who, language in (("a", "sv"), ("b", "se")):
        claim(
            offering, email=f"{who}@example.org", language=language, address_confirmed=True, now=NOW
        )
    swedish, sami = Message.objects.order_by("pk")
    assert swedish.subject.startswith("Du har en plats: Course")
    assert (sami.language, sami.to) == ("se", "b@example.org")
    assert sami.subject.startswith("Olet jonossa: ")


def test_a_seat_cannot_be_in_two_states():
    offering = offering_with(1)
    signup = join(offering, "a").signup
    for wrong in (
        {"state": "free"},
        {"state": "held"},
        {"state": "taken", "signup": None},
        {"state": "held", "signup": None, "held_until": NOW},
        {"state": "held", "hold": "x", "held_until": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.filter(signup=signup).update(**wrong)


def test_a_contact_cannot_be_live_twice():
    offering = offering_with(2)
    join(offering, "a")
    copy = of(offering, "a")
    copy.pk, copy.key, copy.email = None, uuid.uuid4(), "A@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize("was_opened", [True, False])
def test_a_group_removed_while_she_was_typing_is_closed(was_opened):
    offering = offering_with(2) if was_opened else OfferingFactory(capacity=2)
    OfferingFactory(course=offering.course)
    remove_offering(Offering.objects.get(pk=offering.pk))
    with pytest.raises(Closed):
        hold(offering, now=NOW)
    with pytest.raises(Closed):
        join(offering, "a")
    assert not SignUp.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_group_removed_between_the_look_and_the_seat_is_closed(monkeypatch):
    offering = offering_with(2)
    OfferingFactory(course=offering.course)

    def remove_first(joiner, pool):
        remove_offering(Offering.objects.get(pk=offering.pk))
        return two_stages(joiner, pool)

    monkeypatch.setattr("training.signups.actions.two_stages", remove_first)
    with pytest.raises(Closed):
        join(offering, "a")
    assert not SignUp.objects.exists()
