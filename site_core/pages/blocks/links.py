"""Links to pages of the portal and to other sites, one or many."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)


def validate_https(address: str) -> None:
    """Refuse an address without https: what a reader sends there would be open to all."""
    if address and not address.lower().startswith("https://"):
        raise ValidationError(
            _("Only secure addresses that begin with https:// can be used."), code="not_https"
        )


class SecureURLBlock(URLBlock):
    """A web address that begins with https."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(validators=[validate_https], **kwargs)


class LinkValue(StructValue):
    @property
    def href(self) -> str:
        """Where the link leads, or an empty string when its page is gone.

        A page is addressed by its key, which outlives moves and leads on to the reader's language.
        """
        page = self.get("page")
        return reverse("entry", args=[page.translation_key]) if page else self.get("url") or ""


class LinkBlock(StructBlock):
    text = CharBlock(label=_("Words of the link"), max_length=120)
    page = PageChooserBlock(label=_("Page of this portal"), required=False)
    url = SecureURLBlock(label=_("Address elsewhere"), required=False)

    class Meta:
        label = _("Link")
        description = _("Leads to a page of the portal or to another site.")
        icon = "link"
        template = "blocks/link.html"
        label_format = "{text}"
        value_class = LinkValue
        preview_value = {"text": "Lue lisää vertaistuesta", "url": "https://example.org/"}

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        page, url = cleaned.get("page"), cleaned.get("url")
        if page and url:
            fault = _("Choose a page or write an address, not both.")
            raise StructBlockValidationError({"url": ValidationError(fault, code="two_targets")})
        if not (page or url or self.is_deferred_validation):
            fault = _("Choose a page or write an address.")
            raise StructBlockValidationError({"page": ValidationError(fault, code="no_target")})
        return cleaned


class LinkListBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), required=False, max_length=120)
    links = ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Links")
        description = _("A list of links under one heading.")
        icon = "list-ul"
        template = "blocks/link_list.html"
        preview_value = {
            "heading": "Muualla verkossa",
            "links": [{"text": "Lue lisää vertaistuesta", "url": "https://example.org/"}],
        }
