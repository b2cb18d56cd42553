"""Blocks that any page's body is made of; their templates are in `templates/blocks/`."""

from site_core.pages.blocks.body import BodyBlock
from site_core.pages.blocks.links import LinkBlock, LinkListBlock, SecureURLBlock, validate_https
from site_core.pages.blocks.media import PictureBlock
from site_core.pages.blocks.moving import PodcastBlock, VideoBlock
from site_core.pages.blocks.text import HeadingBlock, NoteBlock, ParagraphBlock, QuoteBlock

__all__ = [
    "BodyBlock",
    "HeadingBlock",
    "LinkBlock",
    "LinkListBlock",
    "NoteBlock",
    "ParagraphBlock",
    "PictureBlock",
    "PodcastBlock",
    "QuoteBlock",
    "SecureURLBlock",
    "VideoBlock",
    "validate_https",
]
