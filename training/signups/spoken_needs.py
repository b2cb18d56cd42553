"""Needs in words, as phrases for a reader."""

from typing import Final

from django.utils.translation import gettext_noop

from site_core.languages.fallback import Phrase, say
from site_core.languages.registry import LANGUAGES
from training.signups.needs import Needs

SIGN_LANGUAGES: Final[dict[str, str]] = {
    "fse": gettext_noop("Finnish Sign Language"),
    "fss": gettext_noop("Finland-Swedish Sign Language"),
}


def interpreter_name(code: str) -> Phrase:
    """A language one may need an interpreter for: its own name, or what it is called here."""
    if code in LANGUAGES:
        return Phrase(LANGUAGES[code].own_name, code)
    return say(SIGN_LANGUAGES[code]) if code in SIGN_LANGUAGES else Phrase(code)


def told(needs: Needs) -> list[tuple[Phrase, tuple[Phrase, ...]]]:
    """What is needed, as pairs of a name and what is said about it."""
    rows = []
    if needs.interpreter:
        names = tuple(interpreter_name(code) for code in needs.interpreter)
        rows.append((say("Interpreter"), names))
    if needs.captions:
        rows.append((say("Captions"), (say("Yes"),)))
    if needs.access:
        rows.append((say("Access"), (Phrase(needs.access),)))
    if needs.diet:
        rows.append((say("Diet"), (Phrase(needs.diet),)))
    return rows
