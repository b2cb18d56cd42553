"""Blocks of words: heading, paragraph, quotation, note."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock, TextBlock

RICH_TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
"""What a paragraph may hold. Headings are blocks of their own, so that their order can be seen."""


class HeadingBlock(StructBlock):
    text = CharBlock(label=_("Heading"), max_length=120)
    level = ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
        label=_("Level"),
    )

    class Meta:
        label = _("Heading")
        description = _("Tells what the next part is about.")
        icon = "title"
        template = "blocks/heading.html"
        label_format = "{text}"
        preview_value = {"text": "Näin pääset alkuun", "level": "h2"}


class ParagraphBlock(RichTextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        icon = "pilcrow"
        template = "blocks/paragraph.html"
        preview_value = "<p>Ryhmä kokoontuu etänä joka tiistai. Mukaan voit tulla milloin vain.</p>"


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Quotation"), max_length=500)
    source = CharBlock(
        label=_("Who said it"),
        required=False,
        max_length=120,
        help_text=_("A role is enough, for example: a participant."),
    )

    class Meta:
        label = _("Quotation")
        description = _("Somebody's own words.")
        icon = "openquote"
        template = "blocks/quote.html"
        preview_value = {"text": "Sain puhua omalla kielelläni.", "source": "Ryhmän osallistuja"}


class NoteBlock(StructBlock):
    heading = CharBlock(label=_("Heading"), required=False, max_length=120)
    text = RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("Note")
        description = _("A box for what must not be missed.")
        icon = "info-circle"
        template = "blocks/note.html"
        preview_value = {
            "heading": "Hyvä tietää",
            "text": "<p>Palvelu on maksuton, eikä lähetettä tarvita.</p>",
        }
