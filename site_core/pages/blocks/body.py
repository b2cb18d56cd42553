"""The body of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from site_core.pages.blocks.links import LinkListBlock
from site_core.pages.blocks.media import PictureBlock
from site_core.pages.blocks.moving import PodcastBlock, VideoBlock
from site_core.pages.blocks.text import HeadingBlock, NoteBlock, ParagraphBlock, QuoteBlock


class BodyBlock(StreamBlock):
    """What a page may say at length, block by block."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    links = LinkListBlock()
    note = NoteBlock()
    video = VideoBlock()
    podcast = PodcastBlock()

    def get_context(self, value, parent_context=None):
        """Name the stream as `site_core.pages.body.render_body` does."""
        return super().get_context(value, parent_context=parent_context) | {"body": value}

    class Meta:
        label = _("Body")
        description = _("The text of the page, part by part.")
        icon = "doc-full"
        template = "blocks/body.html"
        preview_value = [("paragraph", ParagraphBlock._meta_class.preview_value)]
