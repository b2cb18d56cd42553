"""How the log of our own actions reads."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from site_core.organisations.models import Membership, Organisation


def register_log_actions(actions):
    """Hook `register_log_actions`."""
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
    actions.register_action(
        "organisations.leave", gettext_lazy("Leave organisation"), gettext_lazy("Left by herself")
    )
    actions.register_action(
        "organisations.invite", gettext_lazy("Invite"), gettext_lazy("Invitation sent")
    )
    actions.register_action(
        "organisations.withdraw_invitation",
        gettext_lazy("Withdraw invitation"),
        gettext_lazy("Invitation withdrawn"),
    )
    actions.register_action("organisations.change_role")(RoleFormatter)
    actions.register_action("organisations.suspend")(SuspensionFormatter)
    actions.register_action("organisations.rename")(RenameFormatter)


class RenameFormatter(LogFormatter):
    """Names the old and the new name."""

    label = gettext_lazy("Rename organisation")

    def format_message(self, log_entry):
        return _("Renamed from “%(old)s” to “%(new)s”") % {
            "old": log_entry.data["old"],
            "new": log_entry.data["new"],
        }


class RoleFormatter(LogFormatter):
    """Names the old and the new role."""

    label = gettext_lazy("Change role")

    def format_message(self, log_entry):
        roles = dict(Membership.Role.choices)
        return _("Role changed from “%(old)s” to “%(new)s”") % {
            name: roles.get(log_entry.data[name], log_entry.data[name]) for name in ("old", "new")
        }


class SuspensionFormatter(LogFormatter):
    """Names the reason and what was written about it."""

    label = gettext_lazy("Suspend organisation")

    def format_message(self, log_entry):
        data = log_entry.data or {}
        reason = dict(Organisation.SuspensionReason.choices).get(data.get("reason"))
        told = " ".join(str(part) for part in (reason, data.get("text")) if part)
        message = _("Organisation suspended")
        return f"{message}: {told}" if told else message
