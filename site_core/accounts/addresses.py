"""What stands for the address of who logs in, where an address must be stored."""

import hashlib
from ipaddress import IPv6Address

from django.http import HttpRequest

from site_core.throttle.actions import hashed, sender_of

ACTION = "log-in"
UNIQUE_LOCAL = 0xFD << 120
"""Addresses of this kind are nobody's on the Internet (RFC 4193)."""


def stand_in(request: HttpRequest) -> str:
    """An address in place of the sender's: the same for the same household, telling nothing.

    django-axes stores it in a column that takes addresses only. It is a keyed hash, of what the
    outermost proxy of ours saw, so it cannot be turned back without the SECRET_KEY.
    """
    digest = hashlib.sha256(hashed(ACTION, sender_of(request)).encode()).digest()
    return str(IPv6Address(UNIQUE_LOCAL | int.from_bytes(digest[:15])))
