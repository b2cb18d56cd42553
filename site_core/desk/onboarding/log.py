"""How the log of applications reads."""

from django.utils.translation import gettext_lazy as _


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    for code, label, message in (
        ("confirm_application", _("Confirm the address"), _("Address confirmed")),
        ("ask_more", _("Ask for more"), _("More was asked")),
        ("complete_application", _("Complete the application"), _("Application completed")),
        ("approve_application", _("Approve the application"), _("Application approved")),
        ("reject_application", _("Reject the application"), _("Application rejected")),
    ):
        actions.register_action(f"desk.{code}", label, message)
