"""Template tags of the trainer's desk."""

from datetime import datetime

from django import template

from site_core.dates import format_span
from site_core.languages.fallback import Phrase
from site_core.taxonomy.labels import label

register = template.Library()


@register.filter
def span(starts: datetime, ends: datetime) -> str:
    """A stretch of time by the clock of Helsinki."""
    return format_span(starts, ends)


@register.simple_tag
def language_of(code: str) -> Phrase:
    """The name of a language of teaching."""
    return label("ServiceLanguage", code)
