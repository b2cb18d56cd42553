"""A small set of catalogues of the tests' own, so that no test hangs on the product's words."""

from pathlib import Path

import pytest

from site_core.languages import catalogues, fallback
from site_core.languages.registry import LANGUAGES


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def write_catalogue(locale: Path, code: str, *entries: str) -> None:
    """Write a catalogue of ready-made entries with the language's header."""
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {LANGUAGES[code].plural_forms}\\n"\n'
    )
    path = catalogues.source_path(code, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((header, *entries)), "utf-8")


def entry(msgid: str, *strings: str, plural: str = "", context: str = "", comment: str = "") -> str:
    """One entry of a catalogue."""
    lines = [f"#. {comment}"] if comment else []
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(msgid)}")
    if plural:
        lines.append(f"msgid_plural {_quoted(plural)}")
        lines += [f"msgstr[{i}] {_quoted(text)}" for i, text in enumerate(strings)]
    else:
        lines.append(f"msgstr {_quoted(strings[0])}")
    return "\n".join((*lines, ""))


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """Catalogues: Finnish whole, Swedish and Northern Sámi in part, the others empty."""
    left = {"plural": "%(count)s places left"}
    write_catalogue(
        tmp_path,
        "fi",
        entry("Save", "Tallenna"),
        entry("Tom & Jerry", "Tom & Jerry <3"),
        entry("100 % free", "100 % maksuton"),
        entry("Services in %(place)s", "Palvelut: %(place)s"),
        entry("One place left", "Yksi paikka jäljellä", "%(count)s paikkaa jäljellä", **left),
        entry("May", "toukokuu"),
        entry("May", "toukokuuta", context="alt. month"),
    )
    write_catalogue(tmp_path, "sv", entry("Save", "Spara"))
    write_catalogue(
        tmp_path,
        "se",
        entry("Save", "Vurke"),
        entry("One place left", "okta", "guokte", "%(count)s", **left),
    )
    for code in ("smn", "sms"):
        write_catalogue(tmp_path, code)
    catalogues.compile_all(tmp_path)
    return tmp_path


@pytest.fixture
def words(locale: Path, monkeypatch: pytest.MonkeyPatch):
    """The same catalogues, in use."""
    monkeypatch.setattr(fallback, "LOCALE", locale)
    fallback.catalogue.cache_clear()
    yield
    fallback.catalogue.cache_clear()
