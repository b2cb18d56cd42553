"""A portal with readers, editors and a worker, while its search engine has one fault or another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.test import Client

from search.engines import current_engine, forget_entries, index_entry
from search.engines.elasticsearch.engine import own_alias
from search.entries.building import EMPTY
from search.models import Entry
from search.sync.indices import EngineError, held_versions, survey
from search.sync.pushing import push_waiting
from search.sync.rebuilding import rebuild, tend
from tests.search.making import make_entry
from tests.support.elasticsearch import Server, client_of
from tests.support.forking import KILLED, end_of, fork, kill_self, wait_until
from tests.support.slow_proxy import slow_proxy

ASKED = "/fi/search/?q=velkaneuvonta"
STEADY, PUBLISHED = "Velkaneuvonta", "Velkaneuvonta verkossa"
CHANGED, HIDDEN = "Velkaneuvonta kunnissa", "Velkaneuvonta illalla"
RECOVERY = 300
"""Seconds after which everything must be in step again."""


@dataclass
class World:
    """The portal at a server of its own; `seconds` is how long each reader has waited."""

    server: Server
    settings: Any
    seconds: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Publish a few services and build the index."""
        self.steady, self.changed, self.hidden = map(make_entry, (STEADY, CHANGED, HIDDEN))
        wait_until(self.in_step, RECOVERY)
        assert self.read() == {STEADY, CHANGED, HIDDEN}
        self.seconds.clear()

    def read(self) -> set[str]:
        """The titles that a reader is shown; fails where it is an error."""
        began = perf_counter()
        response = Client().get(ASKED)
        self.seconds.append(perf_counter() - began)
        assert response.status_code == 200
        return {row.card.title.text for row in response.context["listing"].rows}

    def engine_answers(self) -> bool:
        """Whether the engine, not the database, answers the next reader."""
        self.read()
        return not current_engine().breaker.is_open

    def write(self) -> None:
        """Publish one service, change another and hide a third."""
        make_entry(PUBLISHED)
        Entry.objects.filter(pk=self.changed.pk).raise_version(title="Kirjastoauto", texts={})
        index_entry(Entry.objects.get(pk=self.changed.pk))
        Entry.objects.filter(pk=self.hidden.pk).raise_version(**EMPTY)
        forget_entries([self.hidden.pk])

    def work(self) -> None:
        """One round of the worker's loops; what the engine does not allow is tried again later."""
        for tick in (tend, push_waiting):
            with suppress(EngineError):
                tick()

    def in_step(self) -> bool:
        """Whether the engine answers, with what the database says, after another round of work."""
        self.work()
        if Entry.objects.waiting().exists() or not (index := survey().index):
            return False
        rows = {str(pk): version for pk, version in Entry.objects.values_list("pk", "version")}
        assert held_versions(index) == rows
        return self.engine_answers()

    def recover(self) -> float:
        """Work until all is in step, see that nothing was lost; returns how long it took."""
        began = perf_counter()
        wait_until(self.in_step, RECOVERY)
        took = perf_counter() - began
        assert self.read() == {STEADY, PUBLISHED}
        return took


@contextmanager
def stopped(world: World) -> Iterator[None]:
    world.server.kill()
    yield
    world.server.start()


@contextmanager
def frozen(world: World) -> Iterator[None]:
    world.server.freeze()
    try:
        yield
    finally:
        world.server.thaw()


@contextmanager
def slow(world: World) -> Iterator[None]:
    with slow_proxy(world.server.url) as proxy:
        world.settings.SEARCH_URL = proxy.url
        wait_until(world.engine_answers, RECOVERY)
        world.seconds.clear()
        proxy.delay = 4
        yield
        world.settings.SEARCH_URL = world.server.url


@contextmanager
def read_only(world: World) -> Iterator[None]:
    client, index = client_of(world.settings), survey().index
    client.indices.put_settings(index=index, settings={"index.blocks.read_only": True})
    yield
    client.indices.put_settings(index=index, settings={"index.blocks.read_only": None})
    client.close()


@contextmanager
def mapping_changed(world: World) -> Iterator[None]:
    client = client_of(world.settings)
    client.indices.put_mapping(index=own_alias(), properties={"added": {"type": "keyword"}})
    yield
    client.close()


@contextmanager
def index_deleted(world: World) -> Iterator[None]:
    client = client_of(world.settings)
    client.indices.delete(index=survey().index)
    yield
    client.close()


@contextmanager
def rebuild_killed(world: World) -> Iterator[None]:
    def build_and_die() -> None:
        rebuild(lambda step: kill_self() if step == "filled" else None)

    assert end_of(fork(build_and_die)) == KILLED
    yield


@contextmanager
def wrong_password(world: World) -> Iterator[None]:
    world.settings.SEARCH_PASSWORD = "not-this-one"
    yield
    world.settings.SEARCH_PASSWORD = world.server.password


FAULTS: list[Callable[[World], Any]] = [
    stopped,
    frozen,
    slow,
    read_only,
    mapping_changed,
    index_deleted,
    rebuild_killed,
    wrong_password,
]
