"""Template tags for pages on paper: the way back to the page from a printed sheet."""

from functools import lru_cache
from typing import Any
from uuid import UUID

import segno
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.inclusion_tag("components/on_paper.html")
def on_paper(key: UUID) -> dict[str, Any]:
    """The page's short address in words and as a QR code; shown on paper only.

    The address goes by the entry's key, so that it holds though the page is moved or renamed.
    """
    address = f"{settings.BASE_URL}{reverse('entry', args=[key])}"
    return {"address": address.partition("://")[2], "code": qr(address)}


@lru_cache(maxsize=4096)
def qr(text: str) -> SafeString:
    """A QR code (ISO/IEC 18004, level M) as inline SVG with its quiet zone of four modules.

    An address never changes its code, and drawing one takes as long as the rest of its page.
    """
    code = segno.make(text, micro=False, error="m", boost_error=False)
    size = code.symbol_size(border=4)[0]
    lines = "".join(
        f"M{left + 4} {top + 4.5}h{length}"
        for top, row in enumerate(code.matrix)
        for left, length in _runs(row)
    )
    return mark_safe(
        f'<svg class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false">'
        f'<path d="{lines}"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs
