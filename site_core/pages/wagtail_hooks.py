"""Registers what the admin and rich text need from this package."""

from wagtail import hooks

from .rich_text import KeyLinkHandler


@hooks.register("register_rich_text_features", order=100)
def register_key_links(features):
    features.register_link_type(KeyLinkHandler)
