"""Sends what waits to the engine, until it has acknowledged each version."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from time import monotonic

from search.engines.elasticsearch.engine import own_alias
from search.models import Entry
from site_core.worker import stopping

from .documents import Document, build_documents
from .indices import LOOK_SECONDS, Sent, send, survey, told_clearly

logger = logging.getLogger(__name__)

BATCH = 500
BUDGET = 5
"""Seconds after which the worker's other loops have their turn."""
REST = 600
"""Seconds until a document that the engine refused is sent again unchanged."""

_refused: dict[tuple[int, int], float] = {}
"""What this process sent in vain: entry and version, and when it may be sent again."""


def push_waiting() -> int:
    """Send what waits to the index in use, oldest first; returns how many were acknowledged.

    Nothing is sent while there is no index, or one that is not ours: `rebuilding` sees to that.

    Raises:
        EngineError: the engine cannot be reached, or takes nothing.
    """
    waiting = _ready()
    if not waiting:
        return 0
    done, until = 0, monotonic() + BUDGET
    with told_clearly():
        if survey(LOOK_SECONDS).index is None:
            return 0
        for ids in _batches(waiting):
            done += push(own_alias(), build_documents(ids), in_use=True)
            if stopping.asked() or monotonic() >= until:
                break
    return done


def push(index: str, documents: list[Document], *, in_use: bool = False) -> int:
    """Send documents and acknowledge those that arrived; returns how many did."""
    sent = send(index, documents, in_use=in_use, found_at_once=True)
    acknowledge(documents, sent.held)
    note_refused(documents, sent)
    return len(sent.held)


def acknowledge(documents: Iterable[Document], held: Mapping[int, int]) -> None:
    """Note which versions the engine holds, each only while it is still the latest.

    An engine that knows a higher version than the database has had another database before, or a
    later state of it: the entry overtakes it, and waits.
    """
    arrived: defaultdict[int, list[int]] = defaultdict(list)
    for document in documents:
        held_version = held.get(document.entry_id, 0)
        if held_version >= document.version:
            arrived[document.version].append(document.entry_id)
        if held_version > document.version:
            Entry.objects.filter(pk=document.entry_id).overtake(held_version)
    for version, ids in arrived.items():
        Entry.objects.filter(pk__in=ids).acknowledge(version)


def note_refused(documents: Iterable[Document], sent: Sent) -> None:
    """Log what was refused, and let it rest: it waits, and is not in the way of others."""
    now = monotonic()
    for key in [key for key, until in _refused.items() if until <= now]:
        del _refused[key]
    for document in documents:
        if reason := sent.refused.get(document.entry_id):
            logger.error("The engine refuses entry %s: %s", document.entry_id, reason)
            _refused[document.entry_id, document.version] = now + REST


def _ready() -> list[int]:
    """Entries that wait, oldest first, save those just refused."""
    now, rows = monotonic(), Entry.objects.waiting().order_by("waiting_since", "pk")
    return [pk for pk, version in rows.values_list("pk", "version") if _may_go(pk, version, now)]


def _may_go(pk: int, version: int, now: float) -> bool:
    return _refused.get((pk, version), 0) <= now


def _batches(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
