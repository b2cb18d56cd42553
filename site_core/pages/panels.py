"""Panels of page forms that Wagtail has none for."""

from functools import partial
from typing import Any

from django.utils.text import capfirst
from wagtail.admin.compare import M2MFieldComparison
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .forms import ConceptChoices


class ConceptComparison(M2MFieldComparison):
    """What a page is filed under, before and after: a moderator sees what was added or removed."""

    def __init__(self, field: ConceptChoices, before: Any, after: Any):
        self.field = field
        self.val_a, self.val_b = (list(field.concepts(page)) for page in (before, after))

    def field_label(self) -> str:
        return capfirst(self.field.label)


class ConceptPanel(FieldPanel):
    """Concept choices of the form; no field of the model, so Wagtail would compare none."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[partial]:
            field = self.panel.model.base_form_class.declared_fields[self.field_name]
            return [partial(ConceptComparison, field)]


def text_panel(name: str) -> FieldPanel:
    """A panel for a text of a few sentences, shown whole while it is written."""
    return FieldPanel(name, widget=AdminAutoHeightTextInput)
