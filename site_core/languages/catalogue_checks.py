"""What may be wrong with a catalogue: stale, incomplete, unattested, a lost placeholder."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from .attested import GLOSSARY, TABLE, attested, read_rows, same_entry
from .catalogues import LOCALE, forms, is_translated, read, render_all
from .extraction import Message
from .registry import LANGUAGES, SAMI_CODES

COMPLETE = ("fi", "sv")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def problems(
    messages: list[Message],
    *,
    locale: Path = LOCALE,
    table: Path = TABLE,
    glossary: Path | None = GLOSSARY,
) -> list[str]:
    """Every problem as one line for people; empty when all is well."""
    found = list(stale(messages, locale))
    for code in LANGUAGES:
        catalog = read(code, locale)
        if code in COMPLETE:
            found += incomplete(code, catalog)
        else:
            found += unattested(code, catalog, table)
        found += placeholders(code, catalog)
    if glossary is not None and glossary.exists():
        found += beyond_glossary(table, glossary)
    return found


def stale(messages: list[Message], locale: Path = LOCALE) -> Iterator[str]:
    """Catalogues that `update_catalogues` would change."""
    for path, text in render_all(messages, locale).items():
        if not path.exists() or path.read_text("utf-8") != text:
            yield f"{path.parts[-3]}: out of step with the code; run manage.py update_catalogues"


def incomplete(code: str, catalog: Catalog) -> Iterator[str]:
    """Messages that a language which must be whole does not translate."""
    for message in catalog:
        if message.id and not is_translated(message):
            yield f"{code}: no translation of {_name(message)}"


def unattested(code: str, catalog: Catalog, table: Path = TABLE) -> Iterator[str]:
    """Sámi words without a source, or that are not the attested entry whole."""
    words = attested(table)
    for message in catalog:
        if not message.id or not any(forms(message)):
            continue
        entry = words.get((_singular(message), message.context or ""))
        known = entry.words.get(code, "") if entry else ""
        if not any(comment.startswith("source: ") for comment in message.auto_comments):
            yield f"{code}: {_name(message)} has no source"
        if not known or not all(same_entry(text, known) for text in forms(message)):
            yield f"{code}: {_name(message)} is not an attested entry"


def beyond_glossary(table: Path, glossary: Path) -> Iterator[str]:
    """Rows of our table that are not what the glossary of attested words holds."""
    rows = {row["key"]: row for row in read_rows(glossary)}
    for entry in attested(table).values():
        source = rows.get(entry.key, {})
        for code in SAMI_CODES:
            word = entry.words.get(code, "")
            if word and not same_entry(word, source.get(code, "")):
                yield f"{code}: “{word}” for “{entry.msgid}” is not the glossary's {entry.key}"
            elif word and entry.sources[code] != source[f"source_{code}"]:
                yield f"{code}: the source of “{word}” is not the glossary's"


def placeholders(code: str, catalog: Catalog) -> Iterator[str]:
    """Translations that lose or invent a placeholder; only the form for one may drop the count."""
    for message in catalog:
        if not message.id or not all(forms(message)):
            continue
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        wanted = {sign for text in ids for sign in _PLACEHOLDER.findall(text)}
        for number, text in enumerate(forms(message)):
            has = set(_PLACEHOLDER.findall(text))
            dropped = wanted - has
            may_drop = {"%(count)s", "%(count)d"} if number == 0 and len(ids) > 1 else set()
            if has - wanted or dropped - may_drop:
                yield f"{code}: other placeholders than in {_name(message)}"


def _singular(message: Entry) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _name(message: Entry) -> str:
    context = f" ({message.context})" if message.context else ""
    return f"“{_singular(message)}”{context}"
