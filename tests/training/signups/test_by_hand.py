"""What a trainer does by hand: seats stay as they have to be, nobody loses hers, it is logged."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from site_core.outbox.models import Message
from tests.factories.organisations import MembershipFactory, PersonFactory
from training.cancelling import cancel_offering
from training.courses import Offering
from training.reminding import remind
from training.session_actions import cancel_session, move_session, set_join_link
from training.signups.actions import cancel, change_capacity
from training.signups.by_hand import Reason, promote_by_hand, sign_up_by_hand
from training.signups.errors import Lapsed
from training.signups.models import Attendee, SignUp

from .making import NOW, faults, join, later, of, offering_with, seats, standing, told

pytestmark = pytest.mark.django_db


def promote(offering, who, **more):
    return promote_by_hand(of(offering, who), Reason.OTHER, **{"by": None, "now": NOW, **more})


def sign_up(offering, *names, **more):
    return sign_up_by_hand(
        offering, names or ["Aino"], **{"language": "fi", "by": None, "now": NOW, **more}
    )


def queue_behind_a_group():
    """Four places, two taken; a group of three stands first, then one, then two."""
    offering = offering_with(4)
    join(offering, "a", 2)
    for who, size in (("g", 3), ("s", 1), ("p", 2)):
        join(offering, who, size)
    assert seats(offering) == {"taken": 2, "kept": 2}
    return offering


def test_an_idle_seat_goes_past_a_group_that_cannot_use_it():
    offering = queue_behind_a_group()
    assert promote(offering, "s").status == "confirmed"
    assert standing(offering) == {
        "a": "confirmed",
        "g": "waiting",
        "s": "confirmed",
        "p": "waiting",
    }
    assert seats(offering) == {"taken": 3, "kept": 1}
    assert told(of(offering, "s")) == ["signup_waiting", "signup_promoted"]
    assert faults(offering) == []


def test_without_enough_idle_seats_nothing_happens_unless_places_are_added():
    offering = queue_behind_a_group()
    promote(offering, "s")
    with pytest.raises(ValidationError):
        promote(offering, "p")
    assert standing(offering)["p"] == "waiting"
    promote(offering, "p", add_places=True)
    assert standing(offering)["p"] == "confirmed"
    assert Offering.objects.get(pk=offering.pk).capacity == offering.capacity + 1 == 5
    assert seats(offering) == {"taken": 5}
    assert faults(offering) == []


def test_the_first_one_gets_the_missing_seats_and_the_next_one_what_is_left():
    offering = offering_with(2)
    join(offering, "a")
    join(offering, "g", 3)
    join(offering, "s")
    promote(offering, "g", add_places=True)
    assert standing(offering) == {"a": "confirmed", "g": "confirmed", "s": "waiting"}
    assert (Offering.objects.get(pk=offering.pk).capacity, faults(offering)) == (4, [])


def test_a_place_added_to_a_group_that_is_over_leaves_it_over_by_as_many():
    offering = offering_with(3)
    for who in "abcd":
        join(offering, who)
    change_capacity(offering, 1, now=NOW)
    promote(offering, "d", add_places=True)
    assert seats(offering) == {"taken": 4}
    assert Offering.objects.get(pk=offering.pk).capacity == 2
    assert faults(offering) == []
    for who in "abc":
        cancel(of(offering, who), now=NOW)
    assert seats(offering) == {"taken": 1, "free": 1}


def test_added_places_are_those_of_her_own_pool():
    offering = offering_with(2, reserved={"client": 1})
    for who, role in (("a", ""), ("b", "client"), ("c", ""), ("d", "client")):
        join(offering, who, role=role)
    promote(offering, "d", add_places=True)
    places = dict(offering.pools.values_list("role", "places"))
    assert places == {"": 1, "client": 2}
    assert (standing(offering)["c"], faults(offering)) == ("waiting", [])


def test_who_has_come_to_her_seat_meanwhile_keeps_it_and_whose_is_over_gets_none():
    offering = offering_with(1)
    join(offering, "a")
    waiting, gone = join(offering, "b").signup, join(offering, "c").signup
    cancel(of(offering, "a"), now=NOW)
    assert promote_by_hand(waiting, "other", by=None, add_places=True).status == "confirmed"
    assert Offering.objects.get(pk=offering.pk).capacity == 1
    cancel(gone, now=NOW)
    with pytest.raises(Lapsed):
        promote_by_hand(gone, "other", by=None, add_places=True)
    assert not ModelLogEntry.objects.filter(action="training.promote_by_hand").exists()
    assert faults(offering) == []


def test_whose_address_is_not_confirmed_has_a_day_as_in_turn():
    offering = offering_with(1)
    join(offering, "a")
    join(offering, "b", confirmed=False)
    promoted = promote(offering, "b", add_places=True)
    assert (promoted.status, promoted.confirm_until) == ("unconfirmed", later(hours=24))
    assert faults(offering) == []


def test_a_seat_whose_time_is_over_goes_to_whose_turn_it_is_first():
    offering = offering_with(1)
    join(offering, "a", confirmed=False)
    join(offering, "b")
    join(offering, "c")
    with pytest.raises(ValidationError):
        promote(offering, "c", now=later(hours=1))
    promote(offering, "c", now=later(hours=1), add_places=True)
    assert standing(offering) == {"a": "lapsed", "b": "confirmed", "c": "confirmed"}
    assert faults(offering, now=later(hours=1)) == []


@pytest.mark.parametrize("wrong", ["", "Aino is my cousin"])
def test_a_reason_is_one_of_those_there_are(wrong):
    offering = queue_behind_a_group()
    with pytest.raises(ValueError, match="valid"):
        promote_by_hand(of(offering, "s"), wrong, by=None)


def test_at_the_counter_one_takes_a_seat_or_queues():
    offering = offering_with(1)
    first = sign_up(offering, "Aino", email="aino@example.org")
    second = sign_up(offering, "Áilu")
    assert (first.status, second.status) == ("confirmed", "waiting")
    assert list(Attendee.objects.values_list("name", flat=True)) == ["Aino", "Áilu"]
    assert Message.objects.get().to == "aino@example.org"
    cancel(first, now=NOW)
    assert SignUp.objects.get(pk=second.pk).status == "confirmed"
    assert [mail.kind for mail in Message.objects.order_by("pk")] == [
        "signup_confirmed",
        "signup_cancelled",
    ]
    assert faults(offering) == []


def test_two_without_an_address_are_two():
    offering = offering_with(3)
    assert sign_up(offering) != sign_up(offering)
    assert sign_up(offering).status == "confirmed"
    assert faults(offering) == []


def test_at_the_counter_one_is_in_when_enrolment_is_closed():
    offering = offering_with(1, course__enrolment_closes_at=NOW)
    assert sign_up(offering, now=later(days=1)).status == "confirmed"


def test_without_a_limit_one_needs_no_seat():
    offering = offering_with(None)
    assert sign_up(offering).status == "confirmed"
    assert faults(offering) == []


def test_a_group_nobody_has_signed_up_for_gets_its_seats():
    offering = offering_with(None)
    offering.pools.all().delete()
    Offering.objects.filter(pk=offering.pk).update(capacity=1)
    assert [sign_up(offering).status, sign_up(offering).status] == ["confirmed", "waiting"]
    assert faults(offering) == []


def test_the_same_form_twice_is_one_and_an_address_is_in_once():
    offering, key = offering_with(2), uuid.uuid4()
    first = sign_up(offering, key=key, email="aino@example.org")
    assert sign_up(offering, key=key, email="aino@example.org") == first
    with pytest.raises(ValidationError) as caught:
        sign_up(offering, email="Aino@Example.org")
    assert list(caught.value.error_dict) == ["email"]
    assert SignUp.objects.count() == 1


def test_a_key_of_another_group_shows_nothing_of_it():
    foreign = sign_up(offering_with(1), "Foreign")
    with pytest.raises(ValidationError):
        sign_up(offering_with(1), key=foreign.key)
    assert SignUp.objects.get() == foreign


@pytest.mark.parametrize("length", [0, 1])
def test_the_waiting_list_keeps_its_length(length):
    offering = offering_with(1, waiting_list_length=length)
    for _time in range(length + 1):
        sign_up(offering)
    with pytest.raises(ValidationError):
        sign_up(offering)
    assert SignUp.objects.count() == length + 1


@pytest.mark.parametrize("names", [[], ["x"] * 6])
def test_as_many_people_as_in_any_sign_up(names):
    with pytest.raises(ValidationError):
        sign_up_by_hand(offering_with(9), names, language="fi", by=None)


def test_nobody_is_overtaken_at_the_counter():
    offering = queue_behind_a_group()
    assert sign_up(offering).status == "waiting"
    assert faults(offering) == []


def test_a_role_has_its_own_places():
    offering = offering_with(2, reserved={"client": 1})
    assert sign_up(offering, role="client").pool.role == "client"
    assert sign_up(offering, role="client").status == "waiting"
    assert faults(offering) == []


@pytest.mark.permission
@pytest.mark.parametrize("role", ["author", None])
def test_only_who_runs_the_course_acts(role):
    offering = queue_behind_a_group()
    person = PersonFactory()
    if role:
        own = offering.course.organisation
        person = MembershipFactory(organisation=own, role=role).user
    with pytest.raises(PermissionDenied):
        promote(offering, "s", by=person)
    with pytest.raises(PermissionDenied):
        sign_up(offering, by=person)
    assert (standing(offering)["s"], SignUp.objects.count()) == ("waiting", 4)


@pytest.mark.permission
def test_the_log_says_who_why_and_how_many_and_no_name():
    offering = queue_behind_a_group()
    trainer = MembershipFactory(organisation=offering.course.organisation, role="trainer").user
    promoted = promote_by_hand(of(offering, "s"), Reason.FITS, by=trainer, now=NOW)
    written = sign_up(offering, "Aino", email="aino@example.org", by=trainer)
    rows = {row.action: row for row in ModelLogEntry.objects.for_instance(offering)}
    assert rows["training.promote_by_hand"].data == {
        "signup": promoted.pk,
        "reason": "fits",
        "added": 0,
    }
    told_of = rows["training.sign_up_by_hand"].data
    assert told_of == {"signup": written.pk, "people": 1, "status": "waiting"}
    assert {row.user for row in rows.values()} == {trainer}
    assert "ino" not in str([row.data for row in rows.values()])


def test_whoever_has_no_address_gets_no_mail_about_sessions_either():
    offering = offering_with(1)
    sign_up(offering, "Aino")
    sign_up(offering, "Áilu")
    session = offering.sessions.get()
    day_before = session.starts_at - timedelta(hours=20)
    remind(day_before)
    moved = session.starts_at + timedelta(hours=1)
    move_session(session, starts_at=moved, ends_at=moved + timedelta(hours=1), now=day_before)
    for number in range(2):
        set_join_link(session, f"https://video.example/{number}", now=day_before)
    cancel_session(session, now=day_before)
    cancel_offering(offering, now=day_before)
    assert not SignUp.objects.live().exists()
    assert not Message.objects.exists()
