"""How the log of feedback reads."""

from django.utils.translation import gettext_lazy as _


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    actions.register_action("feedback.answer", _("Answer feedback"), _("Feedback answered"))
    actions.register_action(
        "feedback.close", _("Close feedback"), _("Feedback closed without an answer")
    )
