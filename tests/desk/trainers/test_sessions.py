"""Sessions at the trainer's desk: added, changed, moved, cancelled, their link to join."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from wagtail.models import ModelLogEntry

from search.models import Entry
from site_core.outbox.models import Message
from site_core.taxonomy.models import Municipality
from tests.factories.taxonomy import MunicipalityFactory
from tests.training.signups.making import join
from training.courses import Offering, Session
from training.sessions import JoinLink, SessionChange
from training.signups.by_hand import sign_up_by_hand

from .typed import url

SECRET = "https://video.example.org/room?pwd=canary-room"


def new_sessions(*rows: tuple[str, str, str], **fields: Any) -> dict[str, Any]:
    form = {"where": "remote", **fields}
    for number, (day, starts, ends) in enumerate(rows):
        form |= {f"day_{number}": day, f"starts_{number}": starts, f"ends_{number}": ends}
    return form


def moved(**fields: Any) -> dict[str, Any]:
    return {"day": "4.5.2027", "starts": "9", "ends": "11", "where": "remote", **fields}


@pytest.fixture
def offering(people) -> Offering:
    return people.own.offerings.get()


@pytest.fixture
def session(offering) -> Session:
    return offering.sessions.get()


@pytest.fixture
def trainer(people):
    return people.client("trainer")


@pytest.fixture
def point(db) -> Entry:
    """A public service point in Inari."""
    MunicipalityFactory(code="148")
    return Entry.objects.create(
        key=uuid4(),
        language="fi",
        kind="service_point",
        path="/fi/piste/",
        title="Ivalon piste",
        is_public=True,
        facts={"municipalities": ["148"]},
    )


def add(trainer, offering: Offering, form: dict[str, Any]) -> Any:
    return trainer.post(url("desk_sessions_new", offering.course_id, offering.pk), form)


def change(trainer, session: Session, form: dict[str, Any]) -> Any:
    return trainer.post(url("desk_session", session.offering.course_id, session.pk), form)


def test_several_sessions_are_added_at_once(offering, session, trainer):
    form = new_sessions(("4.5.2027", "9", "11"), ("2027-05-11", "klo 9.30", "24"))
    assert add(trainer, offering, form).status_code == 302
    first, second = offering.sessions.exclude(pk=session.pk)
    assert first.starts_at == datetime(2027, 5, 4, 6, tzinfo=UTC)
    assert second.ends_at == datetime(2027, 5, 11, 21, tzinfo=UTC)
    again = add(trainer, offering, form)  # a double click
    assert again.context["form"].errors.keys() == {"day_0", "day_1"}
    assert offering.sessions.count() == 3


def test_a_place_is_one_of_the_portals_points_or_typed(offering, trainer, point):
    rows = ("4.5.2027", "9", "11")
    add(trainer, offering, new_sessions(rows, where="point", point=str(point.key)))
    at_point = offering.sessions.get(service_point=point.key)
    assert (at_point.place, at_point.municipality.code) == ("Ivalon piste", "148")
    add(
        trainer,
        offering,
        new_sessions(("5.5.2027", "9", "11"), where="place", place="Kirjasto", municipality="148"),
    )
    typed = offering.sessions.get(place="Kirjasto")
    assert (typed.service_point, typed.municipality.code) == (None, "148")
    assert Municipality.objects.get(code="148") == typed.municipality


@pytest.mark.bypass
@pytest.mark.parametrize("hide", [{"is_public": False}, {"kind": "service"}])
def test_a_point_that_is_not_public_cannot_be_chosen(offering, trainer, point, hide):
    Entry.objects.filter(pk=point.pk).update(**hide)
    form = new_sessions(("4.5.2027", "9", "11"), where="point", point=str(point.key))
    assert add(trainer, offering, form).context["form"].errors.keys() == {"point"}
    assert offering.sessions.count() == 1


@pytest.mark.parametrize(
    ("row", "fields", "faulty"),
    [
        (("28.3.2027", "3.30", "5"), {}, "starts_0"),
        (("28.3.2027", "2", "3.30"), {}, "ends_0"),
        (("4.5.2027", "11", "9"), {}, "ends_0"),
        (("4.5.2027", "9", "9"), {}, "ends_0"),
        (("sometime", "9", "11"), {}, "day_0"),
        (("4.5.2027", "25", "11"), {}, "starts_0"),
        (("", "9", "11"), {}, "day_0"),
        (("4.5.2027", "", "11"), {}, "starts_0"),
        (("4.5.2027", "9", ""), {}, "ends_0"),
        (("4.5.2027", "9", "11"), {"where": "place"}, "place"),
        (("4.5.2027", "9", "11"), {"where": "point"}, "point"),
        (("4.5.2027", "9", "11"), {"where": ""}, "where"),
        (("4.5.2027", "9", "11"), {"where": "place", "place": "x" * 151}, "place"),
    ],
)
def test_wrong_times_and_places_are_told_and_nothing_typed_is_lost(
    offering, trainer, row, fields, faulty
):
    form = new_sessions(("3.5.2027", "8.15", "10"), **fields) | {
        "day_1": "6.5.2027", "starts_1": "8.15", "ends_1": "10",
    } | new_sessions(row, **fields)  # fmt: skip
    answer = add(trainer, offering, form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [faulty]
    shown = answer.content.decode()
    assert all(f'value="{typed}"' in shown for typed in (*row, "6.5.2027") if typed)
    assert offering.sessions.count() == 1


def test_the_second_of_two_equal_hours_in_autumn_does_no_harm(offering, session, trainer):
    add(trainer, offering, new_sessions(("31.10.2027", "2.30", "3.30")))
    made = offering.sessions.exclude(pk=session.pk).get()
    assert (made.ends_at - made.starts_at).total_seconds() == 3600


def test_a_session_nobody_signed_up_for_is_changed_and_removed_at_will(session, trainer):
    assert change(trainer, session, moved()).status_code == 302
    session.refresh_from_db()
    assert (session.starts_at, session.sequence) == (datetime(2027, 5, 4, 6, tzinfo=UTC), 1)
    assert not SessionChange.objects.exists()
    assert not Message.objects.exists()
    change(trainer, session, {"deed": "remove"})
    assert not Session.objects.filter(pk=session.pk).exists()


def test_later_it_is_moved_with_history_and_everybody_told(session, offering, trainer):
    for who in ("aino", "eero"):
        join(offering, who)
    address = url("desk_session", offering.course_id, session.pk)
    assert trainer.get(address).context["told"] == 2
    old = session.starts_at
    change(trainer, session, {"deed": "remove"})
    assert change(trainer, session, moved(note="Sali vaihtui.")).status_code == 302
    session.refresh_from_db()
    assert session.starts_at == datetime(2027, 5, 4, 6, tzinfo=UTC)
    (kept,) = trainer.get(address).context["changes"]
    assert (kept.kind, kept.starts_at, kept.note) == ("moved", old, "Sali vaihtui.")
    assert Message.objects.filter(kind="signup_moved").count() == 2
    change(trainer, session, moved())  # nothing changes, nobody is told again
    assert Message.objects.filter(kind="signup_moved").count() == 2


def test_who_signed_up_without_an_address_binds_a_session_too(session, offering, trainer):
    sign_up_by_hand(offering, ["Aino"], language="fi", by=None)
    address = url("desk_session", offering.course_id, session.pk)
    shown = trainer.get(address)
    assert (shown.context["told"], shown.context["bound"]) == (0, True)
    assert url("desk_session_cancel", offering.course_id, session.pk) in shown.content.decode()
    change(trainer, session, {"deed": "remove"})
    change(trainer, session, moved())
    assert SessionChange.objects.get().session == session


def test_a_wrong_move_is_told_and_nothing_typed_is_lost(session, offering, trainer):
    join(offering, "aino")
    answer = change(trainer, session, moved(ends="8", note="Sali vaihtui."))
    assert list(answer.context["form"].errors) == ["ends"]
    assert "Sali vaihtui." in answer.content.decode()
    assert not SessionChange.objects.exists()


def test_it_is_cancelled_after_a_question(session, offering, trainer):
    join(offering, "aino")
    address = url("desk_session_cancel", offering.course_id, session.pk)
    assert trainer.get(address).context["told"] == 1
    assert trainer.post(address, {"note": "Ohjaaja on kipeä."}).status_code == 302
    session.refresh_from_db()
    assert session.cancelled_at
    assert Message.objects.filter(kind="signup_session_cancelled").count() == 1
    for again in (address, url("desk_join_link", offering.course_id, session.pk)):
        assert trainer.get(again).status_code == 404
    assert change(trainer, session, moved()).status_code == 404
    shown = trainer.get(url("desk_session", offering.course_id, session.pk))
    assert "Ohjaaja on kipeä." in shown.content.decode()


def looks(session: Session) -> int:
    found = ModelLogEntry.objects.for_instance(session.offering)
    return found.filter(action="training.view_join_link").count()


@pytest.mark.leak
def test_the_link_stands_on_its_own_page_only_and_each_look_is_logged(
    session, offering, trainer, people
):
    address = url("desk_join_link", offering.course_id, session.pk)
    form = {"address": SECRET, "shown_before": "30"}
    assert trainer.post(address, form).status_code == 302
    link = JoinLink.objects.get()
    assert (link.address, link.shown_before, link.version) == (SECRET, 30, 1)
    assert looks(session) == 0
    assert "canary-room" in trainer.get(address).content.decode()
    assert looks(session) == 1
    for name, args in (
        ("desk_courses", []),
        ("desk_course", [offering.course_id]),
        ("desk_session", [offering.course_id, session.pk]),
        ("desk_group", [offering.course_id, offering.pk]),
        ("desk_group_people", [offering.course_id, offering.pk]),
    ):
        assert "canary-room" not in trainer.get(url(name, *args)).content.decode()
    assert people.client("author").get(address).status_code == 404
    trainer.post(address, {"address": "https://video.example.org/new", "shown_before": "30"})
    assert JoinLink.objects.get().version == 2
    entries = str(list(ModelLogEntry.objects.values_list("label", "data")))
    assert "canary-room" not in entries


@pytest.mark.parametrize("typed", ["", "video.example.org", "http://example.org/x", "x" * 600])
def test_what_is_no_link_is_told(session, offering, trainer, typed):
    address = url("desk_join_link", offering.course_id, session.pk)
    answer = trainer.post(address, {"address": typed, "shown_before": "60"})
    assert list(answer.context["form"].errors) == ["address"]
    assert not JoinLink.objects.exists()


def test_what_is_over_is_neither_moved_nor_cancelled_nor_given_a_link(session, offering, trainer):
    join(offering, "aino")
    then = datetime(2020, 5, 4, 6, tzinfo=UTC)
    Session.objects.filter(pk=session.pk).update(starts_at=then, ends_at=then + timedelta(hours=1))
    args = [offering.course_id, session.pk]
    for name, form in (
        ("desk_session", moved()),
        ("desk_session_cancel", {"note": "Myöhässä"}),
        ("desk_join_link", {"address": SECRET, "shown_before": "60"}),
    ):
        answer = trainer.post(url(name, *args), form)
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors()
    session.refresh_from_db()
    assert (session.starts_at, session.cancelled_at) == (then, None)
    assert not JoinLink.objects.exists()


def test_a_session_at_a_place_has_no_link(session, offering, trainer):
    Session.objects.filter(pk=session.pk).update(is_remote=False, place="Kirjasto")
    address = url("desk_join_link", offering.course_id, session.pk)
    assert trainer.get(address).status_code == 404
