"""A picture as a page and its entry show it."""

from typing import Any

WIDTHS = (480, 960, 1440)
"""Widths in CSS pixels times density that copies are made for; a smaller original makes fewer."""


def picture_for_entry(picture: Any, *, alt: str, language: str) -> dict[str, Any]:
    """The copies of a picture and its description, as JSON for the entry.

    WebP with a JPEG to fall back on. `alt` is the page's own description; without one the picture's
    is used, which is written in the default language, so the language is stored beside the text.
    """
    specs = [f"max-{width}x{width}|format-webp" for width in WIDTHS] + ["max-960x960|format-jpeg"]
    copies = picture.get_renditions(*specs)
    *modern, fallback = (copies[spec] for spec in specs)
    by_width = {copy.width: copy.url for copy in modern}
    text = [alt, language] if alt else [picture.default_alt_text, "fi"]
    return {
        "alt": text,
        "src": fallback.url,
        "srcset": ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items())),
        "width": fallback.width,
        "height": fallback.height,
    }
