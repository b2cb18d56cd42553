"""The fourteen days, by Finland's calendar and over both changes of the clock."""

from datetime import datetime

import pytest

from site_core.feedback.deadline import Urgency, due_at, urgency

AT = datetime.fromisoformat


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-23T14:05+02:00", "2026-12-07T23:59:59+02:00"),
        ("2026-11-23T00:00+02:00", "2026-12-07T23:59:59+02:00"),
        ("2026-11-23T23:59:59+02:00", "2026-12-07T23:59:59+02:00"),
        # the day is Helsinki's, not Greenwich's
        ("2026-11-22T22:30+00:00", "2026-12-07T23:59:59+02:00"),
        ("2026-06-10T21:30+00:00", "2026-06-25T23:59:59+03:00"),
        # winter time begins on 25.10.2026: 15 days of 24 hours and one hour more
        ("2026-10-20T12:00+03:00", "2026-11-03T23:59:59+02:00"),
        ("2026-10-25T03:30+03:00", "2026-11-08T23:59:59+02:00"),
        ("2026-10-25T03:30+02:00", "2026-11-08T23:59:59+02:00"),
        ("2026-10-11T12:00+03:00", "2026-10-25T23:59:59+02:00"),
        # summer time begins on 28.3.2027
        ("2027-03-20T12:00+02:00", "2027-04-03T23:59:59+03:00"),
        ("2027-03-14T12:00+02:00", "2027-03-28T23:59:59+03:00"),
        # over the end of a year and a leap day
        ("2026-12-24T18:00+02:00", "2027-01-07T23:59:59+02:00"),
        ("2028-02-20T10:00+02:00", "2028-03-05T23:59:59+02:00"),
    ],
)
def test_the_answer_is_due_at_the_end_of_the_fourteenth_day(received, due):
    assert due_at(AT(received)) == AT(due)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime(2026, 11, 23, 14, 5))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T14:05+02:00", Urgency.IN_TIME),
        ("2026-12-04T23:59:59+02:00", Urgency.IN_TIME),
        ("2026-12-05T00:00+02:00", Urgency.SOON),
        ("2026-12-07T23:59:59+02:00", Urgency.SOON),
        ("2026-12-08T00:00+02:00", Urgency.OVERDUE),
        ("2026-12-07T22:00+00:00", Urgency.OVERDUE),
    ],
)
def test_two_days_before_it_is_soon_and_after_it_overdue(now, expected):
    assert urgency(due_at(AT("2026-11-23T14:05+02:00")), AT(now)) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-03-25T23:59:59+02:00", Urgency.IN_TIME),
        ("2027-03-26T00:00+02:00", Urgency.SOON),
        ("2027-03-28T23:59:59+03:00", Urgency.SOON),
        ("2027-03-29T00:00+03:00", Urgency.OVERDUE),
    ],
)
def test_soon_keeps_to_days_when_the_clock_changes(now, expected):
    assert urgency(due_at(AT("2027-03-14T12:00+02:00")), AT(now)) is expected
