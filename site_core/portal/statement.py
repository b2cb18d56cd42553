"""What the accessibility statement shows beside its own words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from search.models import Entry
from site_core.dates import format_date
from site_core.languages.fallback import Phrase, say
from site_core.pages.cards import phrase
from site_core.pages.detail import FactRow

from .statement_page import REASONS, StatementPage

AUTHORITY_URL = "https://www.saavutettavuusvaatimukset.fi/"
"""The supervisor's own site: what the law asks, and how to complain."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not accessible, in words for a reader."""

    what: Phrase
    criterion: str
    reason: Phrase
    alternative: Phrase | None
    mended_by: str
    mended_iso: str


def statement_context(
    entry: Entry, language: str, now: datetime, request: HttpRequest
) -> dict[str, Any]:
    """Facts, gaps and addresses of the statement; no query."""
    facts = entry.facts
    return {
        "rows": list(_rows(facts)),
        "gaps": [_gap(gap, language) for gap in facts.get("gaps") or []],
        "status_words": say(StatementPage.Status(facts["status"]).label),
        "portal_name": settings.SITE_NAME,
        "provider": facts["provider"],
        "unit": phrase(facts.get("unit"), language),
        "authority_url": AUTHORITY_URL,
        "base_url": settings.BASE_URL,
    }


def _rows(facts: dict[str, Any]) -> Any:
    yield FactRow(say("Status"), (say(StatementPage.Status(facts["status"]).label),))
    assessed = say(StatementPage.Assessed(facts["assessed"]).label)
    yield _day(say("Statement made"), facts["made_on"], assessed)
    yield _day(say("Reviewed"), facts["reviewed_on"], say("We review it at least once a year."))
    if facts.get("published_on"):
        yield _day(say("Portal published"), facts["published_on"])


def _day(name: Phrase, iso: str, *small: Phrase) -> FactRow:
    words = Phrase(format_date(date.fromisoformat(iso)), None)
    return FactRow(name, (words,), date_iso=iso, small=small)


def _gap(gap: dict[str, Any], language: str) -> Gap:
    mended = gap.get("mended_by")
    return Gap(
        what=phrase(gap["what"], language) or Phrase(""),
        criterion=gap["criterion"],
        reason=say(dict(REASONS)[gap["reason"]]),
        alternative=phrase(gap["alternative"], language),
        mended_by=format_date(date.fromisoformat(mended)) if mended else "",
        mended_iso=mended or "",
    )
