"""What a person fills in to accept an invitation: her name, where she has no account yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import TOO_LONG, DeskForm


class AcceptForm(DeskForm):
    """Empty for someone who signs in already."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        error_messages={"required": _("Write the first name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        error_messages={"required": _("Write the last name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def __init__(self, *args: Any, asks_name: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not asks_name:
            self.fields.clear()
