"""The rows of the queue: what waits, whose turn it is, and why a row is not this person's.

The number of queries does not grow with what waits.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_noop
from wagtail.models import Locale, Page, Task, TaskState, WorkflowTask

from search.entries.kinds import KINDS
from site_core.desk.access import Roles
from site_core.desk.review.deadline import age_phrase, deadline
from site_core.languages.fallback import Phrase, language_phrase, say
from site_core.moderation import queue
from site_core.organisations.branches import branch_pages, path_prefixes
from site_core.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Step:
    """Which step of the review is at hand."""

    name: str
    number: int
    total: int

    @property
    def strokes(self) -> list[str]:
        """A stroke for each step: done, at hand, to come."""
        return ["on" if at < self.number else "me" if at == self.number else ""
                for at in range(1, self.total + 1)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for a step. `reason` says why it is not this person's turn, else None."""

    pk: int
    title: str
    language: str
    language_name: Phrase
    organisation: Organisation | None
    kind: Phrase
    is_change: bool
    is_mended: bool
    step: Step
    submitted_at: datetime
    age: Phrase
    is_late: bool
    reason: Phrase | None


def waiting_rows(user: Any, roles: Roles, now: datetime) -> list[Waiting]:
    """All that waits, the longest waiting first."""
    states = list(queue.waiting().select_related("workflow_state", "task"))
    mine = set(queue.waiting_for(user).values_list("pk", flat=True))
    return _rows(states, mine, user, roles, now)


def waiting_row(state: TaskState, user: Any, roles: Roles, now: datetime) -> Waiting:
    """One row of the person's own turn."""
    return _rows([state], {state.pk}, user, roles, now)[0]


def kind_phrase(page: Any) -> Phrase:
    """What kind of entry a page is, in the reader's language."""
    kind = KINDS.get(page.entry_kind_now()) if hasattr(page, "entry_kind_now") else None
    return say(kind.name) if kind else say(page.specific_class._meta.verbose_name)


def step_name(task: Task) -> str:
    """A step's name in the reader's language: rows keep the name in one language only."""
    model = ContentType.objects.get_for_id(task.content_type_id).model_class()
    ours = model is not None and model.__module__.startswith("site_core.")
    return capfirst(str(model._meta.verbose_name)) if ours else task.name


def _rows(
    states: list[TaskState], mine: set[int], user: Any, roles: Roles, now: datetime
) -> list[Waiting]:
    pages = _pages(int(state.workflow_state.object_id) for state in states)
    owners = _owners(page.path for page in pages.values())
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    steps = _steps({state.workflow_state.workflow_id for state in states})
    rows = []
    for state in states:
        page = pages.get(int(state.workflow_state.object_id))
        if page is None:
            continue
        owner = owners.get(page.path)
        order = steps[state.workflow_state.workflow_id]
        number = order.index(state.task_id) + 1 if state.task_id in order else 1
        reason = None if state.pk in mine else _reason(state, owner, user, roles)
        rows.append(
            Waiting(
                pk=state.pk,
                title=page.draft_title or page.title,
                language=languages[page.locale_id],
                language_name=language_phrase(languages[page.locale_id]),
                organisation=owner,
                kind=kind_phrase(page),
                is_change=page.live,
                is_mended=bool(state.last_rejected),
                step=Step(step_name(state.task), number, max(len(order), number)),
                submitted_at=state.submitted_at,
                age=age_phrase(now - state.submitted_at),
                is_late=now > deadline(state.submitted_at),
                reason=reason,
            )
        )
    return rows


def _pages(ids: Iterable[int]) -> dict[int, Any]:
    """The pages with their own fields: a query and one for each page type."""
    found = Page.objects.filter(pk__in=list(ids)).specific()
    return {page.pk: page for page in found}


def _owners(paths: Iterable[str]) -> dict[str, Organisation]:
    """The organisation whose branch holds each path: one query."""
    prefixes = {path: path_prefixes(path) for path in paths}
    wanted = {prefix for each in prefixes.values() for prefix in each}
    branches = {
        branch.path: branch.organisation
        for branch in branch_pages().filter(path__in=wanted).select_related("organisation")
    }
    return {
        path: next((branches[prefix] for prefix in each if prefix in branches), None)
        for path, each in prefixes.items()
    }


def _steps(workflows: set[int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    links = WorkflowTask.objects.filter(workflow__in=workflows).order_by("sort_order", "pk")
    for workflow, task in links.values_list("workflow_id", "task_id"):
        found[workflow].append(task)
    return found


def _reason(state: TaskState, owner: Organisation | None, user: Any, roles: Roles) -> Phrase:
    if owner is not None and roles.membership_in(owner.pk):
        return say(
            gettext_noop(
                "You cannot review a page of your own organisation. Another reviewer takes it."
            )
        )
    if state.workflow_state.requested_by_id == user.pk:
        return say(gettext_noop("You sent this yourself. Another reviewer takes it."))
    return say(gettext_noop("Other reviewers do this check."))
