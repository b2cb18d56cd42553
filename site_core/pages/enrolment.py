"""How one signs up for a course, as its entry tells it: from when, until when, and where.

By the clock alone. A page that shows it is kept, so seats are told only at the address itself.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_noop

from site_core.languages.fallback import Phrase
from site_core.pages.spoken_hours import say_moment

SOON, OPEN, OVER = "soon", "open", "over"
WORDS: Final = {
    SOON: gettext_noop("Sign-up opens %(weekday)s %(date)s at %(time)s"),
    OPEN: gettext_noop("Sign up by %(weekday)s %(date)s at %(time)s"),
    OVER: gettext_noop("Sign-up closed %(weekday)s %(date)s at %(time)s"),
}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where one signs up, how that stands by the clock (SOON, OPEN or OVER), and the next bound."""

    url: str
    state: str
    bound: datetime

    @property
    def words(self) -> Phrase:
        """The state in a sentence."""
        return say_moment(WORDS[self.state], self.bound)


def enrolment(entry: Any, language: str, now: datetime) -> Enrolment | None:
    """How one signs up for what an entry offers, or None."""
    told = entry.facts.get("enrolment")
    if not told:
        return None
    url = f"/{language}/courses/{entry.key}/sign-up/"
    closes = datetime.fromisoformat(told["closes"])
    opens = datetime.fromisoformat(told["opens"]) if told.get("opens") else None
    if opens and now < opens:
        return Enrolment(url, SOON, opens)
    return Enrolment(url, OPEN if now < closes else OVER, closes)
