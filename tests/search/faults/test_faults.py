"""Whatever happens to the engine: readers are answered, editors publish, and nothing is lost.

How long readers wait is measured by `tests/benchmarks/search_faults.py`; the limit here only tells
an answer from a page that hangs.
"""

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from django.db import connection

from search.models import Entry
from search.sync import rebuilding
from tests.search.making import make_entry
from tests.support.elasticsearch import Server, client_of, drop_indices, server

from .world import FAULTS, STEADY, World

pytestmark = [
    pytest.mark.engine,
    pytest.mark.fault,
    pytest.mark.timeout(900),
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning"),
]

HANGS = 10
READERS = 3


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that knows one user."""
    with server("portal", "a-password") as own:
        yield own


@pytest.fixture
def world(own: Server, settings, monkeypatch, transactional_db) -> Iterator[World]:
    own.point_to(settings)
    monkeypatch.setattr(rebuilding, "_seen", set())
    world = World(own, settings)
    world.begin()
    yield world
    plain = client_of(settings)
    drop_indices(plain, settings.SEARCH_INDEX)
    plain.close()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_readers_are_answered_and_nothing_is_lost(world, fault):
    with fault(world):
        for _ in range(3):
            assert STEADY in world.read()
        world.work()
        world.write()
        world.work()
        for _ in range(3):
            assert STEADY in world.read()
    world.recover()
    assert max(world.seconds) < HANGS


def test_restarted_under_load(world):
    """Readers in several threads and an editor, while the server goes and comes back."""
    errors, over, written = [], Event(), []

    def in_thread(deed) -> None:
        try:
            while not over.wait(0.05):
                deed()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    def edit() -> None:
        Entry.objects.filter(pk=world.steady.pk).raise_version()
        written.append(make_entry(f"Palvelu {len(written)}"))
        world.work()

    threads = [Thread(target=in_thread, args=[deed]) for deed in [world.read] * READERS + [edit]]
    for thread in threads:
        thread.start()
    world.server.restart()
    over.wait(5)
    over.set()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert len(written) > 0
    world.write()
    world.recover()
    assert max(world.seconds) < HANGS
