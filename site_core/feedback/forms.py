"""The form anyone may send us, and the one with which feedback is settled in the admin."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from site_core.languages.fallback import Phrase, say
from site_core.throttle.forms import GuardedForm, WritableCharField, writable

from .models import TEXT_LENGTH, Feedback


@dataclass(frozen=True, slots=True)
class Words:
    """What the form says for one kind of feedback; msgids."""

    heading: str
    lead: str
    question: str
    hint: str


WORDS: Final[dict[str, Words]] = {
    Feedback.Kind.ACCESSIBILITY: Words(
        gettext_noop("Tell us what did not work"),
        gettext_noop("We answer within 14 days. You do not have to give your name."),
        gettext_noop("What happened?"),
        gettext_noop("For example: the screen reader does not tell when the place is open."),
    ),
    Feedback.Kind.WRONG_INFORMATION: Words(
        gettext_noop("Report wrong information"),
        gettext_noop("Those who publish the page get your message and correct it."),
        gettext_noop("What is wrong, and how should it be?"),
        gettext_noop("For example: the telephone number has changed."),
    ),
    Feedback.Kind.HELPFUL: Words(
        gettext_noop("Thank you for your answer"),
        gettext_noop("If you like, tell us more. You do not have to."),
        gettext_noop("What was good, or what was missing?"),
        gettext_noop("For example: I did not find out what it costs."),
    ),
    Feedback.Kind.GENERAL: Words(
        gettext_noop("Give feedback"),
        gettext_noop("We answer within 14 days. You do not have to give your name."),
        gettext_noop("What would you like to tell us?"),
        gettext_noop("Praise, faults and wishes: all of it helps."),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be mended, and the id of the field where."""

    field: str
    words: Phrase


class FeedbackForm(GuardedForm):
    """Feedback of any kind. What is hidden in it may be nonsense: then the kind is general."""

    guarded_action = "feedback"

    kind = forms.CharField(required=False)
    about = forms.CharField(required=False)
    place = WritableCharField(
        required=False,
        max_length=255,
        error_messages={"max_length": _("Tell the page in fewer words.")},
    )
    text = WritableCharField(
        max_length=TEXT_LENGTH,
        error_messages={
            "required": _("Write what you want to tell us."),
            "max_length": _("The text is too long. We can take 5000 characters."),
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Write the address in the form name@example.fi, or leave it empty."),
            "max_length": _("Write the address in the form name@example.fi, or leave it empty."),
            "null_characters_not_allowed": _(
                "Write the address in the form name@example.fi, or leave it empty."
            ),
        },
    )

    @property
    def chosen_kind(self) -> str:
        """The kind that was asked for, general where there is no such kind."""
        kind = self._given("kind")
        return kind if kind in Feedback.Kind.values else Feedback.Kind.GENERAL

    @property
    def key(self) -> UUID | None:
        """The key of the entry it is about, as far as it was sent and is a key at all."""
        return key_of(self._given("about"))

    @property
    def words(self) -> Words:
        """What the form says for its kind."""
        return WORDS[self.chosen_kind]

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, also after a fault: nothing typed is lost."""
        return {name: writable(self._given(name)) for name in ("place", "text", "email")}

    @property
    def faults(self) -> list[Fault]:
        """Everything to be mended, in the order of the fields and in the reader's language."""
        found = self.errors.as_data() if self.is_bound else {}
        return [
            Fault("text" if name == "__all__" else name, say(error.message))
            for name in ("__all__", "place", "text", "email")
            for error in found.get(name, [])
        ]

    def fault_of(self, name: str) -> Phrase | None:
        """The first fault of one field."""
        errors = self.errors.as_data().get(name) if self.is_bound else None
        return say(errors[0].message) if errors else None

    @property
    def fault_by_field(self) -> dict[str, Phrase | None]:
        """`fault_of` for templates."""
        return {name: self.fault_of(name) for name in ("place", "text", "email")}

    def _given(self, name: str) -> str:
        return str((self.data if self.is_bound else self.initial).get(name) or "")


class SettleForm(WagtailAdminModelForm):
    """Answers a feedback or closes it; one that is settled can only be read."""

    class Decision:
        ANSWER = "answer"
        CLOSE = "close"

    decision = forms.ChoiceField(
        label=_("What is done"),
        choices=[
            (Decision.ANSWER, _("Answer it")),
            (Decision.CLOSE, _("Close it without an answer")),
        ],
        initial=Decision.ANSWER,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Feedback
        fields = ["answer"]
        widgets = {"answer": AdminAutoHeightTextInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.instance.is_open:
            for field in self.fields.values():
                field.disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.is_open:
            raise ValidationError(_("This feedback has been settled already."))
        if cleaned.get("decision") == self.Decision.ANSWER and not cleaned.get("answer"):
            self.add_error("answer", _("Write the answer, or close the feedback without one."))
        return cleaned


def key_of(text: str) -> UUID | None:
    """The key a text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None
