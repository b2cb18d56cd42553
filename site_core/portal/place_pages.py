"""Pages of the municipalities: what reaches a place, under its own name in each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from site_core.pages.entry import EntryContent, marked
from site_core.pages.models import BasePage
from site_core.pages.panels import text_panel
from site_core.taxonomy.models import Municipality

from .home_pages import TopPage


class MunicipalityIndexPage(TopPage):
    """The place in the tree below which the municipalities have their pages."""

    entry_kind = "portal"
    required_texts = ()
    page_description = _("Lists the municipalities; their pages lie below it.")
    is_creatable = False

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.MunicipalityPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("index of municipalities")
        verbose_name_plural = _("indexes of municipalities")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(texts=base.texts, facts={"view": "municipalities"})


class MunicipalityPage(BasePage):
    """What serves one municipality. Set-up makes it; editors add words of their own."""

    entry_kind = "portal"
    required_texts = ()
    page_description = _("What serves one municipality: its own, its neighbours' and remote.")
    is_creatable = False

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    intro = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("What a person should know about help in this municipality."),
    )
    phone_note = models.CharField(
        _("note beside the telephone number"),
        max_length=200,
        blank=True,
        help_text=_("For example: on Tuesdays you are answered in Northern Sámi."),
    )

    parent_page_types = ["portal.MunicipalityIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        text_panel("intro"),
        text_panel("phone_note"),
    ]

    class Meta:
        verbose_name = _("municipality page")
        verbose_name_plural = _("municipality pages")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts={**base.texts, "short": self.intro},
            facts={
                "view": "municipality",
                "facet": "municipality",
                "code": self.municipality.code,
                "phone_note": marked(self.phone_note, self.language),
            },
        )
