"""HomePage and the index pages: they hold no content of others, they list entries."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from site_core.pages.entry import EntryContent
from site_core.pages.models import BasePage

RESERVED_SLUGS = frozenset({"search", "e", "feedback", "offline", "join"})
"""First path segments below a language prefix that are views and can be no page."""


class TopPage(BasePage):
    """A page right below a home page, whose slug must not be the address of a view."""

    required_texts = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is taken by a view of the portal.")})

    def get_entry_content(self) -> EntryContent:
        """A title left in the original's words is the original's, and marked with its language."""
        content = super().get_entry_content()
        if self.is_translation and self.title == self.original.title:
            content.texts.pop("title")
        return content


class HomePage(BasePage):
    """The front page of one language; every language has its own."""

    entry_kind = "portal"
    page_description = _("The front page of one language.")
    is_creatable = False

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "portal.OrganisationIndexPage",
        "portal.ListingPage",
        "portal.MunicipalityIndexPage",
        "portal.TopicIndexPage",
        "portal.StandardPage",
        "portal.StatementPage",
    ]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(texts=base.texts, facts={"view": "home"})


class OrganisationIndexPage(TopPage):
    """The place in the tree below which every organisation has its branch."""

    entry_kind = "portal"
    page_description = _("Lists the organisations; their pages lie below it.")
    is_creatable = False

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["services.OrganisationPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("index of organisations")
        verbose_name_plural = _("indexes of organisations")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts=base.texts, facts={"view": "listing", "kinds": ["organisation"], "own": False}
        )


class ListingPage(TopPage):
    """A way in to the entries of some kinds, under an address in the page's own language."""

    class Lists(models.TextChoices):
        SERVICES = "services", _("Services, activities, events and volunteer tasks")
        TRAININGS = "trainings", _("Courses")
        NEWS = "news", _("News")

    #: The entry kinds each choice stands for.
    KINDS = {
        Lists.SERVICES: ["service", "activity", "event", "volunteer"],
        Lists.TRAININGS: ["training"],
        Lists.NEWS: ["news"],
    }

    entry_kind = "portal"
    page_description = _("Lists entries of certain kinds, with filters.")

    lists = models.CharField(_("what it lists"), max_length=12, choices=Lists)

    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("lists")]

    class Meta:
        verbose_name = _("listing page")
        verbose_name_plural = _("listing pages")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        kinds = self.KINDS[self.Lists(self.lists)]
        return EntryContent(
            texts=base.texts, facts={"view": "listing", "kinds": kinds, "own": False}
        )
