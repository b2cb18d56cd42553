"""The form on which attendance is marked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.training import SessionFactory
from tests.support.pages import save_page
from training.sessions import Attendance
from training.signups.models import Attendee

from .making import desk_of, full_group, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    group = full_group()
    group.sessions.all().delete()
    return desk_of(group)


@pytest.fixture
def session(desk):
    return SessionFactory(offering=desk.group, starts_at=timezone.now() - timedelta(minutes=5))


def pk_of(name: str) -> int:
    return Attendee.objects.get(name=name).pk


def marks() -> dict[str, str]:
    return dict(Attendance.objects.values_list("attendee__name", "mark"))


def test_all_on_one_form_and_the_rest_by_a_button(desk, session):
    page = desk.get("session_attendance", session.pk)
    save_page("desk_attendance", page.content)
    assert "Aino Aalto" in text_of(page)
    assert "Veikko Vesa" not in text_of(page)
    desk.post("session_attendance", session.pk, **{f"mark-{pk_of('Aino Aalto')}": "absent"})
    assert marks() == {"Aino Aalto": "absent"}
    desk.post("session_attendance", session.pk, deed="rest")
    assert marks() == {"Aino Aalto": "absent", "Ánde Áŋgil": "present"}
    assert 'value="absent" checked' in text_of(desk.get("session_attendance", session.pk))
    desk.post("session_attendance", session.pk, **{f"mark-{pk_of('Aino Aalto')}": "none"})
    assert marks() == {"Ánde Áŋgil": "present"}


def test_two_at_two_doors_do_not_undo_each_other(desk, session):
    """What is left open on one's form says nothing."""
    desk.post("session_attendance", session.pk, **{f"mark-{pk_of('Aino Aalto')}": "present"})
    other = desk_of(desk.group, "lead")
    other.post("session_attendance", session.pk, **{f"mark-{pk_of('Ánde Áŋgil')}": "absent"})
    assert marks() == {"Aino Aalto": "present", "Ánde Áŋgil": "absent"}


def test_a_mark_there_is_not_is_refused(desk, session):
    pk = pk_of("Aino Aalto")
    for wrong in ({f"mark-{pk}": "late"}, {"mark-9999999": "present"}):
        assert desk.post("session_attendance", session.pk, **wrong).status_code == 404
    assert marks() == {}


def test_a_session_that_has_not_begun_cannot_be_marked(desk):
    later = SessionFactory(offering=desk.group, starts_at=timezone.now() + timedelta(hours=1))
    pk = pk_of("Aino Aalto")
    answer = desk.post("session_attendance", later.pk, **{f"mark-{pk}": "present"})
    assert (answer.status_code, marks()) == (302, {})
    assert desk.at("session_attendance", later.pk) not in text_of(desk.get("attendance"))


def test_sessions_tell_how_many_are_marked(desk, session):
    desk.post("session_attendance", session.pk, deed="rest")
    page = text_of(desk.get("attendance"))
    assert desk.at("session_attendance", session.pk) in page
    assert Attendance.objects.count() == 2
