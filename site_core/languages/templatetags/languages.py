"""Tags for the interface's words; a builtin library, so templates need no `{% load %}`.

`{% say "One place left" plural="%(count)s places left" count=n %}` gives escaped text, in a
`<span lang>` where it had to fall back to another language. Where no tag may stand, in attributes
and titles, use `say_text`; where the message is all its element holds, `say_lang` on the element
and `say_text` in it. All take `plural`, `count`, `msgctxt` and values for placeholders.
"""

from django import template
from django.utils.html import conditional_escape

from site_core.languages import fallback

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context, msgid, **values):
    """The message, marked; in a template without escaping (a plain mail) its bare text."""
    if not context.autoescape:
        return fallback.say(msgid, **values).text
    return fallback.say_html(msgid, **values)


@register.simple_tag
def say_fault(error):
    """What a form's error (a ValidationError) says, marked."""
    return fallback.say_html(error.message, **(error.params or {}))


@register.simple_tag(takes_context=True)
def say_text(context, msgid, **values):
    """The message without a mark."""
    text = fallback.say(msgid, **values).text
    return conditional_escape(text) if context.autoescape else text


@register.simple_tag
def say_lang(msgid, *, plural=None, count=None, msgctxt=None, **values):
    """` lang="…"` of a message that falls back, with its leading space; else nothing."""
    phrase = fallback.lookup(msgid, plural=plural, count=count, msgctxt=msgctxt)
    return fallback.lang_attribute(phrase.lang)


@register.filter
def marked(phrase):
    """A `Phrase` or `[text, lang]` pair as escaped text, marked if not in the reader's language."""
    return fallback.marked(phrase)


@register.filter
def lang_attr(phrase):
    """` lang="…"` of a `Phrase` or pair for the element that holds only its text."""
    return fallback.lang_attribute(phrase[1] if phrase else None)
