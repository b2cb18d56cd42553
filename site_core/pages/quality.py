"""Quality checks of what every page has: lengths, picture, plain language, place names, doubles."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_noop
from wagtail.models import Page

from site_core.languages.voikko import voikko
from site_core.moderation.quality import Finding, Level, quality_check
from site_core.organisations.branches import branch_for_path
from site_core.taxonomy.labels import labels_for

from .body import render_body
from .place_spelling import misspelt
from .plain_language import HARD_LIX, measure

NAME_LIMIT = 100
SUMMARY_LIMIT = 150
TEXTS = ("summary", "short", "body")
"""What is read as running text, by field."""
HINTED = 10_000
"""Characters of a text that hints look at: a longer one would keep its author waiting."""
SHOWN = 60
"""Letters of a quoted sentence."""

error = partial(Finding, Level.ERROR)
hint = partial(Finding, Level.HINT)


def plain_text(page: Any, name: str) -> str:
    """A text field or body without markup, one line a paragraph; "" where the page has none."""
    value = getattr(page, name, "")
    if name != "body":
        return str(value or "")
    html = re.sub(r"(?i)</(p|h[1-6]|li|blockquote|figcaption|div)>", "\n", render_body(value))
    lines = (" ".join(line.split()) for line in unescape(strip_tags(html)).splitlines())
    return "\n".join(line for line in lines if line)


@quality_check("lengths")
def check_lengths(page: Any, path: str) -> Iterator[Finding]:
    """Name, summary and description are short enough for lists, phones and other portals."""
    texts = [("title", page.title, NAME_LIMIT), ("summary", page.summary, SUMMARY_LIMIT)]
    if page.description_limit is not None:
        texts.append(("body", plain_text(page, "body"), page.description_limit))
    for name, text, limit in texts:
        if len(text) > limit:
            yield error(
                name,
                gettext_noop("Shorten this to %(limit)s characters; it has %(length)s now."),
                {"limit": limit, "length": len(text)},
                code="too_long",
            )


@quality_check("texts")
def check_texts(page: Any, path: str) -> Iterator[Finding]:
    """An original has the texts that every reader sees first."""
    if page.is_translation:
        return
    for name in page.required_texts:
        if not getattr(page, name):
            yield error(
                name, gettext_noop("Write this before the page is published."), code="empty"
            )


@quality_check("alt_text")
def check_alt_text(page: Any, path: str) -> Iterator[Finding]:
    """What the picture shows is told, in the page's language, or it is decoration."""
    picture = page.picture
    if picture is None or picture.is_decorative or page.picture_alt.strip():
        return
    if not picture.alt_text.strip():
        words = gettext_noop("Write what the picture shows, or choose one marked as decoration.")
        yield error("picture_alt", words, code="alt_text")
    elif page.is_translation:
        yield hint(
            "picture_alt",
            gettext_noop("Write what the picture shows in this page's language too."),
            code="alt_text_language",
        )


@quality_check("plain_language")
def check_plain_language(page: Any, path: str) -> Iterator[Finding]:
    """Long sentences, long words, hidden doers; for Swedish the LIX of everything together."""
    analyser = voikko() if page.language == "fi" else None
    texts = {name: plain_text(page, name)[:HINTED] for name in TEXTS}
    for name, text in texts.items():
        found = measure(text, page.language, analyser and analyser.analyze)
        for sentence in found.long_sentences:
            words = gettext_noop("A long sentence. Could it be two? “%(sentence)s”")
            yield hint(name, words, {"sentence": _start(sentence)}, code="long_sentence")
        if found.long_words:
            words = gettext_noop("Long words. Is there a plainer way to say: %(words)s?")
            yield hint(name, words, {"words": ", ".join(found.long_words)}, code="long_words")
        if found.passives:
            words = gettext_noop("Who does this? Say it plainly instead of: %(words)s.")
            yield hint(name, words, {"words": ", ".join(found.passives)}, code="passive")
    lix = measure("\n".join(texts.values()), page.language).lix
    if lix is not None and lix >= HARD_LIX:
        words = gettext_noop(
            "This is hard to read (LIX %(lix)s). Shorter sentences and words help."
        )
        yield hint("body" if hasattr(page, "body") else "", words, {"lix": round(lix)}, code="lix")


@quality_check("place_names")
def check_place_names(page: Any, path: str) -> Iterator[Finding]:
    """Names of municipalities are spelt right."""
    if page.language not in ("fi", "sv"):
        return
    names = {
        labels.get(code, "")
        for labels in labels_for("municipality").values()
        for code in ("fi", page.language)
    } - {""}
    analyser = voikko() if page.language == "fi" else None
    for field in ("title", *TEXTS):
        text = plain_text(page, field)[:HINTED]
        for word, name in misspelt(text, sorted(names), analyser and analyser.spell):
            words = gettext_noop("Is “%(word)s” meant to be %(name)s?")
            yield hint(field, words, {"word": word, "name": name}, code="place_name")


@quality_check("double")
def check_double(page: Any, path: str) -> Iterator[Finding]:
    """The organisation has no other page of this name and type in this language."""
    branch = branch_for_path(path)
    if branch is None or not page.title.strip():
        return
    others = (
        Page.objects.filter(
            path__startswith=branch.path, content_type=page.cached_content_type, locale=page.locale
        )
        .exclude(pk=page.pk)
        .filter(draft_title__iexact=page.title.strip())
    )
    found = others.order_by("-live", "pk").first()
    if found is not None and found.live:
        words = gettext_noop("Your organisation has published something of this name already.")
        yield error("title", words, code="double")
    elif found is not None:
        words = gettext_noop("Your organisation has a draft of this name already.")
        yield hint("title", words, code="double_draft")


def _start(sentence: str) -> str:
    return sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rstrip()}…"
