"""The trainer's courses: what the list and the course show, its facts and groups."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.training import CourseFactory, OfferingFactory, SessionFactory
from tests.training.conftest import add_page
from tests.training.signups.making import NOW, join
from training.courses import Course, Offering
from training.signups.actions import change_capacity
from training.signups.models import SignUp
from training.signups.standing import Standing, standings

from .typed import facts, group_form, url

LIST = reverse("desk_courses")


@pytest.fixture
def offering(people) -> Offering:
    """The first group of the own course, with two places."""
    found = people.own.offerings.get()
    change_capacity(found, 2)
    return found


@pytest.fixture
def trainer(people):
    return people.client("trainer")


def rows(client, **asked):
    return client.get(LIST, asked).context["rows"]


@pytest.mark.permission
@pytest.mark.leak
def test_the_list_shows_own_courses_and_nobody_elses(people):
    titles = {who: [row.title for row in rows(people.client(who))] for who in ("trainer", "lead")}
    assert titles == {"trainer": ["Own course"], "lead": ["Own course"]}
    assert {row.title for row in rows(people.client("editor"))} == {"Own course", "Foreign course"}
    assert [row.title for row in rows(people.client("editor"), q="foreign")] == ["Foreign course"]


@pytest.mark.permission
@pytest.mark.parametrize("who", ["author", "suspended", "ended", "stranger", "moderator"])
def test_there_is_no_list_for_others(people, who):
    assert people.client(who).get(LIST).status_code == 404


def test_the_desk_leads_to_the_list(people, trainer):
    page = add_page(people.own)
    shown = trainer.get(reverse("desk_entries")).content.decode()
    assert f'href="{LIST}"' in shown
    assert url("desk_course", people.own.pk) in shown
    shown = people.client("author").get(reverse("desk_entries")).content.decode()
    assert page.title in shown
    assert LIST not in shown


def test_seats_are_those_of_this_moment(offering, trainer):
    for who in ("aino", "eero"):
        join(offering, who)
    join(offering, "niila")
    (row,) = rows(trainer)
    expected = Standing(capacity=2, taken=2, waiting=1, free=0, kept=0)
    assert row.groups[0].standing == expected
    change_capacity(offering, 1)
    assert rows(trainer)[0].groups[0].standing.over_by == 1


def test_held_seats_kept_seats_and_groups_without_a_limit_are_counted(offering):
    join(offering, "aino", confirmed=False)
    offering.largest_group = 3
    offering.save()
    join(offering, "ryhma", size=2)
    found = standings([offering], NOW)[offering.pk]
    assert (found.held, found.waiting, found.kept, found.free) == (1, 2, 1, 0)
    free = OfferingFactory(course=offering.course)
    join(free, "niila")
    untouched = OfferingFactory(course=offering.course, capacity=4)
    found = standings([free, untouched], NOW)
    assert found[free.pk] == Standing(taken=1)
    assert found[untouched.pk] == Standing(capacity=4, free=4, kept=0)


def test_the_next_thing_to_do_is_told(people, trainer):
    offering = people.own.offerings.get()
    assert "new/training" in rows(trainer)[0].next_url  # no page yet
    add_page(people.own)
    assert (rows(trainer)[0].look, rows(trainer)[0].next_url) == ("", "")
    offering.sessions.all().delete()
    assert rows(trainer)[0].next_url == url("desk_sessions_new", people.own.pk, offering.pk)
    soon = timezone.now() + timedelta(days=3)
    SessionFactory(offering=offering, starts_at=soon, ends_at=soon + timedelta(hours=1))
    offering.minimum = 3
    offering.save()
    (row,) = rows(trainer)
    assert (row.look, row.groups[0].days_left, row.groups[0].missing) == ("ember", 3, 3)
    assert row.next_session.starts_at == soon


def test_the_list_costs_the_same_for_any_number_of_courses(people, trainer):
    counts = []
    for more in (1, 18):
        for course in CourseFactory.create_batch(more, organisation=people.own.organisation):
            OfferingFactory(course=course)
        trainer.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert trainer.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_a_course_costs_the_same_for_any_number_of_groups(people, trainer):
    counts = []
    for more in (1, 12):
        OfferingFactory.create_batch(more, course=people.own)
        trainer.get(url("desk_course", people.own.pk))
        with CaptureQueriesContext(connection) as queries:
            assert trainer.get(url("desk_course", people.own.pk)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


def test_the_facts_of_a_course_are_changed(people, trainer):
    form = facts(
        people.own,
        title="Uusi nimi",
        asks_needs="yes",
        enrolment_opens_at_day="1.2.2027",
        enrolment_closes_at_day="2027-02-10",
        enrolment_closes_at_clock="16",
        price_note="Maksuton.",
    )
    answer = trainer.post(url("desk_course_facts", people.own.pk), form)
    assert answer.status_code == 302
    course = Course.objects.get(pk=people.own.pk)
    assert (course.title, course.asks_needs, course.price_note) == ("Uusi nimi", True, "Maksuton.")
    assert course.enrolment_opens_at == datetime(2027, 1, 31, 22, tzinfo=UTC)
    assert course.enrolment_closes_at == datetime(2027, 2, 10, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"title": ""}, "title"),
        ({"languages": []}, "languages"),
        ({"enrolment_opens_at_day": "soon"}, "enrolment_opens_at_day"),
        ({"enrolment_opens_at_clock": "9"}, "enrolment_opens_at_day"),
        (
            {"enrolment_opens_at_day": "28.3.2027", "enrolment_opens_at_clock": "3.30"},
            "enrolment_opens_at_clock",
        ),
        (
            {"enrolment_opens_at_day": "2.2.2027", "enrolment_closes_at_day": "1.2.2027"},
            "enrolment_closes_at_day",
        ),
        ({"price_note": "x" * 151}, "price_note"),
    ],
)
def test_wrong_facts_are_told_and_nothing_typed_is_lost(people, trainer, fields, faulty):
    form = facts(people.own, prerequisites="Oma puhelin", **fields)
    answer = trainer.post(url("desk_course_facts", people.own.pk), form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [faulty]
    shown = answer.content.decode()
    assert "Oma puhelin" in shown
    assert all(str(typed) in shown for typed in fields.values() if typed)
    assert Course.objects.get(pk=people.own.pk).prerequisites == ""


@pytest.mark.bypass
def test_what_reviewers_read_and_whose_course_it_is_no_form_changes(people, trainer):
    add_page(people.own)
    form = facts(
        people.own, title="Uusi", price_note="Maksaa", organisation=people.foreign.organisation_id
    )
    address = url("desk_course_facts", people.own.pk)
    assert trainer.get(address).context["form"].fields["price_note"].disabled
    assert trainer.post(address, form).status_code == 302
    course = Course.objects.get(pk=people.own.pk)
    assert (course.title, course.price_note) == ("Uusi", "")
    assert course.organisation == people.own.organisation


def test_a_new_group_has_its_places_from_the_start(people, trainer):
    form = group_form(role_0="Omaishoitajat", places_0="4", minimum="3", largest_group="5")
    answer = trainer.post(url("desk_group_new", people.own.pk), form)
    assert answer.status_code == 302
    offering = people.own.offerings.get(name="Aamut")
    assert (offering.capacity, offering.minimum, offering.largest_group) == (10, 3, 5)
    assert dict(offering.pools.values_list("role", "places")) == {"": 6, "Omaishoitajat": 4}
    for _place in range(7):
        join(offering, f"{_place}")
    assert offering.signups.filter(status=SignUp.Status.WAITING).count() == 1


def test_more_places_promote_and_fewer_are_told_as_over(offering, trainer):
    for who in ("aino", "eero", "niila"):
        join(offering, who)
    address = url("desk_group", offering.course_id, offering.pk)
    trainer.post(address, group_form(name=offering.name, capacity="3"), follow=True)
    assert offering.signups.filter(status=SignUp.Status.CONFIRMED).count() == 3
    answer = trainer.post(address, group_form(name=offering.name, capacity="1"), follow=True)
    assert {message.level_tag for message in answer.context["messages"]} == {"success", "warning"}
    assert offering.signups.filter(status=SignUp.Status.CONFIRMED).count() == 3
    trainer.post(address, group_form(name="Toinen nimi", capacity=""))
    offering.refresh_from_db()
    assert (offering.capacity, offering.name) == (None, "Toinen nimi")


def test_saving_what_is_there_touches_no_seat_and_logs_no_change_of_places(offering, trainer):
    before = ModelLogEntry.objects.filter(action="training.change_capacity").count()
    form = group_form(name=offering.name, capacity="2")
    trainer.post(url("desk_group", offering.course_id, offering.pk), form)
    assert ModelLogEntry.objects.filter(action="training.change_capacity").count() == before


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"capacity": "many"}, "capacity"),
        ({"capacity": "-1"}, "capacity"),
        ({"capacity": "100000"}, "capacity"),
        ({"minimum": "11"}, "minimum"),
        ({"largest_group": "0"}, "largest_group"),
        ({"name": ""}, "name"),
        ({"role_0": "Omaiset", "places_0": "11"}, "capacity"),
        ({"capacity": "", "role_0": "Omaiset", "places_0": "1"}, "capacity"),
        ({"role_0": "", "places_0": "1"}, "role_0"),
        ({"role_0": "A", "places_0": "1", "role_1": "A", "places_1": "1"}, "role_1"),
        ({"cancel_until_clock": "9"}, "cancel_until_day"),
    ],
)
def test_a_wrong_group_is_told_and_nothing_stored(people, trainer, fields, faulty):
    form = group_form(**{"role_0": "Nuoret", **fields})
    answer = trainer.post(url("desk_group_new", people.own.pk), form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [faulty]
    assert form["role_0"] in answer.content.decode()
    assert people.own.offerings.count() == 1


def test_a_second_group_of_the_same_name_is_refused(people, trainer):
    for _time in range(2):
        answer = trainer.post(url("desk_group_new", people.own.pk), group_form())
    assert answer.context["form"].errors.keys() == {"name"}
    assert people.own.offerings.count() == 2


def test_a_group_is_removed_while_nobody_has_signed_up_but_the_last_one_stays(people, trainer):
    first, second = people.own.offerings.get(), OfferingFactory(course=people.own)
    change_capacity(second, 3)
    join(first, "aino")
    for offering, is_gone in ((first, False), (second, True), (first, False)):
        address = url("desk_group_remove", people.own.pk, offering.pk)
        assert trainer.get(address).status_code == 200
        trainer.post(address)
        assert Offering.objects.filter(pk=offering.pk).exists() is not is_gone


def test_a_group_that_is_not_held_is_cancelled_with_its_sign_ups(offering, trainer):
    join(offering, "aino")
    address = url("desk_group_stop", offering.course_id, offering.pk)
    assert trainer.get(address).context["told"] == 1
    assert trainer.post(address, {"note": "Liian vähän väkeä."}).status_code == 302
    offering.refresh_from_db()
    assert offering.cancelled_at
    assert offering.signups.get().status == SignUp.Status.CANCELLED
    assert trainer.get(address).status_code == 404
    group = url("desk_group", offering.course_id, offering.pk)
    assert trainer.post(group, group_form(name=offering.name)).status_code == 404
    assert trainer.get(url("desk_course", offering.course_id)).status_code == 200
