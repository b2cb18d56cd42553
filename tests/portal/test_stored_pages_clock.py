"""Stored pages and time: each ends at the moment from which it would read differently."""

from datetime import datetime, timedelta

import pytest

from site_core.pages.moments import next_change
from site_core.portal import stored as fast
from site_core.portal.models import StoredPage
from site_core.worker.loops import run_all
from tests.factories.pages import ServicePageFactory, translate
from tests.portal.keeping import NOON, SECOND, is_used, keep, path_of, read, set_entry


def test_it_ends_on_the_second(service, client, clock):
    path = path_of(service)
    end = NOON + timedelta(minutes=5)
    set_entry(service, visible_until=end)
    keep(client, path)
    clock.now = end - SECOND
    assert is_used(path)
    clock.now = end
    assert read(client, path).status_code == 410


def test_a_link_to_a_version_that_ends_goes_with_it(service, client, clock):
    swedish = translate(service, "sv", title="Rådgivning")
    end = NOON + timedelta(minutes=5)
    set_entry(swedish, visible_until=end)
    path, link = path_of(service), path_of(swedish).encode()
    assert keep(client, path).fresh_until == end
    clock.now = end
    assert link not in read(client, path).content


def phone(**times) -> list[dict]:
    return [{"id": "a", "kind": "phone", "value": "016 123", "href": "tel:016123", "hours": times}]


@pytest.mark.parametrize(
    ("hours", "at", "changes"),
    [
        ([["09:00", "12:05"]], "12:00:00", "12:05"),
        ([["09:00", "12:00"], ["12:05", "15:00"]], "12:00:00", "12:05"),
        ([["09:00", "15:00"]], "08:59:59", "09:00"),
        ([], "23:55:00", "00:00"),
    ],
    ids=["closing", "opening after a break", "opening", "midnight"],
)
def test_it_is_made_anew_when_a_door_opens_or_closes(service, client, clock, hours, at, changes):
    clock.now = datetime.fromisoformat(f"2027-03-03T{at}+02:00")
    day = 4 if changes == "00:00" else 3
    wanted = datetime.fromisoformat(f"2027-03-0{day}T{changes}:00+02:00")
    set_entry(service, channels=phone(weekly={"wed": hours}))
    path = path_of(service)
    before = read(client, path).content
    assert StoredPage.objects.get().fresh_until == wanted
    clock.now = wanted - SECOND
    assert read(client, path).content == before
    clock.now = wanted
    assert read(client, path).content != before or changes == "00:00"
    assert StoredPage.objects.get().fresh_until > wanted


@pytest.mark.parametrize(
    ("starts", "ends", "wanted"),
    [
        ("12:05", "14:00", "12:05"),
        ("10:00", "12:05", "12:05"),
    ],
    ids=["start", "end"],
)
def test_it_is_made_anew_when_a_time_starts_or_ends(service, client, clock, starts, ends, wanted):
    time = {
        "start": f"2027-02-03T{starts}:00+02:00",
        "end": f"2027-02-03T{ends}:00+02:00",
        "rule": "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270531",
    }
    set_entry(service, facts={"occurrences": [time]})
    page = keep(client, path_of(service))
    assert page.fresh_until == datetime.fromisoformat(f"2027-03-03T{wanted}:00+02:00")


def test_the_day_changes_at_midnight_in_helsinki_in_summer_too(service):
    entry = set_entry(service, channels=[], facts={})
    entry.visible_until = None
    for day, offset in (("2027-03-03", 2), ("2027-07-01", 3)):
        now = datetime.fromisoformat(f"{day}T12:00:00+0{offset}:00")
        assert next_change(entry, now) == now + timedelta(hours=12)


def test_no_page_is_kept_longer_than_ten_minutes(service, client, clock):
    path = path_of(service)
    assert keep(client, path).fresh_until == NOON + fast.LONGEST == NOON + timedelta(minutes=10)
    clock.now = NOON + fast.LONGEST
    assert not is_used(path)


def test_the_clock_forgets_what_can_no_longer_be_used(service, client, clock):
    other = ServicePageFactory()
    keep(client, path_of(service))
    clock.now = NOON + timedelta(minutes=8)
    keep(client, path_of(other))
    clock.now = NOON + fast.LONGEST
    assert run_all().done["stored pages"] == 1
    assert StoredPage.objects.get().path == path_of(other)
