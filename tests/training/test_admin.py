"""Courses in the admin: rows filtered, forged ids 404, the organisation in no form."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from tests.factories.organisations import MembershipFactory
from tests.factories.training import CourseFactory, OfferingFactory, SessionFactory
from tests.training.conftest import add_page
from training.admin_forms import CourseForm
from training.courses import Course, Offering, Session

INDEX = "course:index"


def course_form(course: Course, **changes) -> dict:
    return {
        "title": course.title,
        "audience": "residents",
        "languages": ["fi"],
        "recording_policy": "none",
        "text_language": "fi",
        **changes,
    }


def offering_form(name: str, *sessions: dict, initial: int = 0) -> dict:
    form = {
        "name": name,
        "position": "0",
        "sessions-TOTAL_FORMS": str(len(sessions)),
        "sessions-INITIAL_FORMS": str(initial),
    }
    for number, session in enumerate(sessions):
        form |= {f"sessions-{number}-{field}": value for field, value in session.items()}
    return form


MORNING = {"starts_at": "2027-05-04 09:00", "ends_at": "2027-05-04 11:00", "is_remote": "on"}


def addresses(course: Course) -> dict[str, str]:
    offering = course.offerings.first()
    return {
        "course": reverse("course:edit", args=[course.pk]),
        "new group": reverse("offering:add", args=[course.pk]),
        "group": reverse("offering:edit", args=[offering.pk]),
        "remove group": reverse("offering:delete", args=[offering.pk]),
    }


OUTSIDERS = ["other trainer", "ended", "suspended", "stranger", "moderator", "anonymous"]


@pytest.mark.permission
@pytest.mark.parametrize("who", ["trainer", "editor", "superuser"])
def test_insiders_open_every_view(people, who):
    OfferingFactory(course=people.own)
    client = people.client(who)
    for address in addresses(people.own).values():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert (
            "organisation" not in answer.context.get("form", type("F", (), {"fields": {}})).fields
        )


@pytest.mark.permission
@pytest.mark.leak
@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_learn_and_change_nothing(people, who):
    """A member of another organisation gets 404; who may do nothing at all Wagtail turns away."""
    OfferingFactory(course=people.own)
    client, before = people.client(who), Course.objects.values().get(pk=people.own.pk)
    expected = {404} if who == "other trainer" else {302, 404}
    for name, address in addresses(people.own).items():
        form = (
            course_form(people.own, title="Stolen") if name == "course" else offering_form("Mine")
        )
        for answer in (client.get(address), client.post(address, form)):
            assert answer.status_code in expected, address
            assert people.own.title not in answer.content.decode()
    assert Course.objects.values().get(pk=people.own.pk) == before
    assert people.own.offerings.count() == 2
    assert not Offering.objects.filter(name="Mine").exists()


@pytest.mark.permission
@pytest.mark.parametrize(
    ("who", "own", "foreign"),
    [("trainer", True, False), ("other trainer", False, True), ("editor", True, True),
     ("superuser", True, True)],
)  # fmt: skip
def test_the_list_holds_only_what_one_may_change(people, who, own, foreign):
    shown = people.client(who).get(reverse(INDEX)).content.decode()
    assert ("Own course" in shown, "Foreign course" in shown) == (own, foreign)
    found = people.client(who).get(reverse(INDEX), {"q": "Foreign"}).content.decode()
    assert (reverse("course:edit", args=[people.foreign.pk]) in found) is foreign


@pytest.mark.permission
@pytest.mark.parametrize("who", ["ended", "suspended", "stranger", "moderator", "anonymous"])
def test_without_courses_there_is_no_list(people, who):
    answer = people.client(who).get(reverse(INDEX))
    assert answer.status_code == 302
    assert (
        reverse(INDEX) not in people.client(who).get(reverse("wagtailadmin_home")).content.decode()
    )


def test_the_menu_leads_members_to_their_courses(people):
    home = people.client("trainer").get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(INDEX) in home


@pytest.mark.parametrize("name", ["add", "delete", "copy", "history", "usage", "inspect"])
def test_views_of_courses_that_would_go_round_the_actions_do_not_exist(name):
    for args in ([], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"course:{name}", args=args)


@pytest.mark.bypass
def test_the_organisation_is_in_no_form(people):
    assert "organisation" not in CourseForm.base_fields
    form = course_form(people.own, title="Renamed", organisation=people.foreign.organisation_id)
    answer = people.client("trainer").post(addresses(people.own)["course"], form)
    assert answer.status_code == 302
    course = Course.objects.get(pk=people.own.pk)
    assert (course.title, course.organisation) == ("Renamed", people.own.organisation)


@pytest.mark.bypass
def test_public_texts_of_a_live_course_are_shown_but_not_taken_from_a_member(people):
    add_page(people.own)
    address = addresses(people.own)["course"]
    assert people.client("trainer").get(address).context["form"].fields["price_note"].disabled
    assert not people.client("editor").get(address).context["form"].fields["price_note"].disabled
    form = course_form(people.own, title="Renamed", price_note="Free for all")
    assert people.client("trainer").post(address, form).status_code == 302
    course = Course.objects.get(pk=people.own.pk)
    assert (course.title, course.price_note) == ("Renamed", "")


def test_a_new_group_comes_with_its_sessions(people):
    blank = dict.fromkeys(["starts_at", "ends_at", "place", "municipality"], "")
    answer = people.client("trainer").post(
        addresses(people.own)["new group"], offering_form("Evening", MORNING, blank)
    )
    assert answer.status_code == 302
    assert answer["Location"] == addresses(people.own)["course"]
    offering = Offering.objects.get(course=people.own, name="Evening")
    session = offering.sessions.get()
    assert session.starts_at == datetime(2027, 5, 4, 6, tzinfo=UTC)


def test_sessions_are_moved_and_removed_in_the_form_of_their_group(people):
    offering = people.own.offerings.get()
    first, second = offering.sessions.get(), SessionFactory(offering=offering)
    rows = [
        MORNING | {"id": str(first.pk)},
        MORNING | {"id": str(second.pk), "DELETE": "on"},
    ]
    answer = people.client("trainer").post(
        addresses(people.own)["group"], offering_form("Renamed", *rows, initial=2)
    )
    assert answer.status_code == 302
    assert offering.sessions.get().pk == first.pk
    assert offering.sessions.get().starts_at == datetime(2027, 5, 4, 6, tzinfo=UTC)
    assert Offering.objects.get(pk=offering.pk).name == "Renamed"


@pytest.mark.parametrize(
    "session",
    [
        MORNING | {"ends_at": "2027-05-04 09:00"},
        MORNING | {"is_remote": ""},
        MORNING | {"starts_at": "2027-03-28 03:30", "ends_at": "2027-03-28 05:00"},
        MORNING | {"starts_at": "never"},
    ],
    ids=["no length", "nowhere", "in the hour that clocks skip", "no time"],
)
def test_a_wrong_session_is_shown_again_and_nothing_saved(people, session):
    answer = people.client("trainer").post(
        addresses(people.own)["new group"], offering_form("Evening", session)
    )
    assert answer.status_code == 200
    assert any(row.errors for row in answer.context["form"].sessions)
    assert not Offering.objects.filter(name="Evening").exists()


@pytest.mark.bypass
def test_a_forged_session_id_takes_no_session_of_others(people):
    foreign = Session.objects.get(offering__course=people.foreign)
    before = Session.objects.values().get(pk=foreign.pk)
    for extra in ({}, {"DELETE": "on"}):
        rows = [MORNING | {"id": str(foreign.pk)} | extra]
        people.client("trainer").post(
            addresses(people.own)["group"], offering_form("Group", *rows, initial=1)
        )
        assert Session.objects.values().get(pk=foreign.pk) == before


def test_a_second_group_of_the_same_name_is_refused_in_the_form(people):
    name = people.own.offerings.get().name
    answer = people.client("trainer").post(addresses(people.own)["new group"], offering_form(name))
    assert answer.status_code == 200
    assert people.own.offerings.count() == 1


def test_a_group_is_removed_after_a_question_but_the_last_one_stays(people):
    OfferingFactory(course=people.own)
    client = people.client("trainer")
    for left in (1, 1):
        offering = people.own.offerings.order_by("-pk").first()
        answer = client.post(reverse("offering:delete", args=[offering.pk]), follow=True)
        assert people.own.offerings.count() == left
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_the_list_costs_the_same_for_any_number_of_courses(people):
    member = MembershipFactory(role="trainer").user
    organisation = member.memberships.get().organisation
    client = people.client("nobody")
    client.force_login(member)
    counts = []
    for more in (1, 19):
        CourseFactory.create_batch(more, organisation=organisation)
        client.get(reverse(INDEX))  # content types and locales are kept from here on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(INDEX)).status_code == 200
        counts.append(len(queries))
    # session, person, memberships, rights of the menu, settings, count, rows with organisation
    assert counts[0] == counts[1] <= 20
