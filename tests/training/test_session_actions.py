"""Sessions move and are cancelled: everybody is told once, calendars follow, history stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override
from icalendar import Calendar
from wagtail.models import ModelLogEntry

from search.models import Entry
from site_core.dates import HELSINKI
from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory, SessionFactory
from tests.training.conftest import add_page
from tests.training.signups.making import NOW, events, faults, join, later, mail_to, of
from training.actions import save_offering
from training.calendar_files import personal_calendar, public_calendar
from training.cancelling import cancel_course, cancel_offering, end_late
from training.courses import Session
from training.reminding import tell_late
from training.session_actions import (
    cancel_session,
    move_session,
    remove_join_link,
    rotate_join_link,
    set_join_link,
)
from training.sessions import JoinLink, SessionChange
from training.signups import messages
from training.signups.actions import cancel, change_capacity
from training.signups.errors import Closed
from training.signups.models import SignUp

LINK = "https://meet.example.org/salainen"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def offering(db):
    """Two places, one confirmed participant (a), one unconfirmed (b), one who waits (c)."""
    offering = OfferingFactory(course__title="Kurssi")
    change_capacity(offering, 2, now=NOW)
    for who in "abc":
        join(offering, who, confirmed=who != "b", language="sv" if who == "c" else "fi")
    return offering


@pytest.fixture
def session(offering):
    return offering.sessions.get()


def moved(session, **more):
    facts = {
        "starts_at": session.starts_at + timedelta(days=1),
        "ends_at": session.ends_at + timedelta(days=1),
    }
    return move_session(session, **{**facts, "now": later(minutes=5), **more})


def kinds(who: str) -> list[str]:
    mails = Message.objects.filter(to=f"{who}@example.org").order_by("pk")
    return list(mails.values_list("kind", flat=True))


def test_a_move_is_kept_and_told_to_all_once(offering, session):
    row = moved(session, note="Sali on varattu")
    assert row.sequence == 1
    change = SessionChange.objects.get()
    assert (change.kind, change.starts_at, change.note) == (
        *("moved", session.starts_at, "Sali on varattu"),
    )
    for who in "abc":
        assert kinds(who).count("signup_moved") == 1
        mail = mail_to(of(offering, who), messages.MOVED)
        assert "Sali on varattu" in mail.text
        assert bool(mail.calendar) == (who == "a")
    assert "<blockquote" in mail.html
    assert 'lang="fi">' in mail.html  # the trainer's words in a Swedish mail
    moved(session, starts_at=row.starts_at, ends_at=row.ends_at)
    assert kinds("a").count("signup_moved") == 1


def test_the_calendar_moves_along(offering, session):
    ((_, first),) = events(mail_to(of(offering, "a"), messages.CONFIRMED))
    row = moved(session)
    ((method, second),) = events(mail_to(of(offering, "a"), messages.MOVED))
    assert method == "REQUEST"
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt == row.starts_at
    cancel_session(session, now=later(minutes=9))
    ((method, third),) = events(mail_to(of(offering, "a"), messages.SESSION_CANCELLED))
    assert (method, third["STATUS"], third["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert third["SEQUENCE"] > second["SEQUENCE"]


def test_who_has_left_is_not_told(offering, session):
    cancel(of(offering, "a"), now=NOW)
    moved(session)
    assert "signup_moved" not in kinds("a")


def test_the_page_and_the_public_calendar_follow(people):
    page = add_page(people.own)
    session = people.own.offerings.get().sessions.get()
    row = moved(session, by=people.trainer)
    assert Entry.objects.get(key=page.translation_key, language="fi").starts_at == row.starts_at
    calendar = Calendar.from_ical(public_calendar(people.own, "fi"))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("PUBLISH", 1, "CONFIRMED")
    assert event["DTSTART"].dt == row.starts_at
    assert "URL" in event
    cancel_session(session, by=people.trainer, now=later(minutes=9))
    (event,) = Calendar.from_ical(public_calendar(people.own, "sv")).walk("VEVENT")
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")
    assert Entry.objects.get(key=page.translation_key, language="fi").starts_at is None


def test_an_own_calendar_holds_the_groups_sessions(offering, session):
    SessionFactory(offering=OfferingFactory(course=offering.course))
    (event,) = Calendar.from_ical(personal_calendar(of(offering, "a"), "fi")).walk("VEVENT")
    assert (event["STATUS"], event["UID"].partition("@")[0]) == ("CONFIRMED", str(session.uid))
    (event,) = Calendar.from_ical(personal_calendar(of(offering, "c"), "fi")).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"


def test_groups_are_told_apart_in_the_public_calendar(offering):
    OfferingFactory(course=offering.course, name="Iltaryhmä")
    found = Calendar.from_ical(public_calendar(offering.course, "fi")).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in found} == {
        f"Kurssi: {offering.name}",
        "Kurssi: Iltaryhmä",
    }


def test_what_is_cancelled_stays_cancelled(session):
    cancel_session(session, note="Sairastapaus", now=NOW)
    cancel_session(session, now=NOW)
    assert SessionChange.objects.get().note == "Sairastapaus"
    with pytest.raises(ValidationError, match="cancelled"):
        moved(session)
    with pytest.raises(ValidationError, match="cancelled"):
        set_join_link(session, LINK, now=NOW)


def test_what_is_over_stays_as_it_was(session):
    after = session.ends_at
    for verb in (cancel_session, moved):
        with pytest.raises(ValidationError, match="over"):
            verb(session, now=after)
    with pytest.raises(ValidationError, match="over already"):
        moved(session, starts_at=later(days=-2), ends_at=later(days=-1))


def test_a_time_that_no_clock_shows_is_refused(session):
    gap = datetime(2027, 3, 28, 3, 30, tzinfo=HELSINKI)
    with pytest.raises(ValidationError, match="put forward"):
        move_session(session, starts_at=gap, ends_at=gap + timedelta(hours=2), now=NOW)
    session.refresh_from_db()
    assert session.sequence == 0
    assert not SessionChange.objects.exists()


def test_a_move_to_a_place_ends_the_link(session):
    set_join_link(session, LINK, now=NOW)
    move_session(session, is_remote=False, place="Kirjasto", now=NOW)
    assert not JoinLink.objects.exists()


def test_what_is_added_is_told_in_one_mail_and_comes_into_the_calendar(offering):
    def new(days: int) -> Session:
        start = NOW + timedelta(days=days)
        return Session(starts_at=start, ends_at=start + timedelta(hours=1), is_remote=True)

    save_offering(offering, [new(60), new(67)])
    for who in "abc":
        assert kinds(who)[-1] == messages.ADDED
        added = events(mail_to(of(offering, who), messages.ADDED))
        assert [method for method, _ in added] == (["REQUEST"] * 2 if who == "a" else [])
    cancel_offering(offering, now=NOW)
    with pytest.raises(ValidationError, match="cancelled"):
        save_offering(offering, [new(74)])


@pytest.mark.permission
@pytest.mark.parametrize(
    ("who", "may"),
    [("trainer", True), ("editor", True), ("author", False), ("other trainer", False),
     ("stranger", False)],
)  # fmt: skip
def test_who_may(people, who, may):
    person = people.by_name.get(who) or getattr(people, who)
    offering = people.own.offerings.get()
    session = offering.sessions.get()
    deeds = [
        lambda: moved(session, by=person),
        lambda: set_join_link(session, LINK, by=person, now=NOW),
        lambda: rotate_join_link(session, LINK + "2", by=person, now=NOW),
        lambda: remove_join_link(session, by=person),
        lambda: cancel_session(session, by=person, now=NOW),
        lambda: cancel_offering(offering, by=person, now=NOW),
        lambda: cancel_course(people.own, by=person, now=NOW),
    ]
    for deed in deeds:
        if may:
            deed()
            continue
        JoinLink.objects.get_or_create(
            session=session, defaults={"address": LINK, "changed_at": NOW}
        )
        with pytest.raises(PermissionDenied):
            deed()


def test_a_cancelled_group_ends_every_sign_up_with_one_mail(offering, session):
    SessionFactory(offering=offering)
    cancel_offering(offering, note="Kouluttaja on sairas", now=later(minutes=1))
    cancel_offering(offering, now=later(minutes=2))
    assert set(SignUp.objects.values_list("status", flat=True)) == {"cancelled"}
    for who in "abc":
        signup = of(offering, who)
        mail = mail_to(signup, messages.COURSE_CANCELLED)
        assert "Kouluttaja on sairas" in mail.text
        assert kinds(who)[-1] == messages.COURSE_CANCELLED
        gone = events(mail)
        assert [method for method, _ in gone] == (["CANCEL"] * 2 if who == "a" else [])
        assert all(event["SEQUENCE"] == 1 for _, event in gone)
    assert faults(offering) == []
    assert not offering.sessions.held().exists()
    assert SessionChange.objects.count() == 2


def test_nobody_signs_up_for_a_cancelled_group(offering):
    cancel_offering(offering, now=NOW)
    with pytest.raises(Closed, match="cancelled"):
        join(offering, "d")


@pytest.mark.race
def test_who_signed_up_while_the_group_was_cancelled_is_told_too(offering):
    cancel_offering(type(offering).objects.get(pk=offering.pk), now=NOW)
    offering.cancelled_at = None  # as it was read before
    late = join(offering, "d").signup
    assert end_late(later(minutes=1)) == 1
    assert mail_to(late, messages.COURSE_CANCELLED)
    assert end_late(later(minutes=1)) == 0
    assert faults(offering) == []


@pytest.mark.race
def test_who_signed_up_while_a_session_was_moved_is_told_too(offering, session):
    moved(session, now=NOW)
    late = join(offering, "d").signup
    Message.objects.filter(key__startswith=f"{messages.MOVED}:{late.key}").delete()
    assert tell_late(later(minutes=1)) == 1
    assert tell_late(later(minutes=2)) == 0
    assert kinds("d")[-1] == messages.MOVED
    assert kinds("a").count(messages.MOVED) == 1
    later_on = join(offering, "e", now=later(minutes=5)).signup
    assert tell_late(later(minutes=6)) == 0
    assert later_on is not None


def test_all_groups_go_with_a_cancelled_course(offering):
    other = OfferingFactory(course=offering.course)
    cancel_course(offering.course, now=NOW)
    other.refresh_from_db()
    assert other.cancelled_at is not None


def test_another_link_tells_participants_where_to_look(offering, session):
    set_join_link(session, LINK, shown_before=30, now=NOW)
    set_join_link(session, LINK, shown_before=15, now=NOW)
    assert not Message.objects.filter(kind=messages.LINK_CHANGED).exists()
    link = rotate_join_link(session, LINK + "-uusi", now=NOW)
    assert (link.version, link.shown_before) == (2, 15)
    mail = Message.objects.get(kind=messages.LINK_CHANGED)
    assert mail.to == "a@example.org"
    assert "salainen" not in mail.text + mail.html
    with pytest.raises(ValidationError, match="already"):
        rotate_join_link(session, LINK + "-uusi", now=NOW)


@pytest.mark.parametrize(
    "address", ["", "http://a.example.org/", "javascript:alert(1)", "a b", "https://", "x" * 3000]
)
def test_only_a_whole_link_is_taken(session, address):
    with pytest.raises(ValidationError, match="begins with https"):
        set_join_link(session, address, now=NOW)


def test_a_place_has_no_link(session):
    move_session(session, is_remote=False, place="Kirjasto", now=NOW)
    with pytest.raises(ValidationError, match="remote"):
        set_join_link(session, LINK, now=NOW)


def test_what_is_done_to_sessions_is_logged_without_words(offering, session):
    set_join_link(session, LINK, now=NOW)
    moved(session, note="Aino on sairas")
    cancel_session(session, now=NOW)
    entries = ModelLogEntry.objects.for_instance(offering).order_by("pk")
    assert [entry.action for entry in entries][-3:] == [
        *("training.set_join_link", "training.move_session", "training.cancel_session"),
    ]
    assert all("Aino" not in str(entry.data) + entry.label for entry in entries)
    assert all("salainen" not in str(entry.data) + entry.label for entry in entries)


def test_telling_costs_the_same_for_any_number_of_participants(
    offering, session, django_assert_max_num_queries
):
    change_capacity(offering, None, now=NOW)
    for number in range(30):
        join(offering, f"p{number}")
    with django_assert_max_num_queries(45):
        moved(session)
    assert Message.objects.filter(kind=messages.MOVED).count() == 33


def test_facts_that_do_not_exist_are_a_programming_error(session):
    with pytest.raises(TypeError, match="title"):
        move_session(session, title="x", now=datetime(2027, 1, 1, tzinfo=UTC))
