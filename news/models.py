"""NewsPage, and the index that gathers an organisation's news in the tree."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from news.forms import NewsPageForm
from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from site_core.pages.entry import EntryContent
from site_core.pages.fields import StreamField
from site_core.pages.links import MunicipalityLink, ThemeLink, linked_codes
from site_core.pages.models import BasePage
from site_core.pages.panels import ConceptPanel


class NewsIndexPage(BasePage):
    """Gathers the news of one organisation; the portal's own lie under the portal's."""

    entry_kind = "portal"
    required_texts = ()
    page_description = _("Gathers the news of an organisation.")
    max_count_per_parent = 1

    parent_page_types = ["services.OrganisationPage"]
    subpage_types = ["news.NewsPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts=base.texts, facts={"view": "listing", "kinds": ["news"], "own": True}
        )


class NewsPage(BasePage):
    """A news item or a story."""

    entry_kind = "news"
    description_limit = None
    page_description = _("A news item or a story, with a byline and a day.")

    date = models.DateField(_("day"), default=timezone.localdate)
    byline = models.CharField(
        _("byline"),
        max_length=120,
        blank=True,
        help_text=_("Who wrote it, by role if not by name."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    base_form_class = NewsPageForm
    parent_page_types = ["news.NewsIndexPage", "services.OrganisationPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("byline")], heading=_("Day and byline")),
        FieldPanel("summary"),
        BasePage.picture_panel,
        FieldPanel("body"),
        MultiFieldPanel(
            [ConceptPanel("themes"), ConceptPanel("municipalities")],
            heading=_("About what and where"),
        ),
    ]

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts={**base.texts, "body": render_body(self.body)},
            facets={
                "theme": linked_codes(self, "theme_links", "theme"),
                "municipality": linked_codes(self, "municipality_links", "municipality"),
            },
            facts={"byline": self.byline or None, "date": self.date.isoformat()},
            picture=base.picture,
        )


class NewsMunicipality(MunicipalityLink):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="municipality_links")


class NewsTheme(ThemeLink):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="theme_links")
