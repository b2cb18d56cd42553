"""How the log of sessions and cancelled groups reads."""

from django.utils.translation import gettext_lazy as _


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    for code, label, message in (
        ("move_session", _("Move a session"), _("Session moved")),
        ("cancel_session", _("Cancel a session"), _("Session cancelled")),
        ("cancel_offering", _("Cancel a group"), _("Group cancelled")),
        ("set_join_link", _("Set the link to join"), _("Link to join set")),
        ("view_join_link", _("Look at the link to join"), _("Link to join looked at")),
        ("remove_join_link", _("Remove the link to join"), _("Link to join removed")),
        ("erase_signup", _("Erase a sign-up"), _("Sign-up erased")),
    ):
        actions.register_action(f"training.{code}", label, message)
