"""What a printed page carries: its address, as words and as a code that scanners read."""

import gzip
import re
from uuid import UUID

from django.template import engines
from django.utils.translation import override

from site_core.pages.templatetags.paper import qr

KEY = UUID("5f0c3b1e-8a83-4f6e-9c52-2b8f7c1d9e02")


def shown(language: str = "fi") -> str:
    page = engines["django"].from_string("{% load paper %}{% on_paper key %}")
    with override(language):
        return page.render({"key": KEY})


def test_the_address_goes_by_the_key_in_the_readers_language(settings):
    settings.BASE_URL = "https://palvelut.example.fi"
    assert f"<b>palvelut.example.fi/sv/e/{KEY}/</b>" in shown("sv")


def test_it_weighs_little(settings):
    settings.BASE_URL = "https://palvelutarjotin.lapinhyvinvointi.example.fi"
    assert len(gzip.compress(shown().encode())) <= 1536


def test_the_code_holds_the_three_corners_that_scanners_look_for():
    svg = qr("https://palvelut.example.fi/fi/")
    size = int(re.search(r'viewBox="0 0 (\d+)', svg).group(1))
    top = [f"M4 {4.5 + row}h7" for row in (0, 6)]
    right = [f"M{size - 11} {4.5 + row}h7" for row in (0, 6)]
    bottom = [f"M4 {size - 4.5 - row}h7" for row in (0, 6)]
    assert all(line in svg for line in [*top, *right, *bottom])


def test_the_code_needs_no_style_and_no_address():
    svg = qr("https://palvelut.example.fi/fi/")
    assert not re.search(r"style=|href=|http", svg)
