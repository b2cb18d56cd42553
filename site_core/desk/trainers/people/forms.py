"""The forms about a group's people."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_core.desk.onboarding.forms import ADDRESS, TOO_LONG, DeskForm, OneOf
from site_core.languages.registry import LANGUAGES
from training.courses import Offering
from training.signups.by_hand import Reason
from training.signups.models import Attendee, Pool

LANGUAGE_CHOICES = [(code, language.own_name) for code, language in LANGUAGES.items()]
NAME_LENGTH = Attendee._meta.get_field("name").max_length
NOTE_LENGTH = 500
MESSAGE_LENGTH = 2000


class SignUpForm(DeskForm):
    """Somebody who is at the counter or on the phone."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    names = forms.CharField(
        label=_("Names"),
        help_text=_("One person on each line. All of them get a place, or wait together."),
        max_length=5000,
        error_messages={"required": _("Write a name."), "max_length": TOO_LONG},
        widget=forms.Textarea,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Without one nothing is mailed: you tell what changes yourself."),
        max_length=254,
        required=False,
        error_messages={"invalid": ADDRESS, "max_length": ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = OneOf(
        label=_("Language of the mails"), choices=LANGUAGE_CHOICES, widget=forms.Select
    )
    role = OneOf(label=_("Whose places"), required=False, widget=forms.Select)

    def __init__(self, group: Offering, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        roles = Pool.objects.offered().filter(offering=group).exclude(role="")
        found = list(roles.values_list("role", flat=True))
        if found:
            self.fields["role"].choices = [("", _("All others")), *((r, r) for r in found)]
        else:
            del self.fields["role"]

    def clean_names(self) -> list[str]:
        """The names, one for each line that holds one."""
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        if any(len(name) > NAME_LENGTH for name in names):
            raise ValidationError(TOO_LONG)
        return [name for name in names if name]


class PromoteForm(DeskForm):
    """Why somebody is seated out of turn, and whether places are added for it."""

    reason = OneOf(label=_("Why before the others?"), choices=Reason.choices)
    adds = forms.MultipleChoiceField(
        label=_("There are too few free places"),
        choices=[("yes", _("Add the missing places to the group"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class CancelForm(DeskForm):
    """What the participant is told."""

    note = forms.CharField(
        label=_("Your message"),
        help_text=_("It is part of the mail about the cancellation. Not kept elsewhere."),
        required=False,
        max_length=NOTE_LENGTH,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea,
    )


class FileForm(DeskForm):
    """Which file of the participants. What is sensitive is in it only when ticked."""

    format = OneOf(
        label=_("Kind of file"),
        choices=[
            ("xlsx", _("Excel (XLSX)")),
            ("csv", _("Table as text (CSV), opens in Excel with Finnish settings")),
        ],
        initial="xlsx",
    )
    also = forms.MultipleChoiceField(
        label=_("Also into the file"),
        help_text=_("Choose only what you need. Delete the file when you do not need it any more."),
        choices=[
            ("waiting", _("Those who wait or have not confirmed")),
            ("answers", _("Answers to your questions")),
            ("needs", _("What they need: interpreter, access, diet")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class MessageForm(DeskForm):
    """What to write to whom."""

    CONFIRMED, WAITING, CHOSEN = "confirmed", "waiting", "chosen"

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Plain text, at most 2,000 characters. Do not write about single people."),
        max_length=MESSAGE_LENGTH,
        error_messages={
            "required": _("Write the message."),
            "max_length": _("We can take 2000 characters."),
        },
        widget=forms.Textarea,
    )
    language = OneOf(
        label=_("Language of your message"), choices=LANGUAGE_CHOICES, widget=forms.Select
    )
    to = OneOf(
        label=_("Who gets it?"),
        choices=[
            (CONFIRMED, _("All who have a confirmed place")),
            (WAITING, _("All who wait")),
            (CHOSEN, _("Those chosen below")),
        ],
    )
