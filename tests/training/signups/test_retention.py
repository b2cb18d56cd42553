"""What participants told is erased in its time, everywhere."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from site_core.outbox.delivery import deliver_due
from site_core.outbox.models import Message
from tests.factories.organisations import PersonFactory
from tests.factories.training import OfferingFactory, SessionFactory
from training.questions import Question
from training.session_actions import cancel_session, move_session, set_join_link
from training.sessions import Attendance, JoinLink, SessionChange
from training.signups import next_time
from training.signups.actions import cancel, change_capacity
from training.signups.erasing import data_of, erase_now, purge
from training.signups.models import Answer, Attendee, NextTime, SignUp
from training.signups.retention import IMPERSONAL, NEEDS, PERSONAL, Since, erased_before
from training.signups.writing import send_message

from .making import NOW, faults, join, later, of

TEXT = (models.CharField, models.TextField, models.JSONField)
CANARY = "kanarialintu"
ADDRESS = f"{CANARY}@example.org"


def text_columns() -> set[str]:
    """Every column of the training app that holds text, but for pages, which are published."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("training").get_models()
        if not issubclass(model, Page)
        for field in model._meta.local_concrete_fields
        if isinstance(field, TEXT)
    }


def test_every_column_with_text_says_what_becomes_of_it():
    assert text_columns() == set(PERSONAL) | set(IMPERSONAL)
    assert not set(PERSONAL) & set(IMPERSONAL)


def test_what_a_question_promises_has_to_be_told():
    assert erased_before(NEEDS, NOW) == NOW - timedelta(days=7)
    with pytest.raises(ValueError, match="How long"):
        erased_before(PERSONAL["Answer.value"][1], NOW)
    assert {keeping.since for keepings in PERSONAL.values() for keeping in keepings} <= set(Since)


@pytest.fixture
def offering(db):
    """A group of two sessions, the last one a day after the first, with a question for each time
    that answers are kept; one participant has answered all and told needs."""
    offering = OfferingFactory(sessions=None, course__asks_needs=True, course__title="Kurssi")
    for days in (1, 2):
        SessionFactory(
            offering=offering, starts_at=later(days=days), ends_at=later(days=days, hours=1)
        )
    change_capacity(offering, 5, now=NOW)
    questions = [
        Question.objects.create(course=offering.course, text=f"{kept}?", kept=kept)
        for kept in Question.Kept.values
    ]
    join(
        offering,
        CANARY,
        names=[f"{CANARY} Aino"],
        answers={None: f"{CANARY} tarve", **{each.pk: f"{CANARY}!" for each in questions}},
    )
    return offering


@pytest.fixture
def signup(offering):
    return of(offering, CANARY)


END = later(days=2, hours=1)


