"""Template tags of the look: icons, fell lines, the telephone, data for machines."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from site_core.languages.fallback import Phrase
from site_core.languages.switcher import SwitcherItem, switcher
from site_core.pages import drawn, icons
from site_core.pages import fells as drawing
from site_core.pages.cards import Card, EntryLike, Fact, card
from site_core.pages.detail import Detail, detail

register = template.Library()

SITE_ICON = Path(__file__).parents[2] / "static/site_core/icon.svg"

_LAST_PART = re.compile(r"(?<=\w{7})(niemi|järvi|kylä|maa)$")

# What could end a <script> block or start another: written as JSON escapes, which mean the same.
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def icon(name: str, size: int = 24, css: str = "") -> SafeString:
    """Draw an icon: `{% icon "phone" %}`, `{% icon action.icon size=20 %}`."""
    return icons.svg(name, size, css)


@register.simple_tag
@cache
def site_icon() -> str:
    """The site's icon as an address that holds it: one request less on every first view."""
    return "data:image/svg+xml," + quote(SITE_ICON.read_text("utf-8").strip())


@register.simple_tag
def window(lit: bool) -> SafeString:
    """Draw the window that stands beside hours: lit when somebody answers now."""
    return drawn.window_html(lit)


@register.simple_tag
def fells(name: str, label: str = "") -> SafeString:
    """Draw the fell line of a name: `{% fells "utsjoki" %}`."""
    return drawing.scene(name, label=label)


@register.simple_tag(takes_context=True)
def detail_of(context: template.Context, entry: EntryLike) -> Detail:
    """The parts of an entry's page for this reader, at the context's `now` or the clock's."""
    return detail(entry, get_language(), context.get("now") or timezone.now())


@register.simple_tag(takes_context=True)
def cards_of(context: template.Context, entries: Iterable[EntryLike]) -> list[Card]:
    """The cards of entries for this reader, at the context's `now` or the clock's."""
    now = context.get("now") or timezone.now()
    return [card(entry, get_language(), now) for entry in entries]


@register.simple_tag
def home_url() -> str:
    """The address of the home page in the reader's language."""
    return f"/{get_language()}/"


@register.simple_tag
def home_switcher() -> list[SwitcherItem]:
    """The five languages, each leading to its home page: for pages that exist in no tree."""
    return switcher(get_language())


@register.simple_tag
def site_name() -> str:
    """The portal's name, a proper name in Finnish in every language."""
    return settings.SITE_NAME


@register.simple_tag
def regional_phone() -> str:
    """The number of the people who help by telephone; its parts never part at a line's end."""
    return settings.REGIONAL_PHONE.replace(" ", "\N{NO-BREAK SPACE}")


@register.simple_tag
def service_worker() -> bool:
    """Whether pages start the worker that keeps them for reading offline."""
    return settings.SERVICE_WORKER


@register.filter
def tel(number: str) -> str:
    """A `tel:` address of a number written for people."""
    return "tel:" + "".join(sign for sign in number if sign in "+0123456789")


@register.filter
def soft(place: Phrase) -> Phrase:
    """A long name of a place that may part before its last part: Pelkosen-niemi.

    Browsers bring no Finnish hyphenation, and a tile of the map is narrow.
    """
    return Phrase(_LAST_PART.sub("\N{SOFT HYPHEN}\\1", place[0]), place[1])


@register.simple_tag
def draw_cards(cards: Iterable[Card], heading: str, own: bool = False) -> SafeString:
    """The items of a list of cards: `{% draw_cards cards "h2" %}`."""
    return SafeString("".join(drawn.card_html(card, heading, own=own) for card in cards))


@register.filter
def facts_line(facts: Iterable[Fact]) -> SafeString:
    """The facts of a card as a line of short words."""
    return drawn.facts_html(facts)


@register.simple_tag
def tag(words: Phrase, icon: str = "") -> SafeString:
    """Kind or state in a word: `{% tag words icon="speech" %}`."""
    return drawn.tag_html(words, icon)


@register.filter
def checks(facet: Any) -> SafeString:
    """The options of a facet as boxes to tick."""
    return drawn.checks_html(facet)


@register.filter
def drop_down(facet: Any) -> SafeString:
    """The options of a facet of which one is chosen at a time."""
    return drawn.drop_down_html(facet)


@register.filter
def json_data(value: Any) -> SafeString:
    """JSON for a data block such as JSON-LD, safe inside `<script>`; a string is taken as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return mark_safe(text.translate(_SCRIPT_ESCAPES))
