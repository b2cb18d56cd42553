"""The engine's indices of entries: which there are, what is in them, which is in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.exceptions import AuthenticationException, AuthorizationException
from elasticsearch.helpers import ScanError, scan, streaming_bulk

from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.engine import own_alias
from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, index_name
from site_core.worker.loops import AwayError

from .documents import Document

LOOK_SECONDS = 2
"""How long a tick waits for an engine that may not answer: other loops wait as long."""
WORK_SECONDS = 60
"""How long one waits for an engine that does answer."""
MOST_BYTES = 10 * 1024 * 1024
"""Of one request."""
SCAN = 10_000
REASON_LENGTH = 300


class EngineError(AwayError):
    """The engine does not do what the sync asks; the message tells an operator why."""


@dataclass(frozen=True)
class Survey:
    """The indices under our alias's name.

    live: those the alias leads to; resting: those it does not.
    unfit: those of either whose mapping is not ours any more.
    squatter: whether an index itself bears the alias's name.
    """

    live: tuple[str, ...] = ()
    resting: tuple[str, ...] = ()
    unfit: frozenset[str] = frozenset()
    squatter: bool = False

    @property
    def index(self) -> str | None:
        """The one index in use, None where there is none that may be."""
        if len(self.live) != 1 or self.live[0] in self.unfit:
            return None
        return self.live[0]

    @property
    def unfinished(self) -> str | None:
        """The newest index that somebody began to build."""
        return max((name for name in self.resting if name not in self.unfit), default=None)


@dataclass
class Sent:
    """What became of documents: the version held of each that arrived, and why others did not."""

    held: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


@contextmanager
def told_clearly() -> Iterator[None]:
    """Raise `EngineError` in place of what the client raises."""
    try:
        yield
    except (ApiError, TransportError, ScanError) as error:
        raise EngineError(reason_of(error)) from error


def reason_of(error: Exception) -> str:
    """What an operator should know, in one line."""
    match error:
        case AuthenticationException():
            return "The engine refuses our user or key (401): look at SEARCH_USER and its kin."
        case AuthorizationException() if "cluster_block" not in str(error):
            return f"The engine does not let our user do this (403): {error}"[:REASON_LENGTH]
        case ApiError() | ScanError():
            return f"The engine answers: {error}"[:REASON_LENGTH]
        case _:
            return f"The engine does not answer: {error}"[:REASON_LENGTH]


def engine(seconds: float = WORK_SECONDS) -> Elasticsearch:
    """The client, with the worker's patience instead of a reader's."""
    return client().options(request_timeout=seconds)


def survey(seconds: float = WORK_SECONDS) -> Survey:
    """Look at the indices of our mapping and analysis. One request, which may take `seconds`."""
    alias = own_alias()
    found = engine(seconds).indices.get(index=f"{alias}*", expand_wildcards="all").body
    own = {name: told for name, told in found.items() if name.startswith(f"{alias}-")}
    return Survey(
        live=tuple(name for name, told in own.items() if alias in told["aliases"]),
        resting=tuple(name for name, told in own.items() if alias not in told["aliases"]),
        unfit=frozenset(name for name, told in own.items() if told["mappings"] != MAPPINGS),
        squatter=alias in found,
    )


def create() -> str:
    """Make a new index, not yet in use, and return its name."""
    name = index_name(own_alias(), timezone.now())
    engine().indices.create(index=name, settings=SETTINGS, mappings=MAPPINGS)
    return name


def put_in_use(index: str) -> None:
    """Lead the alias to an index and to no other, in one step."""
    alias, there = own_alias(), survey()
    actions = [{"add": {"index": index, "alias": alias}}]
    actions += [{"remove": {"index": old, "alias": alias}} for old in there.live if old != index]
    if there.squatter:
        actions.append({"remove_index": {"index": alias}})
    engine().indices.update_aliases(actions=actions)


def merge(index: str) -> None:
    """Let the engine make one segment of what was sent in many pieces, in its own time.

    Only questions are slower without: an engine that does not let us is not a fault.
    """
    with suppress(ApiError):
        engine().indices.forcemerge(index=index, max_num_segments=1, wait_for_completion=False)


def withdraw(indices: Iterable[str]) -> None:
    """Take the alias away from indices, so that nobody reads or writes them."""
    alias = own_alias()
    actions = [{"remove": {"index": name, "alias": alias}} for name in indices]
    engine().indices.update_aliases(actions=actions)


def delete(indices: Iterable[str]) -> None:
    """Delete indices; nothing happens where they are gone."""
    if names := list(indices):
        engine().indices.delete(index=names, ignore_unavailable=True)


def of_other_releases(index: str, age: timedelta) -> list[str]:
    """Indices of other mappings and analyses, once the one in use is older than `age`."""
    began = datetime.strptime(index.rpartition("-")[2], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    if timezone.now() - began < age:
        return []
    family = f"{settings.SEARCH_INDEX}-entries-"
    found = engine().indices.get(index=f"{family}*", features="aliases").body
    return [name for name in found if not name.startswith(f"{own_alias()}-")]


def held_versions(index: str) -> dict[str, int]:
    """The version of every document that an index holds, by id."""
    asking = engine()
    asking.indices.refresh(index=index)
    hits = scan(asking, index=index, query={"version": True}, size=SCAN, _source=False)
    return {hit["_id"]: hit["_version"] for hit in hits}


def send(
    index: str, documents: Iterable[Document], *, in_use: bool = False, found_at_once: bool = False
) -> Sent:
    """Write documents; one that the engine holds in the same or a higher version stays.

    in_use: `index` is an alias; where it is none, nothing is written.

    Raises:
        EngineError: the engine refuses for a reason that lies in no document.
    """
    actions = [
        {
            "_id": document.entry_id,
            "_source": document.body,
            "version": document.version,
            "version_type": "external",
        }
        for document in documents
    ]
    sent, conflicts = Sent(), []
    results = streaming_bulk(
        engine(),
        actions,
        index=index,
        require_alias=in_use,
        refresh=found_at_once,
        chunk_size=len(actions) or 1,
        max_chunk_bytes=MOST_BYTES,
        raise_on_error=False,
    )
    for (_, result), action in zip(results, actions, strict=True):
        outcome, pk = result["index"], action["_id"]
        match outcome["status"]:
            case 200 | 201:
                sent.held[pk] = action["version"]
            case 409:
                conflicts.append(pk)
            case 400:
                sent.refused[pk] = str(outcome["error"].get("reason"))[:REASON_LENGTH]
            case _:
                reason = str(outcome["error"].get("reason"))[:REASON_LENGTH]
                raise EngineError(f"The engine writes nothing: {reason}")
    if conflicts:
        sent.held.update(_versions(index, conflicts))
    return sent


def remove(index: str, ids: Iterable[str]) -> None:
    """Delete documents from an index."""
    deletions = [{"_op_type": "delete", "_id": pk} for pk in ids]
    for _ in streaming_bulk(engine(), deletions, index=index, raise_on_error=False):
        pass


def _versions(index: str, ids: list[int]) -> dict[int, int]:
    answer = engine().mget(index=index, ids=[str(pk) for pk in ids], source=False)
    return {int(found["_id"]): found["_version"] for found in answer["docs"] if found.get("found")}
