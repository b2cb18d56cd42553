"""The reviewer's decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from site_core.moderation.decisions import APPROVE, ASK_CHANGES, REJECT
from site_core.moderation.records import Decision


class DecisionForm(forms.Form):
    """Approve, ask for changes or reject; the last two with a reason and words for the author.

    `may_approve` is False for who wrote the text herself: the choice is then not there.
    """

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (APPROVE, gettext_lazy("Approve")),
            (ASK_CHANGES, gettext_lazy("Ask for changes")),
            (REJECT, gettext_lazy("Reject")),
        ],
        error_messages={"required": gettext_lazy("Choose what you decide.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose a reason")), *Decision.REASONS_TO_GIVE],
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Message to the author"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
        help_text=gettext_lazy("Say what is good, and what to change and how."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_approve: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not may_approve:
            outcome = self.fields["outcome"]
            outcome.choices = [each for each in outcome.choices if each[0] != APPROVE]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason and a message where the author has to act on them."""
        cleaned = super().clean()
        if cleaned.get("outcome") in (ASK_CHANGES, REJECT):
            if not cleaned.get("reason"):
                self.add_error("reason", _("Choose a reason."))
            if not cleaned.get("text") and "text" not in self.errors:
                self.add_error("text", _("Write to the author what to do next."))
        return cleaned
