"""OrganisationPage: an organisation introduces itself, and everything of its own lies below."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from services.blocks import ChannelsBlock
from services.channels import as_channels
from site_core.organisations.branches import register_branch_model
from site_core.organisations.models import Organisation
from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from site_core.pages.entry import EntryContent
from site_core.pages.fields import StreamField
from site_core.pages.models import BasePage


@register_branch_model
class OrganisationPage(BasePage):
    """The root of an organisation's branch in one language.

    `organisation` is set by `services.actions.create_organisation_page` and by no form; the pages
    below store no owner, theirs is that of this page.
    """

    entry_kind = "organisation"
    page_description = _("An organisation and what it offers. Made together with the organisation.")
    is_creatable = False

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="pages",
        editable=False,
        verbose_name=_("organisation"),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("who you are"))
    channels = StreamField(
        ChannelsBlock(),
        blank=True,
        verbose_name=_("how to make contact"),
        help_text=_("Telephone, e-mail, office: what a person can do at once."),
    )

    parent_page_types = ["portal.OrganisationIndexPage"]
    subpage_types = [
        "services.ServicePage",
        "services.ServicePointPage",
        "training.TrainingPage",
        "news.NewsPage",
        "news.NewsIndexPage",
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("channels"),
        FieldPanel("body"),
        BasePage.picture_panel,
    ]

    class Meta:
        verbose_name = _("organisation page")
        verbose_name_plural = _("organisation pages")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts={**base.texts, "body": render_body(self.body)},
            channels=as_channels(self.channels, self.language),
            facts={
                "organisation_kind": self.organisation.kind,
                "website": self.organisation.website or None,
            },
            picture=base.picture,
        )
