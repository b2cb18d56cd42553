"""A picture as a page and its entry show it."""

from typing import Any

WIDTHS = (480, 960, 1440)
"""Widths in CSS pixels times density that copies are made for; a smaller original makes fewer."""

FORMATS = ("avif", "webp", "jpeg")
"""Lightest first; the last is the one every browser shows."""

SHARED = "fill-1200x630|format-jpeg"
"""The copy for shared links, cut round the focal point: the size and format of Open Graph."""


def picture_for_entry(picture: Any, *, alt: str, language: str) -> dict[str, Any]:
    """The copies of a picture and its description, as JSON for the entry.

    They are made here, when a page is published, so that no reader waits for them. `alt` is the
    page's own description; without one the picture's is used, which is written in the default
    language, so the language is stored beside the text.
    """
    sides = _sides(max(picture.width, picture.height))
    specs = {name: [f"max-{side}x{side}|format-{name}" for side in sides] for name in FORMATS}
    copies = picture.get_renditions(*(spec for row in specs.values() for spec in row), SHARED)
    srcsets = {name: _srcset([copies[spec] for spec in row]) for name, row in specs.items()}
    *lighter, plain = FORMATS
    shown = copies[specs[plain][min(1, len(sides) - 1)]]
    return {
        "alt": [alt, language] if alt else [picture.default_alt_text, "fi"],
        "src": shown.url,
        "srcset": srcsets[plain],
        "sources": [[f"image/{name}", srcsets[name]] for name in lighter],
        "width": shown.width,
        "height": shown.height,
        "shared": {
            "src": copies[SHARED].url,
            "width": copies[SHARED].width,
            "height": copies[SHARED].height,
        },
    }


def _sides(longest: int) -> list[int]:
    """The sizes below that of the original, and the first that holds it whole."""
    smaller = [side for side in WIDTHS if side < longest]
    return [*smaller, *WIDTHS[len(smaller) : len(smaller) + 1]]


def _srcset(copies: list[Any]) -> str:
    by_width = {copy.width: copy.url for copy in copies}
    return ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))
