"""The body of a page as HTML that can be kept: rendered when the page is published."""

from django.template.loader import render_to_string
from wagtail.blocks import StreamValue


def render_body(body: StreamValue) -> str:
    """Render a page's body blocks; an empty body gives an empty string.

    Links to other pages go by key (`site_core.pages.rich_text`), so the stored HTML stays true when
    the other page moves or gains a translation.
    """
    if not body:
        return ""
    return render_to_string("blocks/body.html", {"body": body}).strip()
