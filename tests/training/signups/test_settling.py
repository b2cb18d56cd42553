"""What is given back goes to whoever waits first; capacity goes up and down."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from tests.factories.organisations import MembershipFactory, PersonFactory
from training.actions import remove_offering
from training.courses import Offering
from training.signups.actions import cancel, change_capacity, confirm, hold, sweep
from training.signups.claiming import Outcome
from training.signups.clock import sweep_signups
from training.signups.errors import Closed
from training.signups.models import Seat, SignUp

from .making import NOW, faults, join, later, of, offering_with, seats, standing, told

pytestmark = pytest.mark.django_db


def all_join(offering, names, **more):
    for name in names:
        join(offering, name, **more)


def waiting(offering) -> str:
    return "".join(who for who, status in standing(offering).items() if status == "waiting")


def test_who_cancels_gives_the_seat_to_the_first_in_the_queue():
    offering = offering_with(1)
    all_join(offering, "abc")
    first = of(offering, "a")
    assert cancel(first, now=NOW)
    assert not cancel(first, now=NOW)
    assert standing(offering) == {"a": "cancelled", "b": "confirmed", "c": "waiting"}
    assert told(first) == ["signup_confirmed", "signup_cancelled"]
    assert told(of(offering, "b")) == ["signup_waiting", "signup_promoted"]
    assert faults(offering) == []


def test_who_leaves_the_queue_is_passed_over():
    offering = offering_with(1)
    all_join(offering, "abc")
    cancel(of(offering, "b"), now=NOW)
    cancel(of(offering, "a"), now=NOW)
    assert standing(offering) == {"a": "cancelled", "b": "cancelled", "c": "confirmed"}
    assert faults(offering) == []


def test_seats_are_kept_until_a_group_fits():
    offering = offering_with(2)
    all_join(offering, "ab")
    join(offering, "c", 2)
    join(offering, "d")
    cancel(of(offering, "a"), now=NOW)
    assert waiting(offering) == "cd"
    assert seats(offering) == {"taken": 1, "kept": 1}
    cancel(of(offering, "b"), now=NOW)
    assert waiting(offering) == "d"
    assert faults(offering) == []


def test_when_the_group_gives_up_the_kept_seats_go_to_those_behind():
    offering = offering_with(1)
    join(offering, "a", 2)
    join(offering, "b")
    assert waiting(offering) == "ab"
    cancel(of(offering, "a"), now=NOW)
    assert standing(offering)["b"] == "confirmed"
    assert faults(offering) == []


def test_kept_seats_are_free_again_when_nobody_waits():
    offering = offering_with(1)
    join(offering, "a", 2)
    assert seats(offering) == {"kept": 1}
    cancel(of(offering, "a"), now=NOW)
    assert seats(offering) == {"free": 1}


def test_who_is_promoted_unconfirmed_has_a_day():
    offering = offering_with(1)
    join(offering, "a")
    join(offering, "b", confirmed=False)
    join(offering, "c")
    cancel(of(offering, "a"), now=later(hours=1))
    promoted = of(offering, "b")
    assert promoted.status == "unconfirmed"
    assert promoted.confirm_until == later(hours=25)
    assert sweep(later(hours=24)) == 0
    assert sweep(later(hours=25)) == 2
    assert standing(offering) == {"a": "cancelled", "b": "lapsed", "c": "confirmed"}
    assert faults(offering) == []


def test_who_waits_unconfirmed_for_a_day_leaves_the_queue():
    offering = offering_with(1)
    join(offering, "a")
    join(offering, "b", confirmed=False)
    cancel(of(offering, "a"), now=later(hours=24))
    assert standing(offering) == {"a": "cancelled", "b": "lapsed"}
    assert seats(offering) == {"free": 1}
    assert faults(offering) == []


def test_the_worker_frees_closed_forms_for_the_queue():
    offering = offering_with(1)
    hold(offering, now=NOW)
    join(offering, "a")
    assert sweep_signups(later(minutes=9)) == 0
    assert sweep_signups(later(minutes=10)) == 2
    assert standing(offering) == {"a": "confirmed"}
    assert sweep_signups(later(minutes=20)) == 0


def test_the_worker_mends_a_seat_that_lies_idle_beside_a_queue():
    offering = offering_with(1)
    all_join(offering, "ab")
    SignUp.objects.filter(pk=of(offering, "a").pk).update(status="cancelled")
    Seat.objects.update(state="free", signup=None)
    assert sweep(NOW) == 1
    assert standing(offering)["b"] == "confirmed"


def test_more_places_go_to_the_queue_and_the_rest_is_free():
    offering = offering_with(1)
    all_join(offering, "abc")
    assert change_capacity(offering, 5, now=NOW) == 0
    assert waiting(offering) == ""
    assert seats(offering) == {"taken": 3, "free": 2}
    assert Offering.objects.get(pk=offering.pk).capacity == 5
    assert faults(offering) == []


def test_fewer_places_take_free_ones_and_then_those_given_back():
    offering = offering_with(5)
    all_join(offering, "abcd")
    assert change_capacity(offering, 2, now=NOW) == 2
    assert seats(offering) == {"taken": 4}
    join(offering, "e")
    for who in "ab":
        cancel(of(offering, who), now=NOW)
    assert (seats(offering), waiting(offering)) == ({"taken": 2}, "e")
    cancel(of(offering, "c"), now=NOW)
    assert (seats(offering), waiting(offering)) == ({"taken": 2}, "")
    assert faults(offering) == []


def test_down_and_up_again_makes_no_new_rows():
    offering = offering_with(5)
    for capacity in (0, 5, 2, 5):
        change_capacity(offering, capacity, now=NOW)
    assert Seat.objects.count() == 5
    assert seats(offering) == {"free": 5}


def test_a_limit_set_and_lifted_leaves_everybody_her_place():
    offering = offering_with(None)
    all_join(offering, "ab")
    join(offering, "c", 2, confirmed=False)
    assert change_capacity(offering, 3, now=NOW) == 1
    assert seats(offering) == {"taken": 2, "held": 2}
    join(offering, "d")
    assert waiting(offering) == "d"
    assert faults(offering) == []
    change_capacity(offering, None, now=NOW)
    assert standing(offering)["d"] == "confirmed"
    assert seats(offering) == {}
    assert confirm(of(offering, "c"), now=NOW).status == "confirmed"
    assert faults(offering) == []


def test_reserved_places_come_out_of_the_same_capacity():
    offering = offering_with(3)
    all_join(offering, "abc")
    assert change_capacity(offering, 3, reserved={"client": 1}, now=NOW) == 0
    join(offering, "d", role="client")
    join(offering, "e")
    assert waiting(offering) == "de"
    cancel(of(offering, "a"), now=NOW)  # the seat changes over to those it is reserved for
    assert waiting(offering) == "e"
    cancel(of(offering, "b"), now=NOW)
    assert waiting(offering) == ""
    assert faults(offering) == []


def test_when_nothing_is_reserved_any_more_all_wait_in_one_queue():
    offering = offering_with(2, reserved={"client": 1})
    join(offering, "a", role="client")
    join(offering, "b", role="client")
    all_join(offering, "cd")
    change_capacity(offering, 2, reserved={}, now=NOW)
    assert waiting(offering) == "bd"
    cancel(of(offering, "a"), now=NOW)
    assert waiting(offering) == "d"
    assert faults(offering) == []


def test_no_more_is_reserved_than_there_is():
    offering = offering_with(2)
    with pytest.raises(ValidationError):
        change_capacity(offering, 2, reserved={"client": 3}, now=NOW)


def test_the_participant_cancels_until_a_time_and_the_trainer_always():
    offering = offering_with(1, cancel_until=later(hours=1))
    all_join(offering, "ab")
    trainer = MembershipFactory(organisation=offering.course.organisation, role="trainer").user
    with pytest.raises(Closed):
        cancel(of(offering, "a"), now=later(hours=1))
    with pytest.raises(PermissionDenied):
        cancel(of(offering, "a"), by=PersonFactory(), now=NOW)
    assert cancel(of(offering, "a"), by=trainer, now=later(hours=2))
    assert standing(offering)["b"] == "confirmed"
    entry = ModelLogEntry.objects.for_instance(offering).get()
    assert (entry.action, entry.user) == ("training.cancel_signup", trainer)
    assert "example.org" not in str(entry.data)


@pytest.mark.permission
def test_only_who_may_change_the_course_changes_its_capacity():
    offering = offering_with(1)
    with pytest.raises(PermissionDenied):
        change_capacity(offering, 9, by=PersonFactory())
    trainer = MembershipFactory(organisation=offering.course.organisation, role="trainer").user
    assert change_capacity(offering, 9, by=trainer) == 0


def test_a_group_people_signed_up_for_is_not_removed():
    offering = offering_with(1)
    join(offering, "a")
    other = offering_with(1)
    other.course = offering.course
    other.save()
    with pytest.raises(ValidationError):
        remove_offering(offering)
    remove_offering(other)
    assert not Offering.objects.filter(pk=other.pk).exists()


def test_newcomers_take_what_nobody_waits_for():
    offering = offering_with(1)
    join(offering, "a")
    cancel(of(offering, "a"), now=NOW)
    assert join(offering, "b").outcome is Outcome.SEATED
