"""Whose turn a review is, and what became of one that is no more."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Comment, Page, TaskState

from site_core.moderation import four_eyes, queue
from site_core.moderation.records import Decision


@dataclass(frozen=True, slots=True)
class Turn:
    """A step in this person's turn: the page as it is public or was made, and its latest text."""

    state: TaskState
    page: Any
    draft: Any
    seen: int

    @property
    def live(self) -> Any | None:
        """The public version, None where there is none."""
        return self.page if self.page.live else None


def turn_of(user: Any, task_state_id: int) -> Turn | None:
    """The step, where it waits for this person now."""
    state = (
        queue.waiting_for(user)
        .select_related("workflow_state__requested_by", "task")
        .filter(pk=task_state_id)
        .first()
    )
    if state is None:
        return None
    page = Page.objects.filter(pk=state.workflow_state.object_id).specific().first()
    if page is None or page.latest_revision is None:
        return None
    return Turn(state, page, page.latest_revision.as_object(), page.latest_revision_id)


@dataclass(frozen=True, slots=True)
class Handled:
    """A step that somebody else has ended; `decision` is None where its author took it back."""

    state: TaskState
    page: Page
    decision: Decision | None

    @property
    def title(self) -> str:
        """The title it had then: a newer draft is not hers to see."""
        return self.state.revision.object_str if self.state.revision else self.page.title


def handled_for(user: Any, task_state_id: int) -> Handled | None:
    """A step that waits no more, for those who could have decided about it; else None."""
    state = (
        TaskState.objects.filter(pk=task_state_id)
        .exclude(status=TaskState.STATUS_IN_PROGRESS)
        .select_related("workflow_state", "task", "revision")
        .first()
    )
    page = state.workflow_state.content_object if state is not None else None
    if page is None or not four_eyes.may_decide(user, state, state.task.specific):
        return None
    decision = Decision.objects.filter(task_state=state).select_related("by").first()
    return Handled(state, page, decision)


def open_comments(page: Page) -> list[Comment]:
    """Comments on a page that nobody has settled, oldest first, with their answers."""
    return list(
        Comment.objects.filter(page_id=page.pk, resolved_at=None)
        .select_related("user")
        .prefetch_related("replies__user")
        .order_by("created_at", "pk")
    )
