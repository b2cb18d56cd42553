"""Contrast of the colours, by the formula of WCAG 2.2, in daylight and in the polar night."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from site_core import stylesheets

CSS = Path(settings.BASE_DIR) / "site_core/static/site_core/css"
COLOUR = r"(#[0-9a-f]{3,6})"
TEXT, SHAPE = 4.5, 3.0

PAIRS = [
    ("ink", "snow", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "birch", TEXT),
    ("ink", "shade", TEXT),
    ("ink", "tile", TEXT),
    ("ink", "light-soft", TEXT),
    ("ink", "ember-soft", TEXT),
    ("ink-2", "snow", TEXT),
    ("ink-2", "surface", TEXT),
    ("ink-2", "birch", TEXT),
    ("ink-2", "shade", TEXT),
    ("ink-2", "tile", TEXT),
    ("river", "snow", TEXT),
    ("river", "surface", TEXT),
    ("river", "birch", TEXT),
    ("river", "shade", TEXT),
    ("on-river", "river", TEXT),
    ("on-river", "river-2", TEXT),
    ("on-light", "light", TEXT),
    ("on-light", "light-2", TEXT),
    ("on-night", "night", TEXT),
    ("light-2", "night", TEXT),
    ("ember", "snow", TEXT),
    ("ember", "surface", TEXT),
    ("moss", "moss-soft", TEXT),
    ("edge", "surface", SHAPE),
    ("edge", "snow", SHAPE),
    ("light-edge", "surface", SHAPE),
    ("light-edge", "birch", SHAPE),
]


def palettes() -> dict[str, dict[str, str]]:
    css = (CSS / "tokens.css").read_text()
    day = dict(re.findall(rf"--([\w-]+): {COLOUR};", css))
    both = re.findall(rf"--([\w-]+): light-dark\({COLOUR}, {COLOUR}\);", css)
    assert {name: light for name, light, _dark in both}.items() <= day.items()
    return {"day": day, "night": {**day, **{name: dark for name, _light, dark in both}}}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", ["day", "night"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_it_can_be_read(palette, front, ground, least):
    colours = palettes()[palette]

    assert contrast(colours[front], colours[ground]) >= least


def test_colours_are_named_once():
    """Other sheets use tokens; the one bare colour is the pane on an amber ground."""
    for sheet in ("base", "components"):
        bare = re.findall(r"#[0-9a-f]{3,8}\b", (CSS / f"{sheet}.css").read_text())
        assert set(bare) <= {"#fff8e6"}


def test_everything_the_sheets_use_is_a_token():
    sheets = "".join(path.read_text() for path in CSS.glob("*.css"))
    used = set(re.findall(r"var\(--([\w-]+)", sheets))
    named = set(re.findall(r"--([\w-]+):", sheets))

    assert used <= named


def test_the_sheets_are_light():
    """What every reader fetches; the sheets of the admin and of the desks are not among it."""
    css = b"".join((CSS / name).read_bytes() for name in stylesheets.SOURCES)

    assert len(gzip.compress(css)) < 9 * 1024
