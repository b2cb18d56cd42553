"""Signed links that one sends to a person: for one purpose, for a time, and dead once used.

A link holds the key of a row and the version the row had when the link was made, signed with the
purpose. Whoever acts on a link compares the version and raises it in the same transaction, so a
used link, and every older one, is stale. The token tells nothing and gives no right by itself: a
GET shows, a POST acts.
"""

from datetime import timedelta

from django.core import signing

SALT = "site_core.accounts.links"


class LinkError(Exception):
    """The link cannot be used."""


class LinkExpired(LinkError):  # noqa: N818
    """The link was good and is too old."""


class LinkInvalid(LinkError):  # noqa: N818
    """The link was cut, changed, or made for something else."""


def make_link(purpose: str, pk: int, version: int | str) -> str:
    """The token of a link, safe in an address. `version` is what the row shows now."""
    return signing.dumps([pk, version], salt=f"{SALT}.{purpose}")


def read_link(purpose: str, token: str, max_age: timedelta) -> tuple[int, int | str]:
    """The key and version in a token made for `purpose` within `max_age`.

    Raises LinkExpired, or LinkInvalid for everything else that is wrong with it. The caller
    compares the version with the row's.
    """
    try:
        pk, version = signing.loads(token, salt=f"{SALT}.{purpose}", max_age=max_age)
    except signing.SignatureExpired as fault:
        raise LinkExpired(purpose) from fault
    except (signing.BadSignature, ValueError) as fault:
        raise LinkInvalid(purpose) from fault
    return pk, version
