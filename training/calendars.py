"""Sessions as calendar programs read them (RFC 5545), sent about (RFC 5546) or published.

Pure: no models, no Django. Times are Helsinki's, whose rule each object carries, so they stay right
where a reader's clock is another. What is joined over a link is never told here: calendars are
shared and synchronised to anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final

from icalendar import Calendar, Component, Event, Timezone, vCalAddress

from site_core.dates import local

PRODUCT: Final = "-//Lapin palvelutarjotin//Courses//FI"
HELSINKI_RULE: Final = """\
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address and whose it is."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One session. `uid` is for ever; of two versions the one of the higher `sequence` holds, of
    equal ones the one written later. `language` is that of the summary."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    language: str
    location: str = ""
    url: str = ""
    is_cancelled: bool = False


def of_group(entry: Entry, group: str) -> Entry:
    """The same, told apart from other groups' by its summary."""
    return replace(entry, summary=f"{entry.summary}: {group}")


def withdrawn(entry: Entry) -> Entry:
    """The same, cancelled."""
    return replace(entry, is_cancelled=True)


def published(entries: Iterable[Entry], *, organizer: Address, name: str, now: datetime) -> bytes:
    """A calendar for whoever wants it; cancelled sessions stay in it, as cancelled."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, organizer, now))
    return bytes(calendar.to_ical())


def invitation(entry: Entry, *, organizer: Address, attendee: Address, now: datetime) -> bytes:
    """Puts a session into the calendar of somebody who comes, or moves it there."""
    return _to_one("REQUEST", entry, organizer, attendee, now)


def withdrawal(entry: Entry, *, organizer: Address, attendee: Address, now: datetime) -> bytes:
    """Takes a session out of somebody's calendar: it is not held, or she does not come."""
    return _to_one("CANCEL", entry, organizer, attendee, now)


def _to_one(
    method: str, entry: Entry, organizer: Address, attendee: Address, now: datetime
) -> bytes:
    """For one event only: an object sent about holds no other (RFC 5546, 3.2.2 and 3.2.5)."""
    calendar = _calendar(method)
    event = _event(entry, organizer, now, gone=method == "CANCEL")
    person = _person(attendee)
    for name, value in (("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED"), ("RSVP", "FALSE")):
        person.params[name] = value
    event.add("attendee", person)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_rule())
    return calendar


@cache
def _rule() -> Component:
    return Timezone.from_ical(HELSINKI_RULE)


def _event(entry: Entry, organizer: Address, now: datetime, *, gone: bool = False) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", _moment(entry.starts_at))
    event.add("dtend", _moment(entry.ends_at))
    event.add("summary", entry.summary, parameters={"LANGUAGE": entry.language})
    event.add("status", "CANCELLED" if gone or entry.is_cancelled else "CONFIRMED")
    event.add("organizer", _person(organizer))
    if entry.location:
        event.add("location", entry.location)
    if entry.url:
        event.add("url", entry.url)
    return event


def _moment(moment: datetime) -> datetime:
    """On Helsinki's clock; in UTC in the hour that this clock shows twice, which it cannot name."""
    there = local(moment)
    return there if not there.fold else moment


def _person(address: Address) -> vCalAddress:
    person = vCalAddress(f"mailto:{address.address}")
    if address.name:
        person.params["CN"] = address.name
    return person
