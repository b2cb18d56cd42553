"""Limits hold to the number, for each alone, also when many try at once; rows tell nothing."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import RequestFactory

from site_core.throttle.actions import allow, hashed, purge, sender_of
from site_core.throttle.models import Attempt

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_the_limit_holds_for_each_action_and_subject_alone():
    assert [allow("send", "a", limit=2, per=HOUR, now=NOW) for _ in range(3)] == [True, True, False]
    assert allow("send", "b", limit=2, per=HOUR, now=NOW)
    assert allow("other", "a", limit=2, per=HOUR, now=NOW)


@pytest.mark.django_db
def test_the_next_stretch_begins_anew_and_the_old_one_is_purged():
    for _ in range(2):
        allow("send", "a", limit=1, per=HOUR, now=NOW)
    assert not allow("send", "a", limit=1, per=HOUR, now=NOW + timedelta(minutes=59))
    assert allow("send", "a", limit=1, per=HOUR, now=NOW + HOUR)
    assert purge(NOW + timedelta(minutes=59)) == 0
    assert purge(NOW + HOUR) == 1
    assert Attempt.objects.get().ends_at == NOW + 2 * HOUR


@pytest.mark.django_db
def test_no_subject_is_stored_and_the_key_decides_its_hash(settings):
    allow("send", "192.0.2.17", limit=1, per=HOUR, now=NOW)
    row = Attempt.objects.values().get()
    assert "192.0.2.17" not in str(row)
    assert row["subject"] == hashed("send", "192.0.2.17") != hashed("other", "192.0.2.17")
    settings.SECRET_KEY = "another"
    assert row["subject"] != hashed("send", "192.0.2.17")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_limit_pass():
    threads, limit, answers = 8, 3, Counter()
    barrier = Barrier(threads)

    def attempt() -> None:
        barrier.wait()
        try:
            answers[allow("send", "a", limit=limit, per=HOUR, now=NOW)] += 1
        finally:
            connection.close()

    running = [Thread(target=attempt) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(30)
    assert answers == {True: limit, False: threads - limit}
    assert Attempt.objects.get().count == limit


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address", "sender"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "forged, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "forged, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (1, "no address", "10.0.0.1", "no address"),
        (0, "", "2001:db8::1", "2001:db8::/64"),
        (0, "", "2001:db8::ffff:2", "2001:db8::/64"),
        (0, "", "", ""),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(settings, proxies, forwarded, address, sender):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)
    assert sender_of(request) == sender
