"""Catalogues without the gettext tools: compile, update, and where they lie.

`python -m site_core.languages.catalogues` compiles them on a machine where nothing is set up yet;
`manage.py compile_catalogues`, `update_catalogues` and `check_catalogues` do the rest.
"""

import io
import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .attested import Attested, attested
from .extraction import Message
from .registry import LANGUAGES, Language

LOCALE = Path(__file__).resolve().parents[1] / "locale"
_WIDTH = 100


def source_path(code: str, locale: Path = LOCALE) -> Path:
    """The catalogue that people edit."""
    return locale / code / "LC_MESSAGES" / "django.po"


def machine_path(code: str, locale: Path = LOCALE) -> Path:
    """The compiled catalogue, kept out of git."""
    return source_path(code, locale).with_suffix(".mo")


def read(code: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language; an empty one if there is none yet."""
    path = source_path(code, locale)
    text = path.read_bytes() if path.exists() else _header(LANGUAGES[code]).encode()
    return read_po(io.BytesIO(text), locale=code, domain="django", abort_invalid=True)


def forms(message: Entry) -> tuple[str, ...]:
    """Translations of a Babel message, one per plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def is_translated(message: Entry) -> bool:
    """Whether every form is there and no one has marked it as doubtful."""
    return all(forms(message)) and not message.fuzzy


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile each language; returns the files written. Untranslated messages are left out."""
    return [_compile(code, locale) for code in LANGUAGES]


def _compile(code: str, locale: Path) -> Path:
    catalog = read(code, locale)
    # Babel would fill an empty plural form with the English msgid.
    for message in [m for m in catalog if m.id and not is_translated(m)]:
        catalog.delete(message.id, context=message.context)
    written = io.BytesIO()
    write_mo(written, catalog)
    path = machine_path(code, locale)
    # In one step: another process may be reading it.
    fresh = path.with_suffix(f".mo.{os.getpid()}")
    fresh.write_bytes(written.getvalue())
    fresh.replace(path)
    return path


def _header(language: Language) -> str:
    return "\n".join(
        (
            f"# Words of Lapin palvelutarjotin: {language.name}.",
            'msgid ""',
            'msgstr ""',
            '"Project-Id-Version: palvelutarjotin 1\\n"',
            f'"Language: {language.code}\\n"',
            '"MIME-Version: 1.0\\n"',
            '"Content-Type: text/plain; charset=UTF-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"',
            f'"Plural-Forms: {language.plural_forms}\\n"',
            "",
            "",
        )
    )


def render(
    language: Language,
    messages: list[Message],
    kept: Catalog,
    words: dict[tuple[str, str], Attested],
) -> str:
    """Text of the catalogue that holds `messages`: what `kept` translates, or attested words."""
    catalog = Catalog(locale=language.code, fuzzy=False)
    catalog.mime_headers = [("Plural-Forms", language.plural_forms)]
    for message in messages:
        if language.is_sami:
            entry = words.get((message.msgid, message.context))
            _add_attested(catalog, message, language, entry)
        else:
            _add_kept(catalog, message, language, kept.get(message.msgid, message.context or None))
    written = io.BytesIO()
    write_po(written, catalog, width=_WIDTH, no_location=True, omit_header=True)
    return _header(language) + written.getvalue().decode().rstrip("\n") + "\n"


def _msgids(message: Message) -> str | tuple[str, str]:
    return (message.msgid, message.plural) if message.plural else message.msgid


def _add_attested(
    catalog: Catalog, message: Message, language: Language, entry: Attested | None
) -> None:
    """Add a Sámi message with its attested word and source, if it has one; plurals have none."""
    empty = ("",) * language.plural_count if message.plural else ""
    has_word = entry is not None and language.code in entry.words and not message.plural
    catalog.add(
        _msgids(message),
        entry.words[language.code] if entry and has_word else empty,
        context=message.context or None,
        auto_comments=[f"source: {entry.sources[language.code]}"] if entry and has_word else [],
    )


def _add_kept(catalog: Catalog, message: Message, language: Language, old: Entry | None) -> None:
    """Add a message with its old translation, if that has as many forms as are needed now."""
    fits = old is not None and old.pluralizable == bool(message.plural)
    if old and message.plural and len(forms(old)) != language.plural_count:
        fits = False
    catalog.add(
        _msgids(message),
        old.string if old and fits else ("",) * language.plural_count if message.plural else "",
        context=message.context or None,
        flags=old.flags - {"python-format"} if old and fits else (),
    )


def render_all(messages: list[Message], locale: Path = LOCALE) -> dict[Path, str]:
    """Text that each catalogue should hold, by path."""
    words = attested()
    return {
        source_path(code, locale): render(language, messages, read(code, locale), words)
        for code, language in LANGUAGES.items()
    }


def update_all(messages: list[Message], locale: Path = LOCALE) -> list[Path]:
    """Bring each catalogue in step with `messages`; returns the files that changed."""
    changed = []
    for path, text in render_all(messages, locale).items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    print(f"Compiled {len(compile_all())} catalogues.")  # noqa: T201
