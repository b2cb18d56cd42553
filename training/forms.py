"""The admin form of a training page."""

from django.utils.translation import gettext_lazy

from site_core.pages.forms import BasePageForm, ConceptChoices
from site_core.taxonomy.models import TargetGroup, Theme


class TrainingPageForm(BasePageForm):
    themes = ConceptChoices(
        Theme, relation="theme_links", target="theme", label=gettext_lazy("Themes")
    )
    target_groups = ConceptChoices(
        TargetGroup,
        relation="target_group_links",
        target="target_group",
        label=gettext_lazy("Target groups"),
    )
