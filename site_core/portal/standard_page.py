"""StandardPage: what the portal tells about itself, such as data protection or how to take part."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from site_core.pages.entry import EntryContent
from site_core.pages.fields import StreamField
from site_core.pages.models import BasePage

from .home_pages import TopPage


class StandardPage(TopPage):
    """Text with headings and pictures, below the front page or another such page."""

    entry_kind = "page"
    description_limit = None
    page_description = _("Text of the portal's own: about it, data protection, instructions.")

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    parent_page_types = ["portal.HomePage", "portal.StandardPage"]
    subpage_types = ["portal.StandardPage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        BasePage.picture_panel,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("page of the portal")
        verbose_name_plural = _("pages of the portal")

    def get_entry_content(self) -> EntryContent:
        base = super().get_entry_content()
        return EntryContent(
            texts={**base.texts, "body": render_body(self.body)}, picture=base.picture
        )
