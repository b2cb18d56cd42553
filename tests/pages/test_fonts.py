"""The fonts hold every letter the portal writes: one that is missing breaks a Skolt word apart."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = Path(settings.BASE_DIR) / "site_core/static/site_core/fonts"
CATALOGUES = Path(settings.BASE_DIR) / "site_core/locale"
FILES = ("noto-sans-400.woff2", "noto-sans-700.woff2")

# As counted in sources of the three languages; ʹ U+02B9 and ʼ U+02BC are letters too.
SAMI = "ÁáÂâÄäÅåÕõČčĐđŊŋŠšŦŧŽžǤǥǦǧǨǩƷʒǮǯ\u02b9\u02bc"
FINNISH_AND_SWEDISH = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖéÉüÜ0123456789"
PUNCTUATION = " .,:;!?()/+-%&@#*\"'–—’”“…·€§°\u00a0\u00ad\u2011"
INVISIBLE = {"\n", "\r", "\t"}


def letters_of(file: str) -> set[str]:
    with TTFont(FONTS / file) as font:
        return {chr(code) for code in font.getBestCmap()}


@pytest.mark.parametrize("file", FILES)
def test_every_letter_and_sign_is_in_the_font(file):
    missing = set(SAMI + FINNISH_AND_SWEDISH + PUNCTUATION) - letters_of(file)

    assert not missing


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", ["fi", "sv", "se", "smn", "sms"])
def test_the_interface_is_written_with_letters_of_the_font(file, language):
    catalogue = polib.pofile(str(CATALOGUES / language / "LC_MESSAGES/django.po"))
    words = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]

    missing = set("".join(words)) - letters_of(file) - INVISIBLE

    assert not missing


def test_both_files_weigh_little():
    assert sum((FONTS / file).stat().st_size for file in FILES) <= 24 * 1024


def test_the_licence_travels_with_the_font():
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("file", FILES)
def test_the_style_sheet_names_the_file(file):
    tokens = (FONTS.parent / "css/tokens.css").read_text("utf-8")

    assert f"../fonts/{file}" in tokens
