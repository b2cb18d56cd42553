"""How the log of our own actions reads."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter


def register_log_actions(actions):
    """Hook `register_log_actions`."""
    actions.register_action(
        "organisations.suspend",
        gettext_lazy("Suspend organisation"),
        gettext_lazy("Organisation suspended"),
    )
    actions.register_action(
        "organisations.restore",
        gettext_lazy("Restore organisation"),
        gettext_lazy("Organisation restored"),
    )
    actions.register_action(
        "organisations.add_member", gettext_lazy("Add member"), gettext_lazy("Member added")
    )
    actions.register_action(
        "organisations.end_membership",
        gettext_lazy("End membership"),
        gettext_lazy("Membership ended"),
    )
    actions.register_action("organisations.rename")(RenameFormatter)


class RenameFormatter(LogFormatter):
    """Names the old and the new name."""

    label = gettext_lazy("Rename organisation")

    def format_message(self, log_entry):
        return _("Renamed from “%(old)s” to “%(new)s”") % {
            "old": log_entry.data["old"],
            "new": log_entry.data["new"],
        }
