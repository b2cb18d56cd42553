"""The admin form of a service page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from site_core.pages.forms import BasePageForm, ConceptChoices
from site_core.taxonomy.models import LifeSituation, Municipality, TargetGroup, Theme


class ServicePageForm(BasePageForm):
    municipalities = ConceptChoices(
        Municipality,
        relation="municipality_links",
        target="municipality",
        label=gettext_lazy("Municipalities"),
    )
    life_situations = ConceptChoices(
        LifeSituation,
        relation="life_situation_links",
        target="life_situation",
        label=gettext_lazy("Life situations"),
    )
    target_groups = ConceptChoices(
        TargetGroup,
        relation="target_group_links",
        target="target_group",
        label=gettext_lazy("Target groups"),
    )
    themes = ConceptChoices(
        Theme, relation="theme_links", target="theme", label=gettext_lazy("Themes")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        municipal = cleaned.get("coverage") == self.instance.Coverage.MUNICIPAL
        if municipal and not cleaned.get("municipalities"):
            self.add_error("municipalities", _("Choose at least one municipality."))
        if not municipal and cleaned.get("municipalities"):
            self.add_error(
                "municipalities",
                _("Leave the municipalities empty, or choose “Certain municipalities” above."),
            )
        return cleaned
