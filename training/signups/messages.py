"""The mails about sign-ups: one for each change of status, in the participant's language.

They are composed before the locks are taken and written under them. A mail's key holds the
sign-up's version, so a change that is told twice is told once.
"""

from datetime import datetime
from typing import Any

from site_core.outbox.actions import compose, send
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.models import Message
from training.courses import Offering
from training.signups.models import SignUp

CONFIRM = "signup_confirm"
CONFIRMED = "signup_confirmed"
WAITING = "signup_waiting"
PROMOTED = "signup_promoted"
CANCELLED = "signup_cancelled"
LAPSED = "signup_lapsed"
ALREADY = "signup_already"
CHANGES = (CONFIRM, CONFIRMED, WAITING, PROMOTED, CANCELLED, LAPSED)
"""Kinds that tell of a change of status, each with exactly one mail."""


def register() -> None:
    """Make the outbox know these kinds; called once at start-up. Their links let one act."""
    for code in (*CHANGES, ALREADY):
        register_kind(MessageKind(code, templates=f"emails/{code}", keeps_body=False))


def letter(kind: str, signup: SignUp, offering: Offering) -> Message:
    """The mail about the sign-up as it stands in memory, not written yet."""
    return compose(
        kind,
        to=signup.email,
        language=signup.language,
        key=key_of(kind, signup),
        context=context_of(signup, offering),
    )


def key_of(kind: str, signup: SignUp) -> str:
    """Names the mail in the outbox: once for each sign-up, kind and version."""
    return f"{kind}:{signup.key}:{signup.version}"


def send_already(signup: SignUp, now: datetime) -> None:
    """To a contact who signs up again: how things stand. Once in an hour."""
    send(
        ALREADY,
        to=signup.email,
        language=signup.language,
        key=f"{key_of(ALREADY, signup)}:{now:%Y%m%d%H}",
        context=context_of(signup, signup.offering),
    )


def context_of(signup: SignUp, offering: Offering) -> dict[str, Any]:
    """What every template may name; nothing of it is personal."""
    return {
        "course": title_in(offering, signup.language),
        "group": offering.name,
        "people": signup.size,
        "status": signup.status,
    }


def title_in(offering: Offering, language: str) -> str:
    """What the course is called on its page: in the language, else in any, else at its desk."""
    titles = dict(
        offering.course.pages.filter(live=True).values_list("locale__language_code", "title")
    )
    return titles.get(language) or next(iter(titles.values()), offering.course.title)
