"""What happens when a step begins and when a reviewer decides, on whichever road.

Called by the tasks (`tasks.py`) alone, inside the transaction of the deed.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from site_core.moderation import four_eyes, mails
from site_core.moderation.errors import Refused, Stale
from site_core.moderation.records import Decision
from site_core.organisations.branches import organisation_for_path

APPROVE, ASK_CHANGES, REJECT = "approve", "reject", "refuse"
"""Names of what a reviewer does, as Wagtail's buttons send them: its "reject" asks for changes."""

OUTCOMES = {
    APPROVE: Decision.Outcome.APPROVED,
    ASK_CHANGES: Decision.Outcome.CHANGES_ASKED,
    REJECT: Decision.Outcome.REJECTED,
}
LOGGED_AS = {
    APPROVE: "moderation.approve",
    ASK_CHANGES: "moderation.ask_changes",
    REJECT: "moderation.reject",
}


def began(task_state: TaskState, *, by, is_submission: bool) -> None:
    """Log that a page was submitted and give the receipt; tell those who may decide."""
    page = task_state.workflow_state.content_object.specific
    mails.to_review(task_state, page)
    if is_submission:
        mails.submitted(task_state, page, by)
        log(
            instance=page,
            action="moderation.submit",
            user=by,
            revision=task_state.revision,
            data={"step": task_state.task.specific.step},
        )


def withdrawn(instance: WorkflowState, user, **kwargs) -> None:
    """Log that an author took a page back, on whichever road (signal `workflow_cancelled`)."""
    if getattr(instance, "is_rejection", False):
        return
    state = instance.current_task_state
    log(
        instance=instance.content_object.specific,
        action="moderation.withdraw",
        user=user,
        revision=state.revision if state is not None else None,
    )


@transaction.atomic
def decide(
    task_state: TaskState,
    *,
    by,
    deed: str,
    reason: str = Decision.Reason.NONE,
    comment: str = "",
    seen_revision: int | None = None,
    **ignored,
) -> Decision:
    """Decide about a step: approve, ask for changes or reject.

    `seen_revision` is the revision the reviewer looked at; None where Wagtail's buttons do not say.
    Raises Stale where somebody was faster, PermissionDenied without the right, Refused
    where the organisation is suspended.
    """
    found = _held(task_state)
    if found.status != TaskState.STATUS_IN_PROGRESS:
        raise Stale
    state = found.workflow_state
    page = state.content_object
    _require_turn(found, page, by, deed, seen_revision)
    if deed == APPROVE:
        require_active_organisation(page)
        _take_latest(found, page, by, seen_revision)
    submitted = submitted_at(found)
    _carry_out(found, deed, by, comment)
    state.refresh_from_db()
    decision = Decision.objects.create(
        task_state=found,
        outcome=OUTCOMES[deed],
        reason=reason,
        text=comment,
        by=by,
        revision=found.revision,
        ends_round=state.status != WorkflowState.STATUS_IN_PROGRESS,
        submitted_at=submitted,
        decided_at=timezone.now(),
    )
    log(
        instance=page.specific,
        action=LOGGED_AS[deed],
        user=by,
        revision=found.revision,
        data={"step": found.task.specific.step, "reason": str(reason), "text": comment},
    )
    _tell(decision, state)
    return decision


def _held(task_state: TaskState) -> TaskState:
    """The step as it is now; its page is locked first, as everything else that changes it does."""
    page_id = task_state.workflow_state.object_id
    Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    states = TaskState.objects.select_for_update().select_related("workflow_state")
    return states.get(pk=task_state.pk)


def _tell(decision: Decision, state: WorkflowState) -> None:
    """One mail to who submitted: that it is public, if it is, else what was decided."""
    page = Page.objects.get(pk=state.object_id).specific
    approved = decision.outcome == Decision.Outcome.APPROVED
    if approved and decision.ends_round and page.live_revision_id == decision.revision_id:
        mails.published(decision, page, state.requested_by)
    else:
        mails.decided(decision, page, state.requested_by)


def require_active_organisation(page: Page) -> None:
    """Raise Refused where the page's organisation is suspended."""
    organisation = organisation_for_path(page.path)
    if organisation is not None and not organisation.is_active:
        raise Refused(
            _("%(organisation)s is suspended, so nothing of its can be approved."),
            code="suspended",
            params={"organisation": organisation.name},
        )


def submitted_at(task_state: TaskState) -> datetime:
    """When the author submitted what waits now: the first step since changes were last asked."""
    states = TaskState.objects.filter(workflow_state_id=task_state.workflow_state_id)
    rejected = states.filter(status=TaskState.STATUS_REJECTED).order_by("-pk").first()
    since = states.filter(pk__gt=rejected.pk) if rejected is not None else states
    return since.order_by("pk").values_list("started_at", flat=True).first()


def _require_turn(found: TaskState, page: Page, by, deed: str, seen_revision: int | None) -> None:
    allowed = {name for name, *_rest in found.task.specific.get_actions(page, by)}
    if not allowed and _was_in_turn(found, by, seen_revision):
        raise Stale
    if deed not in allowed:
        raise PermissionDenied
    if seen_revision is not None and page.latest_revision_id != seen_revision:
        raise Stale(_("The text has changed since you opened it. Read it again before you decide."))


def _was_in_turn(found: TaskState, by, seen_revision: int | None) -> bool:
    """Whether the person could have decided an earlier step of the text that she saw."""
    earlier = TaskState.objects.filter(
        workflow_state_id=found.workflow_state_id, revision_id=seen_revision, pk__lt=found.pk
    ).exclude(task_id=found.task_id)
    return any(four_eyes.may_decide(by, each, each.task.specific) for each in earlier)


def _take_latest(found: TaskState, page: Page, by, seen_revision: int | None) -> None:
    """Make the approval one of the latest text, where the reviewer saw it or wrote it herself.

    Otherwise it stays one of the older text, and the step begins again with the newer.
    """
    latest = page.get_latest_revision()
    if latest.pk != found.revision_id and (seen_revision is not None or latest.user_id == by.pk):
        found.revision = latest
        found.save(update_fields=["revision"])


def _carry_out(found: TaskState, deed: str, by, comment: str) -> None:
    if deed == APPROVE:
        found.approve(user=by, comment=comment)
    elif deed == ASK_CHANGES:
        found.reject(user=by, comment=comment)
    else:
        found.reject(user=by, comment=comment, update=False)
        found.workflow_state.is_rejection = True
        found.workflow_state.cancel(user=by)
