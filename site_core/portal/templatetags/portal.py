"""Addresses of the portal's own pages that every page links to."""

from django import template
from django.urls import reverse

from site_core.portal.statement_page import STATEMENT_KEY

register = template.Library()


@register.simple_tag
def statement_url() -> str:
    """The accessibility statement: leads on to its version in the reader's language."""
    return reverse("entry", args=[STATEMENT_KEY])
