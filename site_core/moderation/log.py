"""How the log of our own actions on pages reads: the audit trail its organisation sees."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from site_core.moderation.records import Decision, Step

PLAIN = (
    ("confirm", gettext_lazy("Confirm as current"), gettext_lazy("Confirmed as current")),
    (
        "hide",
        gettext_lazy("Hide as out of date"),
        gettext_lazy("Hidden because nobody confirmed it"),
    ),
    ("submit", gettext_lazy("Submit"), gettext_lazy("Submitted")),
    ("withdraw", gettext_lazy("Withdraw"), gettext_lazy("Withdrawn by its author")),
    ("comment", gettext_lazy("Comment at a field"), gettext_lazy("Commented on at a field")),
    (
        "translate",
        gettext_lazy("Copy for translation"),
        gettext_lazy("Copied for another language"),
    ),
)


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    for name, label, message in PLAIN:
        actions.register_action(f"moderation.{name}", label, message)
    for name, formatter in (
        ("approve", ApproveFormatter),
        ("ask_changes", AskChangesFormatter),
        ("reject", RejectFormatter),
    ):
        actions.register_action(f"moderation.{name}")(formatter)


class DecisionFormatter(LogFormatter):
    """Names the step, and the reason where there is one."""

    with_reason = gettext_lazy("%(step)s: %(reason)s")

    def format_message(self, log_entry):
        step, reason = Step(log_entry.data["step"]).label, log_entry.data.get("reason")
        if not reason:
            return _("Approved: %(step)s") % {"step": step}
        words = {"step": step, "reason": Decision.Reason(reason).label}
        return self.with_reason % words

    def format_comment(self, log_entry):
        return log_entry.data.get("text", "")


class ApproveFormatter(DecisionFormatter):
    label = gettext_lazy("Approve")


class AskChangesFormatter(DecisionFormatter):
    label = gettext_lazy("Ask for changes")
    with_reason = gettext_lazy("Changes asked for in %(step)s: %(reason)s")


class RejectFormatter(DecisionFormatter):
    label = gettext_lazy("Reject")
    with_reason = gettext_lazy("Rejected in %(step)s: %(reason)s")
