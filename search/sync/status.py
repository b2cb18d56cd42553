"""What an operator wants to know of the search engine, whatever residents are answered from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from search.engines import database_engine
from search.engines.documents import analysis_name
from search.engines.elasticsearch.engine import own_alias
from search.models import Entry

from .indices import EngineError, Survey, engine, survey, told_clearly
from .rebuilding import Drift, find_drift

LATE = timedelta(minutes=5)
"""How long an entry may wait before somebody should look."""
SECONDS = 5
"""How long an operator waits for an answer."""


@dataclass
class Status:
    """The engine, the index in use and the queue to it.

    error: why the engine could not be asked, in one line; what follows is then unknown.
    waiting, lag: how many entries wait, and how long the oldest has.
    outdated: entries whose terms another analysis made; unlisted: those the database does not show.
    """

    url: str
    alias: str
    analysis: str
    waiting: int
    lag: timedelta
    outdated: int
    unlisted: int
    error: str = ""
    version: str = ""
    health: str = ""
    indices: Survey = field(default_factory=Survey)
    blocks: list[str] = field(default_factory=list)
    drift: Drift | None = None

    def faults(self) -> list[str]:
        """What somebody should look at, one line each; nothing where there is no engine."""
        if not self.url:
            return []
        return [*self._engine_faults(), *self._index_faults(), *self._queue_faults()]

    def _engine_faults(self) -> list[str]:
        if self.error:
            return [self.error]
        if self.health == "red":
            return ["The index is red: one of its shards is lost. Restore it, or rebuild_search."]
        return []

    def _index_faults(self) -> list[str]:
        faults = []
        if unfit := self.indices.unfit.intersection(self.indices.live):
            faults.append(f"The mapping of {', '.join(unfit)} is not ours; it is built anew.")
        elif not self.error and self.indices.index is None:
            faults.append(f"No index is in use as {self.alias}; the worker builds it.")
        if self.blocks:
            faults.append(
                f"The index refuses to be written ({', '.join(self.blocks)}):"
                " free space on its disk, or take the block away."
            )
        return faults

    def _queue_faults(self) -> list[str]:
        faults = []
        if self.waiting and self.lag > LATE:
            faults.append(late(self.waiting, self.lag))
        if self.drift:
            faults.append(
                f"Index and database differ: {len(self.drift.missing)} entries missing,"
                f" {len(self.drift.stale)} stale, {len(self.drift.too_new)} too new,"
                f" {len(self.drift.surplus)} surplus."
            )
        if self.outdated:
            faults.append(f"{self.outdated} entries were read by another analysis.")
        if self.unlisted:
            faults.append(f"{self.unlisted} entries are in no list that the database shows.")
        return faults

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values, durations in seconds."""
        drift = self.drift
        return {
            "engine": {
                "url": self.url,
                "reachable": not self.error,
                "version": self.version,
                "health": self.health,
            },
            "index": {
                "alias": self.alias,
                "in_use": list(self.indices.live),
                "mapping_is_ours": self.indices.index is not None,
                "being_built": self.indices.unfinished,
                "blocks": self.blocks,
                "analysis": self.analysis,
                "outdated": self.outdated,
                "unlisted": self.unlisted,
            },
            "queue": {"waiting": self.waiting, "lag_seconds": round(self.lag.total_seconds(), 1)},
            "drift": None
            if drift is None
            else {
                "missing": drift.missing,
                "stale": drift.stale,
                "too_new": list(drift.too_new),
                "surplus": drift.surplus,
            },
            "faults": self.faults(),
        }


def find_status() -> Status:
    """Ask the engine and the database. Never raises for what the engine does.

    Compares all versions, which takes a second for 100,000 entries.
    """
    waiting, lag = waiting_and_lag()
    status = Status(
        url=settings.SEARCH_URL,
        alias=own_alias(),
        analysis=analysis_name(),
        waiting=waiting,
        lag=lag,
        outdated=len(database_engine().outdated(analysis_name())),
        unlisted=Entry.objects.unlisted().count(),
    )
    if not settings.SEARCH_URL:
        return status
    try:
        with told_clearly():
            _ask(status)
    except EngineError as error:
        status.error = str(error)
    return status


def _ask(status: Status) -> None:
    asking = engine(SECONDS)
    status.health = asking.cluster.health()["status"]
    nodes = asking.nodes.info(filter_path="nodes.*.version").body.get("nodes", {})
    status.version = ", ".join(sorted({node["version"] for node in nodes.values()}))
    status.indices = survey(SECONDS)
    if status.indices.live:
        live = ",".join(status.indices.live)
        status.health = asking.cluster.health(index=live)["status"]
        status.blocks = _blocks(asking.indices.get_settings(index=live).body)
    if status.indices.index:
        status.drift = find_drift(status.indices.index)


def _blocks(found: dict[str, Any]) -> list[str]:
    return sorted(
        {
            name
            for told in found.values()
            for name, value in told["settings"]["index"].get("blocks", {}).items()
            if value == "true"
        }
    )


def waiting_and_lag() -> tuple[int, timedelta]:
    """How many entries wait for the engine, and how long the oldest of them has."""
    told = Entry.objects.waiting().aggregate(count=Count("pk"), oldest=Min("waiting_since"))
    now = timezone.now()
    return told["count"], max(now - (told["oldest"] or now), timedelta())


def lateness() -> str:
    """That entries have waited for too long, in words; "" where all is well."""
    waiting, lag = waiting_and_lag()
    return late(waiting, lag) if settings.SEARCH_URL and waiting and lag > LATE else ""


def late(waiting: int, lag: timedelta) -> str:
    """How many entries wait, and how long they have, in words."""
    minutes = round(lag / timedelta(minutes=1))
    return f"{waiting} entries wait for the search engine, the oldest for {minutes} minutes."
