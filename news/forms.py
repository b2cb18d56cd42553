"""The admin form of a news page."""

from django.utils.translation import gettext_lazy

from site_core.pages.forms import BasePageForm, ConceptChoices
from site_core.taxonomy.models import Municipality, Theme


class NewsPageForm(BasePageForm):
    themes = ConceptChoices(
        Theme, relation="theme_links", target="theme", label=gettext_lazy("Themes")
    )
    municipalities = ConceptChoices(
        Municipality,
        relation="municipality_links",
        target="municipality",
        label=gettext_lazy("Municipalities"),
        help_text=gettext_lazy("Choose none if it concerns all of Lapland."),
    )
