"""The HTML of what a listing repeats: cards and the options of filters.

Put together here and not in templates: a page has twenty cards and two hundred options, and as
nodes of templates they would take more than half of its time.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from site_core.languages.fallback import Phrase, lang_attribute, marked
from site_core.pages import icons
from site_core.pages.cards import Action, Card, Fact, Spans


def card_html(card: Card, heading: str, *, own: bool = False) -> SafeString:
    """One entry in a list, with its main action in the tray.

    heading: "h2" or "h3", so that the headings of the page stay in order.
    own: on the organisation's own page, where its name need not be said again.
    """
    met, day = card.met, ""
    if card.date:
        day = f'<time datetime="{card.date_iso}">{escape(card.date)}</time>'
    by = " · ".join(filter(None, ("" if own else escape(card.by), day)))
    link = f'<a href="{escape(card.url)}">{_met(card.title, met.title)}</a>'
    parts = (
        f"<p>{tag_html(card.described_in, 'speech')}</p>" if card.described_in else "",
        f"<{heading}{lang_attribute(card.title.lang)}>{link}</{heading}>",
        f'<p class="by">{by}</p>' if by else "",
        _paragraph(card.summary, met.summary),
        _paragraph(met.excerpt, met.in_excerpt, "excerpt"),
        facts_html(card.facts),
    )
    tray = f'<div class="tray">{_button(card.action, card.title)}</div>' if card.action else ""
    main = f'<div class="card__main">{"".join(parts)}</div>'
    return SafeString(f'<li class="card">{main}{tray}</li>')


def facts_html(facts: Iterable[Fact]) -> SafeString:
    """One line of short words; a window stands only beside hours."""
    items = "".join(f"<li>{_fact(fact)}</li>" for fact in facts)
    return SafeString(f'<ul class="facts-line">{items}</ul>' if items else "")


def tag_html(words: Phrase, icon: str = "") -> SafeString:
    """Kind or state in a word."""
    drawing = icons.svg(icon) if icon else ""
    return SafeString(f'<span class="tag tag--shade">{drawing}<span>{marked(words)}</span></span>')


def window_html(lit: bool) -> SafeString:
    """The window that stands beside hours: lit when somebody answers now."""
    return icons.svg("lit", css="win win--lit" if lit else "win")


def checks_html(facet: Any) -> SafeString:
    """The options of a facet as boxes to tick."""
    name, language = escape(facet.name), get_language()
    return SafeString(
        "".join(
            f'<label class="check"><input type="checkbox" name="{name}"'
            f' value="{escape(option.code)}"{" checked" if option.chosen else ""}>'
            f"<span>{marked(option.label)}</span>"
            f'<span class="of">{_number(option.count, language)}</span></label>'
            for option in facet.options
        )
    )


def drop_down_html(facet: Any) -> SafeString:
    """The options of a facet of which one is chosen at a time."""
    language = get_language()
    return SafeString(
        "".join(
            f'<option value="{escape(option.code)}"{" selected" if option.chosen else ""}'
            f"{lang_attribute(option.label.lang)}>"
            f"{escape(option.label.text)} ({_number(option.count, language)})</option>"
            for option in facet.options
        )
    )


@lru_cache(maxsize=4_000)
def _number(count: int, language: str) -> str:
    """A number as the active `language` writes it."""
    return localize(count)


def _paragraph(words: Phrase | None, spans: Spans, css: str = "") -> str:
    if not words:
        return ""
    css = f' class="{css}"' if css else ""
    return f"<p{css}{lang_attribute(words.lang)}>{_met(words, spans)}</p>"


def _met(words: Phrase, spans: Spans) -> str:
    """The words with their places in `spans` marked as what was looked for."""
    at, html = 0, ""
    for start, end in spans:
        html += f"{escape(words.text[at:start])}<mark>{escape(words.text[start:end])}</mark>"
        at = end
    return html + escape(words.text[at:])


def _fact(fact: Fact) -> str:
    if fact.openness:
        css = "now" if fact.openness.open else "now now--shut"
        window = window_html(fact.openness.open)
        return f'<span class="{css}">{window}{marked(fact.openness.words)}</span>'
    icon = icons.svg(fact.icon) if fact.icon else ""
    return f"{icon}<span>{', '.join(map(marked, fact.words))}</span>"


def _button(action: Action, title: Phrase) -> str:
    """The main action of a card, amber only where somebody answers now.

    The title tells those who hear the link alone whose action it is.
    """
    css = "btn btn--lit" if action.lit else "btn"
    words = f'{marked(action.verb)}<span class="vh">: {marked(title)}</span>'
    icon = icons.svg(action.icon)
    return f'<a class="{css}" href="{escape(action.href)}">{icon}<span>{words}</span></a>'
