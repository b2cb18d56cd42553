"""What a reviewer fills in when she asks for changes or rejects."""

from django import forms
from django.utils.translation import gettext_lazy as _

from site_core.moderation.records import Decision


class DecisionForm(forms.Form):
    """A reason to choose and words of one's own; the author reads both."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Decision.REASONS_TO_GIVE)
    comment = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        help_text=_("What to change and how. The author reads this."),
    )
