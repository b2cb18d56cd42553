"""Template tags of joining and of members: names of codes, in the reader's language or marked."""

from datetime import datetime, timedelta

from django import template

from site_core.dates import format_date, format_time
from site_core.languages.fallback import Phrase, say
from site_core.languages.registry import LANGUAGES
from site_core.organisations.models import Membership, Organisation
from site_core.taxonomy.labels import label

register = template.Library()
KINDS = dict(Organisation.Kind.choices)
ROLES = dict(Membership.Role.choices)


@register.simple_tag
def kind_of(code: str) -> Phrase:
    """The name of a kind of organisation."""
    return say(KINDS[code])


@register.simple_tag
def role_of(code: str) -> Phrase:
    """The name of a role."""
    return say(ROLES[code])


@register.simple_tag
def place_of(code: str) -> Phrase:
    """The name of a municipality."""
    return label("municipality", code)


@register.simple_tag
def own_name(code: str) -> str:
    """The name of a language in itself."""
    return LANGUAGES[code].own_name


@register.simple_tag
def age_words(age: timedelta) -> Phrase:
    """A stretch of time in whole days, in hours where it is less than one."""
    if age.days:
        return say("one day", plural="%(count)s days", count=age.days)
    hours = age.seconds // 3600
    if not hours:
        return say("less than an hour")
    return say("one hour", plural="%(count)s hours", count=hours)


@register.filter
def day_and_time(moment: datetime | None) -> str:
    """The day and the time in Helsinki; nothing for no moment."""
    return f"{format_date(moment)} {format_time(moment)}" if moment else ""
