"""The forms of an organisation's people, and of its suspension."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from site_core.accounts.models import User
from site_core.desk.onboarding.forms import ADDRESS, CHOOSE, TOO_LONG
from site_core.organisations.models import Membership, Organisation


class DeskForm(forms.Form):
    """A form at the desks, with its faulty fields in order."""

    @property
    def faulty(self) -> list[Any]:
        return [field for field in self if field.errors] if self.is_bound else []


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
    role = forms.ChoiceField(
        label=_("Choose the role"),
        choices=Membership.Role.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=User.Language.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class RoleForm(DeskForm):
    """Another role for a member."""

    role = forms.ChoiceField(
        label=_("Choose the role"),
        choices=Membership.Role.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.RadioSelect,
    )


class SuspendForm(DeskForm):
    """Why everything of an organisation is hidden."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=Organisation.SuspensionReason.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What happened"),
        help_text=_(
            "For the log, which staff read. The organisation's people read only the reason."
        ),
        max_length=1000,
        error_messages={"required": _("Write what happened."), "max_length": TOO_LONG},
        widget=forms.Textarea,
    )
