"""How one can sign up for a course at this moment: which groups are open, and what they have left.

For who looks; whoever sends a form is told by the verbs, which are exact.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from search.models import Entry
from site_core.languages.fallback import Phrase, say
from site_core.pages.cards import entry_url, text_of
from site_core.pages.detail import Time, span_words
from training.courses import Course, Offering, Session
from training.signups.arithmetic import has_lapsed, is_open
from training.signups.facts import where
from training.signups.models import NextTime, Pool, Seat, SignUp


class State(enum.Enum):
    """How enrolment for a group stands by the clock, whoever has signed up."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"
    UNPLANNED = "unplanned"


class Room(enum.Enum):
    """What there is to be had."""

    SEATS = "seats"
    QUEUE = "queue"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PoolRoom:
    """A pool's places and its seats for newcomers, both None without a limit, and how many entries
    wait for one."""

    places: int | None
    free: int | None
    waiting: int = 0


@dataclass(frozen=True)
class Group:
    """A group with what is left of it; `pools` by role."""

    offering: Offering
    state: State
    sessions: tuple[Session, ...]
    pools: dict[str, PoolRoom]

    @property
    def waiting(self) -> int:
        """How many entries wait, for whatever pool."""
        return sum(pool.waiting for pool in self.pools.values())

    @property
    def roles(self) -> list[str]:
        """Roles that places are kept for."""
        return [role for role in self.pools if role]

    def pool(self, role: str) -> PoolRoom:
        """The pool of a role, or that of everybody where the role has none."""
        return self.pools.get(role) or self.pools[""]

    def room(self, role: str = "", size: int = 1) -> Room:
        """What so many newcomers of a role would get."""
        pool, length = self.pool(role), self.offering.waiting_list_length
        if pool.free is None or pool.free >= size:
            return Room.SEATS
        if size > pool.places:  # so many would wait for ever
            return Room.NONE
        return Room.QUEUE if length is None or self.waiting < length else Room.NONE

    @property
    def best_room(self) -> Room:
        """What there is for somebody, whatever the role."""
        rooms = {self.room(role) for role in self.pools}
        return next(room for room in Room if room in rooms)

    @property
    def is_on_site(self) -> bool:
        """Whether any session has a place."""
        return any(not each.is_remote for each in self.sessions if each.cancelled_at is None)


@dataclass(frozen=True)
class Enrolment:
    """A course as its sign-up page shows it to a reader of `language`."""

    entry: Entry
    course: Course
    groups: tuple[Group, ...]
    language: str

    @property
    def title(self) -> Phrase:
        """What the course is called on its page."""
        return text_of(self.entry, "title", self.language) or Phrase(self.course.title)

    @property
    def url(self) -> str:
        """The course's page."""
        return entry_url(self.entry, self.language)

    @property
    def open(self) -> tuple[Group, ...]:
        """Groups that one can sign up for by the clock."""
        return tuple(group for group in self.groups if group.state is State.OPEN)

    @property
    def state(self) -> State:
        """Open where any group is; else how the first of them stands that is still to come."""
        states = {group.state for group in self.groups}
        order = (State.OPEN, State.SOON, State.CLOSED, State.UNPLANNED, State.OVER)
        return next((state for state in order if state in states), State.CANCELLED)

    @property
    def is_full(self) -> bool:
        """Whether no open group takes anybody any more, not even to wait."""
        return all(group.best_room is Room.NONE for group in self.open)

    @cached_property
    def waiting_for_next(self) -> int:
        """How many want to hear of the next time."""
        return NextTime.objects.confirmed().filter(course=self.course).count()


def enrolment_of(key: UUID, language: str, now: datetime) -> Enrolment | None:
    """The course of a public entry: five queries; None where there is no such public page."""
    entries = Entry.objects.public(now).filter(key=key, kind="training", page__isnull=False)
    entry = entries.best_first(language).first()
    if entry is None:
        return None
    course = Course.objects.select_related("organisation").get(pages__pk=entry.page_id)
    offerings = list(course.offerings.prefetch_related("sessions__municipality"))
    rooms = _pools(offerings, now)
    groups = tuple(_group(each, course, rooms.get(each.pk, {}), now) for each in offerings)
    return Enrolment(entry, course, groups, language)


def times_of(sessions: Sequence[Session], language: str) -> tuple[Time, ...]:
    """Sessions in words."""
    return tuple(
        Time(
            words=span_words(each.starts_at, each.ends_at),
            iso=each.starts_at.isoformat(),
            where=say("Remotely") if each.is_remote else Phrase(where(each, language)),
            cancelled=each.cancelled_at is not None,
        )
        for each in sessions
    )


def state_of(
    offering: Offering, course: Course, sessions: Sequence[Session], now: datetime
) -> State:
    """How enrolment for a group stands."""
    held = [each for each in sessions if each.cancelled_at is None]
    if offering.cancelled_at or (sessions and not held):
        return State.CANCELLED
    if not held:
        return State.UNPLANNED
    if all(each.ends_at <= now for each in held):
        return State.OVER
    opens, closes = course.enrolment_opens_at, course.enrolment_closes_at
    if is_open(opens, closes, now):
        return State.OPEN
    return State.CLOSED if has_lapsed(closes, now) else State.SOON


def _group(offering: Offering, course: Course, pools: dict[str, PoolRoom], now: datetime) -> Group:
    offering.course = course
    sessions = tuple(offering.sessions.all())
    state = state_of(offering, course, sessions, now)
    # Nobody has come yet where there are no rows.
    return Group(
        offering, state, sessions, pools or {"": PoolRoom(offering.capacity, offering.capacity)}
    )


def _pools(offerings: list[Offering], now: datetime) -> dict[int, dict[str, PoolRoom]]:
    """Rooms by group and role. Seats are a newcomer's only where nobody waits for them."""
    lapsed = Q(seats__state=Seat.State.HELD, seats__held_until__lte=now)
    queue = SignUp.objects.queue().filter(pool=OuterRef("pk")).order_by()
    waiting = queue.values("pool").annotate(number=Count("pk")).values("number")
    pools = (
        Pool.objects.offered()
        .filter(offering__in=offerings)
        .annotate(
            free=Count("seats", filter=Q(seats__state=Seat.State.FREE) | lapsed),
            waiting=Coalesce(Subquery(waiting), Value(0)),
        )
    )
    found: dict[int, dict[str, PoolRoom]] = {}
    for pool in pools.order_by(F("role")):
        free = None if pool.places is None else 0 if pool.waiting else pool.free
        found.setdefault(pool.offering_id, {})[pool.role] = PoolRoom(
            pool.places, free, pool.waiting
        )
    return found
