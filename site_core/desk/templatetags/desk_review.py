"""Template tags of the review: names, times, what has to be mended in the decision."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext_noop

from site_core.dates import format_date, format_time
from site_core.languages.fallback import say

register = template.Library()


@register.filter
def clock_time(moment: datetime) -> str:
    """The day and the time in Helsinki: 19.11.2026 klo 10.20."""
    words = gettext_noop("%(date)s at %(time)s")
    return say(words, date=format_date(moment), time=format_time(moment)).text


@register.filter
def person_name(person: Any) -> str:
    """A person's name; words for one whose account is gone."""
    if person is None:
        return say(gettext_noop("Somebody whose account is gone")).text
    return person.get_full_name() or person.get_username()


@register.simple_tag
def fault_list(form: Any) -> list[dict[str, str]]:
    """The faults of a form with the id each leads to; those of the whole lead to the form."""
    return [
        {"field": _anchor(form, name), "words": words}
        for name, faults in form.errors.items()
        for words in faults
    ]


def _anchor(form: Any, name: str) -> str:
    """The id of a field's control, of the first of several; of the form for a fault of all."""
    if name not in form.fields or form[name].is_hidden:
        return "decision"
    return form[name].id_for_label or f"{form[name].auto_id}_0"
