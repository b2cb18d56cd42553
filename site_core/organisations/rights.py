"""What a person may do in the page tree, worked out once a request.

Rights have three sources: membership (add and change in the branches of one's organisations), the
permission rows of the few staff groups, and being a reviewer, which opens what waits for that
reviewer. Each is a dictionary or set by tree path, so asking about a page costs no query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import GroupPagePermission, Page, Task, TaskState

from site_core.organisations.branches import branches_of_member, path_prefixes

#: What a member may do in her organisation's branches: never publish, lock or delete in bulk.
MEMBER_ACTIONS = frozenset({"add", "change"})


@dataclass(frozen=True, slots=True)
class Place:
    """As much of a page as a right needs to know."""

    pk: int
    path: str

    @property
    def depth(self) -> int:
        return len(self.path) // Page.steplen


@dataclass(frozen=True, slots=True)
class Codename:
    """Stands where Wagtail expects a permission."""

    codename: str


@dataclass(frozen=True, slots=True)
class Right:
    """One action in one branch: what Wagtail reads of a `GroupPagePermission`."""

    page: Place
    permission: Codename

    @property
    def page_id(self) -> int:
        return self.page.pk


@dataclass(slots=True)
class PageRights:
    """All rights of one person in the page tree; iterating gives them in Wagtail's form."""

    places: dict[str, Place] = field(default_factory=dict)
    actions: dict[str, set[str]] = field(default_factory=dict)
    branches: set[str] = field(default_factory=set)
    is_reviewer: bool = False

    def grant(self, place: Place, actions: Iterable[str]) -> None:
        """Add actions at a place and everything below it."""
        self.places[place.path] = place
        self.actions.setdefault(place.path, set()).update(actions)

    def __iter__(self) -> Iterator[Right]:
        for path, actions in self.actions.items():
            for action in actions:
                yield Right(self.places[path], Codename(f"{action}_page"))

    def at(self, path: str) -> set[str]:
        """The actions allowed at a path: those of the path itself and of all above it."""
        return set().union(*(self.actions.get(prefix, ()) for prefix in path_prefixes(path)))

    def branch_at(self, path: str) -> str | None:
        """The path of the own organisation's branch that holds this one, or None."""
        return next((prefix for prefix in path_prefixes(path) if prefix in self.branches), None)

    @property
    def covers_tree(self) -> bool:
        """Whether some right is held over the whole tree."""
        return any(len(path) == Page.steplen for path in self.actions)

    def paths_with(self, actions: Iterable[str]) -> list[str]:
        """Where any of the actions is allowed, topmost places only, in tree order."""
        wanted, found = set(actions), []
        for path in sorted(self.actions):
            if self.actions[path] & wanted and not (found and path.startswith(found[-1])):
                found.append(path)
        return found


def rights_of(user) -> PageRights:
    """The rights of an active person who is no superuser: three queries, whatever she holds."""
    rights = PageRights()
    for pk, path in branches_of_member(user):
        rights.branches.add(path)
        rights.grant(Place(pk, path), MEMBER_ACTIONS)
    rows = GroupPagePermission.objects.filter(group__user=user).values_list(
        "page_id", "page__path", "permission__codename"
    )
    for pk, path, codename in rows:
        rights.grant(Place(pk, path), [codename.rpartition("_")[0]])
    rights.is_reviewer = Task.objects.filter(
        active=True, groupapprovaltask__groups__user=user
    ).exists()
    return rights


def pages_in_turn(user) -> dict[int, str]:
    """Pages that wait for this reviewer now: primary key to path."""
    ids = (
        TaskState.objects.reviewable_by(user)
        .filter(workflow_state__base_content_type=ContentType.objects.get_for_model(Page))
        .values_list("workflow_state__object_id", flat=True)
    )
    return dict(Page.objects.filter(pk__in=[int(pk) for pk in ids]).values_list("pk", "path"))


def at_or_below(paths: Iterable[str]) -> Q:
    """A condition for pages at or below any of the paths: one list per depth, no test per path.

    An OR of prefixes would break SQLite at a thousand branches ("expression tree is too large").
    """
    condition = Q(pk__in=[])
    for length, same in groupby(sorted(paths, key=len), key=len):
        condition |= Q(pk__in=_starting_with(length, list(same)))
    return condition


def _starting_with(length: int, prefixes: list[str]) -> QuerySet:
    start = Page.objects.order_by().alias(start=Substr("path", 1, length))
    return start.filter(start__in=prefixes).values("pk")
