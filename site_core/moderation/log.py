"""How the log of our own actions on pages reads."""

from django.utils.translation import gettext_lazy as _


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    actions.register_action(
        "moderation.confirm", _("Confirm as current"), _("Confirmed as current")
    )
    actions.register_action(
        "moderation.hide", _("Hide as out of date"), _("Hidden because nobody confirmed it")
    )
