"""The forms of an organisation's people, and of its suspension."""

from django import forms
from django.utils.translation import gettext_lazy as _

from site_core.accounts.models import User
from site_core.desk.onboarding.forms import ADDRESS, TOO_LONG, DeskForm, OneOf
from site_core.organisations.models import Membership, Organisation


class InviteForm(DeskForm):
    """Whom to invite to which role, in which language the mail is."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": ADDRESS,
            "max_length": ADDRESS,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = OneOf(label=_("Choose the role"), choices=Membership.Role.choices)
    language = OneOf(
        label=_("Language of the mail"), choices=User.Language.choices, widget=forms.Select
    )


class RoleForm(DeskForm):
    """Another role for a member."""

    role = OneOf(label=_("Choose the role"), choices=Membership.Role.choices)


class SuspendForm(DeskForm):
    """Why everything of an organisation is hidden."""

    reason = OneOf(label=_("Why?"), choices=Organisation.SuspensionReason.choices)
    text = forms.CharField(
        label=_("What happened"),
        help_text=_(
            "For the log, which staff read. The organisation's people read only the reason."
        ),
        max_length=1000,
        error_messages={"required": _("Write what happened."), "max_length": TOO_LONG},
        widget=forms.Textarea,
    )
