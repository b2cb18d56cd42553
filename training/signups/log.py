"""How the log of sign-ups reads; it names no participant."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from training.courses import Offering


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    for code, label, message in (
        ("cancel_signup", _("Cancel a sign-up"), _("Sign-up cancelled")),
        ("change_capacity", _("Change the number of places"), _("Number of places changed")),
        ("promote_by_hand", _("Seat out of turn"), _("Seated out of turn")),
        ("sign_up_by_hand", _("Sign up by hand"), _("Signed up by hand")),
        ("mark_attendance", _("Mark attendance"), _("Attendance marked")),
        ("message", _("Write to the participants"), _("Participants were written to")),
        ("view_people", _("Look at the participants"), _("Participants looked at")),
        ("view_needs", _("Look at what participants need"), _("Needs and answers looked at")),
        ("export_people", _("Export the participants"), _("Participants exported")),
    ):
        actions.register_action(f"training.{code}", label, message)


def note(offering: Offering, action: str, by: Any, **counts: int) -> None:
    """Write down that somebody looked at the people of a group, and at how many."""
    log(instance=offering, action=f"training.{action}", user=by, data=counts)
