"""How the log of mail reads."""

from django.utils.translation import gettext_lazy as _


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    actions.register_action("outbox.retry", _("Try a mail again"), _("Mail to be tried again"))
