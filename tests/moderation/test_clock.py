"""What happens because time passes: publishing, expiring, times that move on, failures."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from search.entries.actions import advance_times, find_disagreements
from search.models import Entry
from services.models import Occurrence, ServicePage
from site_core.moderation import actions, clock
from site_core.moderation.actions import publish_due
from tests.factories.pages import ServicePageFactory, draft, publish, stored
from tests.support.roads.steps import at

HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def scheduled(moment):
    page = ServicePageFactory(live=False)
    page.go_live_at = moment
    page.save_revision().publish()
    return stored(page)


def expiring(moment):
    page = ServicePageFactory()
    page.expire_at = moment
    return publish(page)


def test_nothing_is_done_before_its_time(portal, now):
    page, other = scheduled(now + HOUR), expiring(now + HOUR)
    assert publish_due(now=now) == {"published": 0, "expired": 0, "failed": 0}
    assert (stored(page).live, stored(other).live) == (False, True)


def test_what_is_due_is_done_once(portal, now):
    page, other = scheduled(now + HOUR), expiring(now + HOUR)
    with at(now + 2 * HOUR):
        assert publish_due() == {"published": 1, "expired": 1, "failed": 0}
        assert publish_due() == {"published": 0, "expired": 0, "failed": 0}
    assert (stored(page).live, stored(other).live) == (True, False)
    assert stored(other).expired


@pytest.mark.fault
def test_one_that_fails_stops_no_other_and_is_tried_again(portal, now, monkeypatch):
    first, second = scheduled(now + HOUR), scheduled(now + HOUR)
    publish_one = actions._publish

    def fail_at_first(pk, moment):
        done = publish_one(pk, moment)
        if pk == first.latest_revision_id:
            raise RuntimeError("The disk is full")
        return done

    with at(now + 2 * HOUR):
        monkeypatch.setattr(actions, "_publish", fail_at_first)
        assert publish_due() == {"published": 1, "expired": 0, "failed": 1}
        assert (stored(first).live, stored(second).live) == (False, True)
        assert find_disagreements() == []
        monkeypatch.undo()
        with at(now + 2 * HOUR):
            assert publish_due()["published"] == 1
    assert stored(first).live


def weekly(start, **fields):
    page = ServicePageFactory(kind=ServicePage.Kind.ACTIVITY, live=False, **fields)
    page.occurrences = [
        Occurrence(starts_at=start, ends_at=start + HOUR, rule="FREQ=WEEKLY;COUNT=3")
    ]
    return publish(page)


def test_a_time_moves_on_when_it_has_passed(portal, now):
    start = now + HOUR
    page = weekly(start)
    assert advance_times(now) == 0
    version = stored(page).entry.version
    during, after = start + HOUR / 2, start + 2 * HOUR
    with at(during):
        assert advance_times(during) == 0
    with at(after):
        assert find_disagreements() != []
        assert advance_times(after) == 1
        assert find_disagreements() == []
        assert advance_times(after) == 0
    entry = stored(page).entry
    assert entry.version > version
    assert timezone.localtime(entry.starts_at).time() == timezone.localtime(start).time()
    assert start + timedelta(days=6) < entry.starts_at < start + timedelta(days=8)


def test_what_is_over_is_left_alone(portal, now):
    start = now + HOUR
    page = weekly(start)
    later = start + timedelta(weeks=10)
    with at(later):
        advance_times(later)
        assert advance_times(later) == 0
    assert stored(page).entry.starts_at == start


@pytest.mark.leak
def test_moving_on_shows_no_draft(portal, now):
    page = weekly(now + HOUR, title="Julkaistu")
    page.title = "Kanarialintu"
    draft(page)
    later = now + 3 * HOUR
    with at(later):
        assert advance_times(later) == 1
    assert stored(page).entry.title == "Julkaistu"


def test_the_command_publishes_and_moves_on(portal, now, capsys):
    weekly(now + HOUR)
    scheduled(now + HOUR)
    with at(now + 3 * HOUR):
        call_command("publish_scheduled")
    told = capsys.readouterr().out
    assert told.startswith("1 published, 0 expired, 0 failed, ")
    assert "1 times" in told.strip().split(", ")
    assert Entry.objects.public().filter(kind="service").count() == 1


@pytest.mark.fault
def test_a_failed_step_is_told_and_stops_no_other(portal, monkeypatch, capsys):
    def fail(now):
        raise RuntimeError("No memory")

    monkeypatch.setitem(clock.STEPS, "broken", fail)
    monkeypatch.setitem(clock.STEPS, "sound", lambda now: 7)
    with pytest.raises(SystemExit) as end:
        call_command("publish_scheduled")
    assert end.value.code == 1
    assert "1 failed" in capsys.readouterr().out
    assert clock.run_clock()["sound"] == 7


def test_a_step_has_a_name_of_its_own():
    with pytest.raises(clock.ImproperlyConfigured):
        clock.clock_step("times")(lambda now: 0)
