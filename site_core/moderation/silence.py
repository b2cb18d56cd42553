"""Wagtail's own mails about moderation, off: ours go through the outbox (`mails.py`).

Its four notifiers send while the request waits and would repeat ours (pitfalls B15); the edit view
sends one more about comments (B20). Wagtail has no setting for either.
"""

from typing import Any

from wagtail.admin.views.pages.edit import EditView
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

NOTIFIERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def silence_wagtail() -> None:
    """Take the places of the notifiers, whichever app starts first, and of the comment mails."""
    for signal, sender, uid in NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(_say_nothing, sender=sender, dispatch_uid=uid)
    EditView.send_commenting_notifications = _say_nothing


def _say_nothing(*args: Any, **kwargs: Any) -> None:
    """Stands where Wagtail would send."""
