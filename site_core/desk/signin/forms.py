"""The forms of signing in."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _


class LogInForm(AuthenticationForm):
    """Name or e-mail address, and password."""

    error_messages = {
        "invalid_login": _("The name or the password is not right. Check both and try again."),
        "inactive": _("The name or the password is not right. Check both and try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address or user name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in.")

    def clean_username(self) -> str:
        """The user name, where an e-mail address was given."""
        given = self.cleaned_data["username"].strip()
        if "@" not in given:
            return given
        people = get_user_model().objects
        if people.filter(username=given).exists():
            return given
        found = people.filter(email__iexact=given).values_list("username", flat=True).first()
        return found or given


class ForgottenForm(forms.Form):
    """The address to which a link for a new password goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Fill this in."),
            "invalid": _("Write the address in the form name@example.fi."),
            "max_length": _("Write the address in the form name@example.fi."),
        },
    )


class ChoosePasswordForm(SetPasswordForm):
    """A new password, twice."""

    error_messages = {
        **SetPasswordForm.error_messages,
        "password_mismatch": _("The two passwords differ. Write the same one twice."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = _("New password"), _("The same again")
        first.help_text = " ".join(filter(None, password_validators_help_texts()))
        for field in (first, second):
            field.error_messages["required"] = _("Fill this in.")


class CodeForm(forms.Form):
    """A code from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the code.")},
    )
