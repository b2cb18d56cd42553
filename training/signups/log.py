"""How the log of sign-ups reads; it names no participant."""

from django.utils.translation import gettext_lazy as _


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    actions.register_action("training.cancel_signup", _("Cancel a sign-up"), _("Sign-up cancelled"))
    actions.register_action(
        "training.change_capacity", _("Change the number of places"), _("Number of places changed")
    )
