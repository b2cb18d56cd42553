"""Fields of the forms of sign-ups, and what templates are told of them.

Labels, hints and faults come as phrases: the course's own words stand among ours, in its language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_core.languages.fallback import Phrase, say
from site_core.throttle.forms import GuardedForm, WritableCharField, writable

ADDRESS = _("Write the address in the form name@example.fi.")
CHOOSE = _("Choose one of these.")
SHORTER = _("Write this in fewer words.")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, with small print below."""

    value: str
    label: Phrase
    small: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be mended, and the id of the field where; "" is the form as a whole."""

    field: str
    words: Phrase


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it is shown: what was typed, else what is known. `chosen` are values of options,
    `kind` is how it is drawn: text, email, number, lines, one, some or tick."""

    name: str
    kind: str
    label: Phrase
    hint: Phrase | None
    fault: Phrase | None
    value: str
    chosen: tuple[str, ...]
    options: tuple[Option, ...]
    required: bool
    attrs: dict[str, Any]


class Line(WritableCharField):
    kind = "text"

    def __init__(self, **kwargs: Any):
        errors = {"required": _("Write an answer."), "max_length": SHORTER}
        super().__init__(**_with_errors(kwargs, errors))


class Lines(Line):
    kind = "lines"


class Email(forms.EmailField):
    kind = "email"

    def __init__(self, **kwargs: Any):
        errors = {
            "required": _("Write the e-mail address."),
            "invalid": ADDRESS,
            "max_length": ADDRESS,
            "null_characters_not_allowed": ADDRESS,
        }
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(max_length=254, widget=widget, **_with_errors(kwargs, errors))


class Number(forms.IntegerField):
    kind = "number"

    def __init__(self, *, most: int, **kwargs: Any):
        words = _("Write a number from 1 to %(most)s.")
        super().__init__(**_with_errors(kwargs, dict.fromkeys(("required", "invalid"), words)))
        self.most = most
        self.widget.attrs |= {"min": 1, "max": most}

    def clean(self, value: Any) -> int:
        try:
            number = super().clean(value)
        except ValidationError as fault:
            raise self._fault() from fault
        if not 1 <= number <= self.most:
            raise self._fault()
        return number

    def _fault(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], params={"most": self.most})


class One(forms.ChoiceField):
    kind = "one"

    def __init__(self, *, options: Iterable[Option], **kwargs: Any):
        errors = {"required": CHOOSE, "invalid_choice": CHOOSE}
        super().__init__(**_with_errors(kwargs, errors))
        self.options = tuple(options)
        self.choices = [(option.value, option.value) for option in self.options]


class Some(forms.MultipleChoiceField):
    kind = "some"

    def __init__(self, *, options: Iterable[Option], **kwargs: Any):
        errors = {"invalid_choice": CHOOSE, "invalid_list": CHOOSE, "required": CHOOSE}
        super().__init__(**_with_errors(kwargs, errors))
        self.options = tuple(options)
        self.choices = [(option.value, option.value) for option in self.options]


class Tick(forms.BooleanField):
    kind = "tick"


class ShownForm(GuardedForm):
    """A form of these fields."""

    guarded_action = "signup"

    @property
    def own_fields(self) -> list[str]:
        """Names of the fields without the guards."""
        return [name for name in self.fields if name not in GuardedForm.base_fields]

    def shown(self) -> list[Shown]:
        """The fields in their order."""
        return [self._shown(name) for name in self.own_fields]

    def faults(self) -> list[Fault]:
        """Everything to be mended, in the order of the fields."""
        found = self.errors.as_data() if self.is_bound else {}
        return [
            Fault("" if name == "__all__" else name, say(error.message, **(error.params or {})))
            for name in ("__all__", *self.own_fields)
            for error in found.get(name, [])
        ]

    def _shown(self, name: str) -> Shown:
        field, value = self.fields[name], self[name].value()
        faults = [fault.words for fault in self.faults() if fault.field == name]
        many = value if isinstance(value, list | tuple) else [value]
        return Shown(
            name=name,
            kind=field.kind,
            label=as_phrase(field.label),
            hint=as_phrase(field.help_text) if field.help_text else None,
            fault=faults[0] if faults else None,
            value=writable("" if value is None else value),
            chosen=tuple(str(each) for each in many if each),
            options=getattr(field, "options", ()),
            required=field.required,
            attrs=field.widget.attrs,
        )


def as_phrase(words: Any) -> Phrase:
    """Our own words in the reader's language; a phrase stays as it is."""
    return words if isinstance(words, Phrase) else say(words)


def _with_errors(kwargs: dict[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
    return {**kwargs, "error_messages": {**errors, **kwargs.get("error_messages", {})}}
