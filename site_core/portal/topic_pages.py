"""Pages of life situations and themes: an everyday question and everything that answers it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from site_core.pages.entry import EntryContent
from site_core.pages.models import BasePage
from site_core.pages.panels import text_panel
from site_core.taxonomy.models import LifeSituation, Theme

from .home_pages import TopPage


class TopicIndexPage(TopPage):
    """The place in the tree below which topics have their pages."""

    entry_kind = "portal"
    required_texts = ()
    page_description = _("Lists life situations and themes; their pages lie below it.")
    is_creatable = False

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.TopicPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("index of topics")
        verbose_name_plural = _("indexes of topics")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(texts=base.texts, facts={"view": "topics"})


class TopicPage(BasePage):
    """One life situation or one theme; the title is the question as people ask it."""

    entry_kind = "portal"
    required_texts = ()
    page_description = _("Everything that helps in a life situation or belongs to a theme.")
    is_creatable = False

    life_situation = models.ForeignKey(
        LifeSituation,
        verbose_name=_("life situation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    intro = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("What helps in this situation and where to begin, in plain sentences."),
    )

    parent_page_types = ["portal.TopicIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("summary"), text_panel("intro")]

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topic pages")
        constraints = [
            models.CheckConstraint(
                condition=Q(life_situation__isnull=True) ^ Q(theme__isnull=True),
                name="topic_is_one",
            )
        ]

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        facet, concept = (
            ("situation", self.life_situation)
            if self.life_situation is not None
            else ("theme", self.theme)
        )
        return EntryContent(
            texts={**base.texts, "short": self.intro},
            facts={"view": "topic", "facet": facet, "code": concept.code},
        )
