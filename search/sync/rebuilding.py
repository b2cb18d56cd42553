"""Builds an index beside the one in use and puts it in its place; mends what has drifted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import takewhile
from math import inf
from time import monotonic
from typing import Any

from django.db import transaction

from search.engines import database_engine, index_terms
from search.engines.documents import analysis_name
from search.entries.listed import renew_listed
from search.entries.projector import hold
from search.models import Entry
from site_core.worker import stopping

from . import indices
from .documents import Document, build_documents
from .pushing import note_refused, push

logger = logging.getLogger(__name__)

LOOP = "search index"
"""Whoever has claimed this loop may build; nobody else."""
BATCH = 500
BUDGET = 5
"""Seconds of building after which the worker's other loops have their turn."""
ROUNDS = 10
"""Of differences before an index is put in use: where entries change faster, the rest waits."""
KEPT = timedelta(days=1)
"""How long another release's index is kept for processes that still read it."""

Tell = Callable[[str], None]

_seen: set[str] = set()
"""Indices in use that this process has compared with the database."""


@dataclass(frozen=True)
class Drift:
    """Where an index and the database differ, though nothing waits.

    missing, stale: primary keys; too_new: with the version held; surplus: ids of documents
    without an entry.
    """

    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    too_new: Mapping[int, int] = field(default_factory=dict)
    surplus: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, (self.missing, self.stale, self.too_new, self.surplus)))


def tend() -> int:
    """Look after the index in use, or build one for a few seconds; returns how much was done.

    Where there is none, or it is not ours, it is built, in as many calls as that takes.

    Raises:
        EngineError: the engine cannot be reached, or does not do what it is told.
    """
    with indices.told_clearly():
        there = indices.survey(indices.LOOK_SECONDS)
        if there.index is None:
            if there.live:
                logger.error("The index %s is not ours: it is built anew.", ", ".join(there.live))
                indices.withdraw(there.live)
            return _build(there.unfinished, monotonic() + BUDGET)
        indices.delete(there.resting)
        if there.index in _seen:
            return 0
        mended = len(repair(there.index))
        _seen.add(there.index)
        return mended


def rebuild(tell: Tell = lambda step: None) -> int:
    """Build a new index whatever there is, and put it in use; returns how many entries it has.

    The caller has claimed `LOOP`. Killed at any point it leaves the index in use as it was, or the
    new one in its place, and nothing that the next call does not clear away.
    """
    with indices.told_clearly():
        indices.delete(indices.survey().resting)
        return _build(None, inf, tell)


def repair(index: str | None = None) -> Drift:
    """Make what differs wait to be sent again, and delete surplus; returns what differed.

    What another analysis has indexed meanwhile is read again first.
    """
    with indices.told_clearly():
        index = index or indices.survey().index
        if index is None:
            return Drift()
        renew_terms()
        drift = find_drift(index)
        for ids in _batches([*drift.missing, *drift.stale], BATCH):
            Entry.objects.filter(pk__in=ids).wait_again()
        for pk, version in drift.too_new.items():
            Entry.objects.filter(pk=pk).overtake(version)
        indices.remove(index, drift.surplus)
        indices.delete(indices.of_other_releases(index, KEPT))
        return drift


def find_drift(index: str) -> Drift:
    """Compare an index with the entries it has acknowledged, by id and version.

    What changes meanwhile is looked at twice and does not count.
    """
    settled = dict(Entry.objects.settled().values_list("pk", "version"))
    held = indices.held_versions(index)
    now = dict(Entry.objects.values_list("pk", "version"))
    return Drift(
        missing=[pk for pk in settled if str(pk) not in held],
        stale=[pk for pk, version in settled.items() if held.get(str(pk), version) < version],
        too_new={pk: held[str(pk)] for pk in now if held.get(str(pk), 0) > now[pk]},
        surplus=sorted(held.keys() - {str(pk) for pk in now}),
    )


def renew_terms(until: float = inf) -> bool:
    """Read again what another analysis has read, and list what no list has; False where the time
    was up before the end."""
    for keys in _batches(list(Entry.objects.unlisted().values_list("key", flat=True)), BATCH):
        if _is_over(until):
            return False
        with transaction.atomic():
            hold(keys)
            renew_listed(keys)
    for ids in _batches(database_engine().outdated(analysis_name()), 50):
        if _is_over(until):
            return False
        outdated = Entry.objects.filter(pk__in=ids)
        with transaction.atomic():
            keys = set(outdated.values_list("key", flat=True))
            hold(keys)
            for entry in outdated.filter(is_public=True):
                index_terms(entry)
            Entry.objects.filter(key__in=keys, is_public=True).raise_version()
    return True


def _build(unfinished: str | None, until: float, tell: Tell = lambda step: None) -> int:
    """Fill an index and put it in use, or as much of that as there is time for."""
    if not renew_terms(until):
        return 0
    index, done, refused = unfinished or indices.create(), 0, set()
    tell("created")
    for _ in range(ROUNDS):
        differing = _differing(index)
        if refused.issuperset(differing):
            break
        batches, taken = list(_batches(differing, BATCH)), 0
        in_time = takewhile(lambda _: not _is_over(until), batches)
        for documents, sent in _sent(index, map(build_documents, in_time)):
            taken += 1
            note_refused(documents, sent)
            refused.update(sent.refused)
            done += len(sent.held)
            tell(f"{done} entries")
        if taken < len(batches):
            return done
    tell("filled")
    indices.put_in_use(index)
    tell("in use")
    _settle(index)
    indices.merge(index)
    indices.delete(indices.survey().resting)
    _seen.add(index)
    tell("done")
    return done


def _sent(
    index: str, batches: Iterable[list[Document]]
) -> Iterator[tuple[list[Document], indices.Sent]]:
    """Send batches, each while the next is made: the engine takes as long as we do."""
    with ThreadPoolExecutor(max_workers=1) as sender:
        before: tuple[list[Document], Future[indices.Sent]] | None = None
        for documents in batches:
            sending = documents, sender.submit(indices.send, index, documents)
            if before:
                yield before[0], before[1].result()
            before = sending
        if before:
            yield before[0], before[1].result()


def _differing(index: str) -> list[int]:
    """Entries that an index lacks or has in an older version, versions of a page side by side."""
    rows = list(Entry.objects.order_by("key", "pk").values_list("pk", "version"))
    held = indices.held_versions(index)
    return [pk for pk, version in rows if held.get(str(pk), 0) < version]


def _settle(index: str) -> None:
    """Send what was changed until the index came into use, and acknowledge all that it holds.

    Not earlier: what had been acknowledged before would not reach an index that stays in use
    because the building is killed.
    """
    for ids in _batches(_differing(index), BATCH):
        push(index, build_documents(ids))
    held = indices.held_versions(index)
    arrived: dict[int, list[int]] = {}
    for pk, version in Entry.objects.waiting().values_list("pk", "version"):
        if held.get(str(pk), 0) >= version:
            arrived.setdefault(version, []).append(pk)
    for version, pks in arrived.items():
        for ids in _batches(pks, BATCH):
            Entry.objects.filter(pk__in=ids).acknowledge(version)


def _is_over(until: float) -> bool:
    return monotonic() >= until or (until < inf and stopping.asked())


def _batches(ids: list[Any], size: int) -> Iterator[list[Any]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
