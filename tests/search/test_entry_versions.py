"""The queue to the search engine: what changed waits until that very version is acknowledged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from search.entries.actions import find_disagreements
from search.models import Entry
from site_core.organisations.actions import suspend
from tests.factories.pages import ServicePageFactory, publish, stored, translate

WAIT = 30

pytestmark = pytest.mark.race


@contextmanager
def meanwhile(*deeds: Callable[[], object]) -> Iterator[None]:
    """Run deeds in threads of their own; an error in one fails the test."""
    errors = []

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive()
    assert errors == []


def acknowledge_all() -> None:
    """What a search engine's loop does: acknowledge the versions it has read."""
    for entry in list(Entry.objects.waiting()):
        Entry.objects.filter(pk=entry.pk, version=entry.version).update(
            indexed_version=entry.version
        )


def test_publishes_committed_in_reverse_order_are_both_waiting(portal, transactional_db):
    first, second = ServicePageFactory(live=False), ServicePageFactory(live=False)
    acknowledge_all()
    written, may_commit = Event(), Event()

    def publish_slowly():
        with transaction.atomic():
            publish(first)
            written.set()
            assert may_commit.wait(WAIT)

    with meanwhile(publish_slowly):
        assert written.wait(WAIT)
        if connection.vendor == "sqlite":  # one writer at a time: the second has to wait
            may_commit.set()
        publish(second)
        assert second.pk in Entry.objects.waiting().values_list("page_id", flat=True)
        if connection.vendor == "postgresql":
            acknowledge_all()
            may_commit.set()
    waiting = set(Entry.objects.waiting().values_list("page_id", flat=True))
    assert first.pk in waiting


def test_a_version_is_acknowledged_only_if_it_is_the_latest(portal):
    page = ServicePageFactory()
    sent = Entry.objects.get(page_id=page.pk).version
    publish(page)
    Entry.objects.filter(page_id=page.pk, version=sent).update(indexed_version=sent)
    assert page.pk in Entry.objects.waiting().values_list("page_id", flat=True)


def versions_of(*pages) -> list[int]:
    return [Entry.objects.get(page_id=page.pk).version for page in pages]


def write(page):
    page.summary = "Uusi yhteenveto"
    publish(page)


def unpublish(page):
    stored(page).unpublish()


def delete(page):
    stored(page).delete()


@pytest.mark.parametrize("deed", [write, unpublish, delete])
def test_what_happens_to_one_version_is_told_to_the_others(portal, deed):
    """In a search engine they are found by its words, and stand in for it."""
    page, other = ServicePageFactory(), ServicePageFactory()
    swedish = translate(page, "sv", title="Rådgivning")
    before, (untouched,) = versions_of(swedish), versions_of(other)
    deed(page)
    assert versions_of(swedish) > before
    assert versions_of(other) == [untouched]


def test_what_happens_to_a_translation_is_told_to_its_original(portal):
    page = ServicePageFactory()
    swedish = translate(page, "sv", title="Rådgivning")
    for deed in (write, unpublish, write):
        before = versions_of(page)
        deed(stored(swedish))
        assert versions_of(page) > before


def test_two_versions_published_at_once_know_of_each_other(portal, transactional_db):
    """Neither waits for the other for ever, and whichever comes last tells the first."""
    page = ServicePageFactory()
    swedish = translate(page, "sv", title="Rådgivning")
    for _ in range(3):
        (finnish_before, swedish_before), barrier = versions_of(page, swedish), Barrier(2)

        def publish_together(which, barrier=barrier):
            barrier.wait(WAIT)
            publish(stored(which))

        with meanwhile(lambda: publish_together(page), lambda: publish_together(swedish)):
            pass
        finnish, swedish_now = versions_of(page, swedish)
        assert finnish >= finnish_before + 2
        assert swedish_now >= swedish_before + 2


def test_versions_that_are_new_at_once_know_of_each_other(portal, transactional_db):
    """Neither has a row yet that the other could see or wait for."""
    page = ServicePageFactory(live=False)
    swedish = translate(page, "sv", live=False, title="Rådgivning")
    written, go = Event(), Event()

    def publish_slowly():
        with transaction.atomic():
            publish(page)
            written.set()
            go.wait(1)

    with meanwhile(publish_slowly):
        assert written.wait(WAIT)
        publish(swedish)
    assert versions_of(page) > [1]


def raise_in_the_update(barrier: Barrier, pk: int) -> None:
    barrier.wait(WAIT)
    Entry.objects.filter(pk=pk).raise_version()


def read_and_write(barrier: Barrier, pk: int) -> None:
    version = Entry.objects.values_list("version", flat=True).get(pk=pk)
    barrier.wait(WAIT)
    Entry.objects.filter(pk=pk).update(version=version + 1)


@pytest.mark.parametrize(
    ("write", "counted"), [(raise_in_the_update, 2), (read_and_write, 1)], ids=["ours", "control"]
)
def test_no_change_is_lost_between_two_at_once(portal, transactional_db, write, counted):
    entry = ServicePageFactory().entry
    barrier = Barrier(2)
    with meanwhile(lambda: write(barrier, entry.pk), lambda: write(barrier, entry.pk)):
        pass
    assert Entry.objects.get(pk=entry.pk).version == entry.version + counted


def restrict(organisation):
    PageViewRestriction.objects.create(page=organisation, restriction_type="login")


@pytest.mark.parametrize(
    "hide", [restrict, lambda organisation: suspend(organisation.organisation)]
)
def test_what_is_published_while_its_branch_is_hidden_stays_hidden(portal, transactional_db, hide):
    page = ServicePageFactory(live=False)
    organisation = stored(stored(page).get_parent())
    written = Event()

    def publish_slowly():
        with transaction.atomic():
            publish(page)
            written.set()
            Event().wait(0.5)  # the other is waiting for this row by now

    with meanwhile(publish_slowly):
        assert written.wait(WAIT)
        hide(organisation)
    assert stored(page).live
    assert not Entry.objects.public().filter(page_id=page.pk).exists()
    assert find_disagreements() == []


def test_what_is_published_after_its_organisation_was_suspended_is_hidden(portal, transactional_db):
    page = ServicePageFactory(live=False)
    organisation = stored(stored(page).get_parent())
    with transaction.atomic():
        suspend(organisation.organisation)
        with_publisher = meanwhile(lambda: publish(page))
        with_publisher.__enter__()
        Event().wait(0.5)  # it has read what is committed and waits for the row by now
    with_publisher.__exit__(None, None, None)
    assert stored(page).live
    assert not Entry.objects.public().filter(page_id=page.pk).exists()
    assert find_disagreements() == []
