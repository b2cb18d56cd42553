"""A field for several choices out of a short list that is fixed in code.

The database and the entry hold codes; words are msgids, so that they can be shown in any language.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.compare import M2MFieldComparison, register_comparison_class

from .forms import ConceptCheckboxes


class CodesField(models.JSONField):
    """A list of codes, each a key of `words` (code to msgid), chosen by checkboxes.

    `words` stay out of migrations: a new code is a change of code only.
    """

    def __init__(self, *args: Any, words: Mapping[str, str] | None = None, **kwargs: Any):
        self.words = dict(words or {})
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def clone(self) -> "CodesField":
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, words=self.words, **kwargs)

    def validate(self, value: Any, model_instance: models.Model) -> None:
        """Refuse what is no list of known codes."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or not set(value) <= self.words.keys():
            raise ValidationError(gettext("Choose from the list."), code="invalid_choice")

    def formfield(self, **kwargs: Any) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=not self.blank,
            choices=[(code, gettext_lazy(msgid)) for code, msgid in self.words.items()],
            widget=ConceptCheckboxes,
        )


class CodesComparison(M2MFieldComparison):
    """What was chosen before and after, in words."""

    def get_item_display(self, item: str) -> str:
        return gettext(self.field.words.get(item, item))


register_comparison_class(CodesField, comparison_class=CodesComparison)
