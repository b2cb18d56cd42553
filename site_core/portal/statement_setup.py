"""The first accessibility statement, true for the portal as it is delivered."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from site_core.organisations.models import Organisation
from site_core.pages.setup import setup_step

from .home_pages import HomePage
from .statement_page import STATEMENT_KEY, StatementPage

WORDS = Path(__file__).parent / "data" / "statement.json"


@setup_step("accessibility statement")
def accessibility_statement() -> None:
    """Publish the statement in each language it is written in, where there is none."""
    written = json.loads(WORDS.read_text("utf-8"))
    for code, words in written["languages"].items():
        locale = Locale.objects.get(language_code=code)
        if not StatementPage.objects.filter(locale=locale).exists():
            _publish(locale, date.fromisoformat(written["made_on"]), words)


def _publish(locale: Locale, made_on: date, words: dict[str, Any]) -> None:
    own = Organisation.objects.portal().first()
    page = StatementPage(
        locale=locale,
        translation_key=STATEMENT_KEY,
        title=words["title"],
        summary=words["summary"],
        tested=words["tested"],
        unit=words["unit"],
        provider=own.name if own else settings.SITE_NAME,
        made_on=made_on,
        reviewed_on=made_on,
        gaps=[("gap", {"mended_by": None, **gap}) for gap in words["gaps"]],
    )
    HomePage.objects.get(locale=locale).add_child(instance=page)
    page.save_revision().publish()
