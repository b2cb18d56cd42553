"""The links with which people act on their own sign-up, as mails carry them.

A token holds a sign-up's (or a wish's) public key, signed for one purpose and for a time: it opens
nothing of another purpose. It lives as long as its row, so the link in any mail keeps working; the
row says what can still be done. A GET shows, a POST acts.
"""

import uuid
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import translation

from site_core.accounts.links import LinkExpired, LinkInvalid
from site_core.languages.registry import DEFAULT, LANGUAGES
from site_core.outbox.links import absolute
from training.signups.models import NextTime, SignUp

CONFIRM, MINE, NEXT_TIME = "confirm", "mine", "next-time"
LASTS = {
    CONFIRM: timedelta(days=2),
    MINE: timedelta(days=550),
    NEXT_TIME: timedelta(days=730),
}
"""How long a token of a purpose opens: beyond the deadline, the course, the wish it is about."""
SALT = "training.signups.links"


def make(purpose: str, key: uuid.UUID) -> str:
    """The token of a link for `purpose`, safe in an address."""
    return signing.TimestampSigner(salt=f"{SALT}.{purpose}").sign(key.hex)


def read(purpose: str, token: str) -> uuid.UUID:
    """The key in a token of `purpose`.

    Raises LinkExpired, or LinkInvalid for everything else that is wrong with it.
    """
    signer = signing.TimestampSigner(salt=f"{SALT}.{purpose}")
    try:
        return uuid.UUID(hex=signer.unsign(token, max_age=LASTS[purpose]))
    except signing.SignatureExpired as fault:
        raise LinkExpired(purpose) from fault
    except (signing.BadSignature, ValueError) as fault:
        raise LinkInvalid(purpose) from fault


def confirm_url(signup: SignUp, language: str) -> str:
    """Where a contact confirms that the address is hers."""
    return _address("signup_confirm", make(CONFIRM, signup.key), language)


def mine_url(signup: SignUp, language: str) -> str:
    """The participant's own page."""
    return _address("signup_mine", make(MINE, signup.key), language)


def next_time_url(wish: NextTime, language: str) -> str:
    """Where a wish to hear of the next time is confirmed and ended."""
    return _address("next_time_mine", make(NEXT_TIME, wish.key), language)


def _address(name: str, token: str, language: str) -> str:
    with translation.override(language if language in LANGUAGES else DEFAULT):
        return absolute(reverse(name, args=[token]))
