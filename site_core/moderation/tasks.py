"""The two steps of the workflow, each with four eyes.

Wagtail's admin and our own desk both act through `on_action`, so that either road keeps the same
rules, writes the same log and sends the same mail.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, TaskState

from site_core.moderation import decisions, four_eyes
from site_core.moderation.forms import DecisionForm
from site_core.moderation.records import Step


class FourEyes:
    """A step decided by someone of its groups who has no part in the page.

    Core lets every member of the groups, and every superuser, edit and approve anything.
    """

    def start(self, workflow_state, user=None):
        """Begin the step; an earlier one that has not approved the text as it is goes first.

        Core goes on after a rejection where it was rejected, with text no earlier step has read.
        """
        due = workflow_state.get_next_task()
        if due is not None and due.pk != self.pk:
            return due.specific.start(workflow_state, user=user)
        is_submission = workflow_state.current_task_state is None
        if is_submission and user is not None:
            workflow_state.requested_by = user  # who submits it again answers for it
        task_state = super().start(workflow_state, user=user)
        decisions.began(task_state, by=user, is_submission=is_submission)
        return task_state

    def user_can_access_editor(self, obj, user):
        return self._may_handle(obj, user)

    def locked_for_user(self, obj, user):
        return not self._may_handle(obj, user)

    def user_can_lock(self, obj, user):
        """Core lets reviewers lock the page, and the lock would stay when it goes back."""
        return False

    def get_actions(self, obj, user):
        task_state = obj.current_workflow_task_state
        if task_state is None or not four_eyes.may_decide(user, task_state, self):
            return []
        deeds = [
            (decisions.ASK_CHANGES, _("Ask for changes"), True),
            (decisions.REJECT, _("Reject"), True),
        ]
        if four_eyes.may_approve(user, task_state):
            deeds.append((decisions.APPROVE, _("Approve"), False))
        return deeds

    def get_form_for_action(self, action):
        if action in (decisions.ASK_CHANGES, decisions.REJECT):
            return DecisionForm
        return super().get_form_for_action(action)

    def on_action(self, task_state, user, action_name, **kwargs):
        decisions.decide(task_state, by=user, deed=action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = TaskState.objects.filter(task_id=self.pk, status=TaskState.STATUS_IN_PROGRESS)
        return four_eyes.decidable(user, waiting, self)

    def _may_handle(self, page, user) -> bool:
        task_state = page.current_workflow_task_state
        return task_state is not None and four_eyes.may_decide(user, task_state, self)


class LanguageReview(FourEyes, GroupApprovalTask):
    """The first step: is the language right and plain?"""

    step = Step.LANGUAGE

    class Meta:
        verbose_name = _("language check")
        verbose_name_plural = _("language checks")


class ContentReview(FourEyes, GroupApprovalTask):
    """The second step: is the content right and does it belong here?"""

    step = Step.CONTENT

    class Meta:
        verbose_name = _("content check")
        verbose_name_plural = _("content checks")
