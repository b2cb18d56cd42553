"""Words in the reader's language, or in the best one there is, with that language named.

Django falls back to Finnish without a word, and then a screen reader reads Finnish with the voice
of another language (WCAG 3.1.2). So the catalogues are asked one by one here, each alone.
"""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from html import escape
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from .catalogues import LOCALE, machine_path
from .registry import DEFAULT, ENGLISH, LANGUAGES, chain


class Phrase(NamedTuple):
    """A text and its language; None is the reader's own. Stored as a pair `[text, lang]`."""

    text: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.text


class _Nothing(NullTranslations):
    """Stands behind a catalogue to answer None for what it lacks."""

    def gettext(self, message):
        return None

    def ngettext(self, msgid1, msgid2, n):
        return None

    def pgettext(self, context, message):
        return None

    def npgettext(self, context, msgid1, msgid2, n):
        return None


@cache
def catalogue(code: str) -> NullTranslations:
    """Our own catalogue of one language alone; an empty one where none is compiled."""
    path = machine_path(code, LOCALE)
    if not path.exists():
        return _Nothing()
    with path.open("rb") as file:
        translations = GNUTranslations(file)
    translations.add_fallback(_Nothing())
    return translations


def active_language() -> str:
    """Code of the active language, the default's when translation is switched off."""
    return translation.get_language() or DEFAULT


def _lookup(
    code: str, msgid: str, plural: str | None, count: int, msgctxt: str | None
) -> str | None:
    own = catalogue(code)
    if plural is None:
        return own.pgettext(msgctxt, msgid) if msgctxt else own.gettext(msgid)
    if msgctxt:
        return own.npgettext(msgctxt, msgid, plural, count)
    return own.ngettext(msgid, plural, count)


def lookup(
    msgid: str | Promise,
    *,
    plural: str | None = None,
    count: int | None = None,
    msgctxt: str | None = None,
) -> Phrase:
    """The message, its placeholders still in it, from the first catalogue that has it.

    A lazy translation is taken by its msgid. A msgid that no catalogue has is English.
    """
    if isinstance(msgid, Promise):
        with translation.override(None):
            msgid = str(msgid)
    number = 1 if count is None else int(count)
    active = active_language()
    if active != ENGLISH.code:
        for code in chain(active):
            text = _lookup(code, msgid, plural, number, msgctxt)
            if text is not None:
                return Phrase(text, None if code == active else code)
    english = msgid if plural is None or number == 1 else plural
    return Phrase(english, None if active == ENGLISH.code else ENGLISH.code)


def say(
    msgid: str | Promise,
    *,
    plural: str | None = None,
    count: int | None = None,
    msgctxt: str | None = None,
    **values: Any,
) -> Phrase:
    """The message with its values, as plain text; numbers are written as the language does.

    `%` is a plain sign in a message without values. Raises KeyError for a placeholder without one.
    """
    text, lang = lookup(msgid, plural=plural, count=count, msgctxt=msgctxt)
    if count is not None:
        values["count"] = count
    if values:
        text = text % {name: localize(value) for name, value in values.items()}
    return Phrase(text, lang)


def say_html(
    msgid: str | Promise,
    *,
    plural: str | None = None,
    count: int | None = None,
    msgctxt: str | None = None,
    **values: Any,
) -> SafeString:
    """The message as escaped HTML, marked with its language where that is not the reader's.

    A value that is safe HTML stays; a `Phrase` among the values is marked in its turn.
    """
    text, lang = lookup(msgid, plural=plural, count=count, msgctxt=msgctxt)
    if count is not None:
        values["count"] = count
    html = conditional_escape(text)
    if values:
        around = lang or active_language()
        written = {name: _value_html(value, around) for name, value in values.items()}
        html = SafeString(html % written)
    return _wrap(html, lang)


def _value_html(value: Any, around: str) -> SafeString:
    """HTML of a value inside a message in the language `around`."""
    if not isinstance(value, Phrase):
        return conditional_escape(localize(value))
    lang = value.lang or active_language()
    return _wrap(conditional_escape(value.text), None if lang == around else lang)


def _wrap(html: str, lang: str | None) -> SafeString:
    if not lang:
        return SafeString(html)
    return format_html('<span lang="{}">{}</span>', lang, SafeString(html))


def marked(phrase: Phrase | tuple | list | str | None) -> SafeString:
    """HTML of a `Phrase` or `[text, lang]` pair, marked where it is not the reader's language."""
    if not phrase:
        return SafeString("")
    text, lang = (phrase, None) if isinstance(phrase, str) else phrase
    written = SafeString(escape(text)) if type(text) is str else conditional_escape(text)
    return _wrap(written, lang if lang and lang != active_language() else None)


def lang_attribute(lang: str | None) -> SafeString:
    """` lang="fi"` for an element that holds only that language; nothing for the reader's own."""
    return format_html(' lang="{}"', lang) if lang and lang != active_language() else SafeString("")


def label_phrase(labels: Mapping[str, str], active: str | None = None) -> Phrase:
    """The label for the reader out of one per language: hers, else along the fallback chain.

    `active` is her language where whoever asks for many labels has looked it up.
    """
    active = active or active_language()
    for code in (active, *chain(active)):
        if labels.get(code):
            return Phrase(labels[code], None if code == active else code)
    for code, text in labels.items():
        if text:
            return Phrase(text, code)
    return Phrase("")


def language_phrase(code: str) -> Phrase:
    """Name of a language in the reader's language; the code itself if it is not ours."""
    return say(LANGUAGES[code].name) if code in LANGUAGES else Phrase(code)