def stored_anywhere(word: str) -> list[str]:
    """Tables and columns of the whole database in which a word stands, in whatever case."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            for column in columns:
                name = connection.ops.quote_name(column.name)
                cursor.execute(
                    f"SELECT count(*) FROM {connection.ops.quote_name(table)} "
                    f"WHERE lower(CAST({name} AS text)) LIKE %s",
                    [f"%{word.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


def test_needs_answers_and_names_go_each_in_its_time(offering, signup):
    def left(days: float) -> tuple[bool, list[int], bool]:
        purge(END + timedelta(days=days))
        kept = Answer.objects.filter(question__isnull=False).values_list("question__kept")
        return (
            Answer.objects.filter(question__isnull=True).exists(),
            sorted(days for (days,) in kept),
            SignUp.objects.exclude(email="").exists(),
        )

    assert left(6.9) == (True, [7, 30, 180], True)
    assert left(7.1) == (False, [30, 180], True)
    assert left(30.1) == (False, [180], False)
    assert left(180.1) == (False, [], False)


def test_what_was_cancelled_is_kept_a_week(offering, signup):
    cancel(signup, now=NOW)
    purge(later(days=6))
    assert Answer.objects.exists()
    purge(later(days=7, hours=1))
    assert not Answer.objects.exists()
    assert Attendee.objects.get().name == ""
    assert SignUp.objects.get().email == ""


def test_a_course_that_moves_is_kept_as_long_as_it_takes(offering, signup):
    last = offering.sessions.last()
    month = timedelta(days=30)
    move_session(last, starts_at=last.starts_at + month, ends_at=last.ends_at + month, now=NOW)
    purge(END + timedelta(days=30))
    assert Answer.objects.filter(question__isnull=True).exists()


def test_a_session_that_is_off_keeps_nothing(offering, signup):
    cancel_session(offering.sessions.last(), now=NOW)
    purge(later(days=1, hours=1) + timedelta(days=7, hours=1))
    assert not Answer.objects.filter(question__isnull=True).exists()


def test_without_any_session_it_ends_after_a_year(db):
    offering = OfferingFactory(sessions=None)
    change_capacity(offering, None, now=NOW)
    join(offering, CANARY)
    purge(later(days=364))
    assert SignUp.objects.exclude(email="").exists()
    purge(later(days=365 + 31))
    assert not SignUp.objects.exclude(email="").exists()


def test_attendance_stays_without_names(offering, signup):
    person = signup.attendees.get()
    Attendance.objects.create(session=offering.sessions.first(), attendee=person, mark="present")
    purge(END + timedelta(days=31))
    mark = Attendance.objects.get()
    assert (mark.mark, mark.attendee.name) == ("present", "")


def test_links_and_wishes_go_in_their_time(offering):
    set_join_link(offering.sessions.first(), "https://meet.example.org/x", now=NOW)
    NextTime.objects.create(
        course=offering.course, email="x@example.org", language="fi", created_at=NOW
    )
    purge(later(days=1))
    assert JoinLink.objects.exists()
    purge(later(days=1, hours=2))
    assert not JoinLink.objects.exists()
    purge(later(days=364))
    assert NextTime.objects.exists()
    purge(later(days=366))
    assert not NextTime.objects.exists()


@pytest.mark.leak
def test_after_its_time_nothing_of_a_person_is_left_anywhere(offering, signup, sink):
    """All tables and columns of the database are searched, the log and the outbox too."""
    person = PersonFactory(is_superuser=True)
    session = offering.sessions.first()
    send_message(offering, f"Hei {CANARY}", to=[signup], by=person)
    move_session(session, starts_at=later(days=1, hours=-1), note=f"{CANARY} on sairas", by=person)
    deliver_due(timezone.now())
    assert ADDRESS in {mail["To"] for mail in sink.mails}
    Message.objects.filter(pk=Message.objects.first().pk).update(state="dead", over_at=NOW)
    NextTime.objects.create(course=offering.course, email=ADDRESS, language="fi", created_at=NOW)
    before = stored_anywhere(CANARY)
    assert "outbox_message.to" in before
    assert "training_signup.email" in before
    purge(END + timedelta(days=400))
    assert stored_anywhere(CANARY) == []
    assert Answer.objects.count() == 0  # these are encrypted, no search would find them
    assert faults(offering) == []


@pytest.mark.leak
def test_who_asks_is_erased_at_once_and_gives_her_seat(offering, signup):
    change_capacity(offering, 1, now=NOW)
    join(offering, "b")
    next_time.ask(offering.course, ADDRESS.upper(), language="fi", now=NOW)
    assert data_of(signup)["hears_of_next_time"]
    erase_now(signup, now=later(minutes=1))
    assert stored_anywhere(CANARY) == []
    assert not Answer.objects.exists()
    assert of(offering, "b").status == "confirmed"
    erase_now(signup, now=later(minutes=2))
    entry = ModelLogEntry.objects.filter(action="training.erase_signup").first()
    assert entry.data == {"signup": signup.pk}


def test_only_she_herself_and_the_courses_trainers_erase(signup):
    with pytest.raises(PermissionDenied):
        erase_now(signup, by=PersonFactory())


def test_others_keep_theirs(offering, signup):
    join(offering, "b", names=["B"], answers={None: "tarve"})
    other = OfferingFactory()
    change_capacity(other, None, now=NOW)
    join(other, CANARY)
    erase_now(signup, now=later(minutes=1))
    assert of(offering, "b").attendees.get().name == "B"
    assert Answer.objects.filter(signup=of(offering, "b")).count() == 1
    assert Message.objects.filter(to=ADDRESS).count() == 1


def test_one_reads_all_that_is_stored_of_her(offering, signup):
    person = signup.attendees.get()
    Attendance.objects.create(session=offering.sessions.first(), attendee=person, mark="present")
    data = data_of(signup)
    assert data["email"] == ADDRESS
    assert data["people"] == [f"{CANARY} Aino"]
    assert {answer["answer"] for answer in data["answers"]} == {f"{CANARY} tarve", f"{CANARY}!"}
    assert data["attendance"][0]["mark"] == "present"
    assert len(data["mails"]) == 1


def test_the_command_tells_before_it_erases(offering, signup):
    SignUp.objects.update(changed_at=timezone.now() - timedelta(days=9))
    cancel(signup, now=timezone.now() - timedelta(days=8))

    def told(*options: str) -> str:
        out = StringIO()
        call_command("purge_personal_data", *options, stdout=out)
        return out.getvalue()

    assert "sign-ups: 1" in told("--dry-run")
    assert SignUp.objects.get().email == ADDRESS
    assert "sign-ups: 1" in told()
    assert SignUp.objects.get().email == ""
    assert "sign-ups: 0" in told()


def test_many_are_erased_in_parts(offering, monkeypatch):
    monkeypatch.setattr("training.signups.erasing.PART", 2)
    change_capacity(offering, None, now=NOW)
    for who in "abcd":
        join(offering, who)
    assert purge(END + timedelta(days=31))["sign-ups"] == 5
    assert not SignUp.objects.exclude(email="").exists()


def test_notes_to_participants_go_with_the_names(offering):
    cancel_session(offering.sessions.first(), note="Aino on sairas", now=NOW)
    purge(END + timedelta(days=29))
    assert SessionChange.objects.get().note
    purge(END + timedelta(days=31))
    assert SessionChange.objects.get().note == ""
