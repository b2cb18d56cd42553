"""Template tags of the trainer's desk."""

from datetime import datetime

from django import template
from django.forms import Form

from site_core.dates import format_span
from site_core.desk.authors.forms.entry import Fault
from site_core.desk.templatetags.desk import layout
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


@register.filter
def faults_of(form: Form) -> list[Fault]:
    """What the summary of a form's faults tells, in the order of the fields, with where it leads:
    the field, or the first of its choices."""
    found = [Fault("content", words) for words in form.non_field_errors()]
    for field in form:
        place = field.auto_id if layout(field) == "line" else f"{field.auto_id}_0"
        found += [Fault(place, words) for words in field.errors]
    return found
