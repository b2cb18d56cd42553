"""Calendars read back as programs read them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from site_core.dates import HELSINKI
from training.calendars import Address, Entry, invitation, published, withdrawal

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
ORGANIZER = Address("portal@example.org", 'Lapin "neuvonta", rf')
AINO = Address("aino@example.org")
SESSION = Entry(
    uid="11111111-2222-3333-4444-555555555555@example.org",
    sequence=3,
    starts_at=datetime(2027, 3, 27, 15, tzinfo=UTC),
    ends_at=datetime(2027, 3, 28, 15, tzinfo=UTC),
    summary="Työpaja; \N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}ryhmä, 2» sääʹmǩiõll " * 3,
    language="fi",
    location="Kirjasto, Rovaniemi",
)


def read(text: bytes):
    """The calendar and its events."""
    calendar = Calendar.from_ical(text)
    return calendar, calendar.walk("VEVENT")


def to(mark, **more):
    return mark(SESSION, organizer=ORGANIZER, attendee=AINO, now=NOW, **more)


def test_an_invitation_names_who_asks_and_who_comes():
    calendar, (event,) = read(to(invitation))
    assert (calendar["METHOD"], event["STATUS"]) == ("REQUEST", "CONFIRMED")
    assert event["ORGANIZER"] == "mailto:portal@example.org"
    assert event["ORGANIZER"].params["CN"] == ORGANIZER.name
    assert event["ATTENDEE"] == "mailto:aino@example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert (event["UID"], event["SEQUENCE"]) == (SESSION.uid, 3)
    assert event["SUMMARY"] == SESSION.summary
    assert event["DTSTAMP"].dt == NOW


def test_a_withdrawal_is_of_the_same_event():
    calendar, (event,) = read(to(withdrawal))
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["SEQUENCE"]) == (SESSION.uid, 3)
    assert event["ATTENDEE"] == "mailto:aino@example.org"


def test_what_is_published_names_no_participant_and_keeps_cancelled_sessions():
    gone = replace(SESSION, uid="b@example.org", is_cancelled=True)
    calendar, events = read(published([SESSION, gone], organizer=ORGANIZER, name="Kurssi", now=NOW))
    assert calendar["METHOD"] == "PUBLISH"
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CANCELLED"]
    assert all(event["ORGANIZER"] for event in events)
    assert not any("ATTENDEE" in event for event in events)


def test_times_are_helsinkis_by_a_rule_that_is_carried_along():
    """Over the night in which the clocks change."""
    text = to(invitation)
    assert b"DTSTART;TZID=Europe/Helsinki:20270327T170000" in text
    assert b"DTEND;TZID=Europe/Helsinki:20270328T180000" in text
    calendar, (event,) = read(text)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (SESSION.starts_at, SESSION.ends_at)
    (rule,) = calendar.walk("VTIMEZONE")
    zone = rule.to_tz()
    for month, day in ((1, 15), (3, 28), (3, 29), (7, 1), (10, 31), (11, 1)):
        moment = datetime(2027, month, day, 12)
        assert zone.utcoffset(moment) == HELSINKI.utcoffset(moment)


def test_the_hour_that_comes_twice_is_not_mistaken():
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    _, (event,) = read(
        invitation(
            replace(SESSION, starts_at=second, ends_at=datetime(2027, 10, 31, 3, tzinfo=UTC)),
            organizer=ORGANIZER,
            attendee=AINO,
            now=NOW,
        )
    )
    assert event["DTSTART"].dt == second


@pytest.mark.parametrize("mark", [invitation, withdrawal])
def test_lines_are_folded_and_end_as_the_standard_says(mark):
    text = to(mark)
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
