"""Count an attempt and say whether it is one too many; forget what is over."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Attempt

SALT = "site_core.throttle"
IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that name a household: its devices change the rest at will."""


def allow(
    action: str, subject: str, *, limit: int, per: timedelta, now: datetime | None = None
) -> bool:
    """Count one more attempt and say whether it is within `limit` for each `per`.

    Stretches of time follow one another from the epoch on, so at a change of stretch twice the
    limit may pass. The row is raised by one conditional UPDATE: of any number of attempts at the
    same moment exactly `limit` pass, on every database. What is refused is not counted. Inside a
    transaction that is rolled back the attempt is forgotten with the rest.
    """
    row, _made = Attempt.objects.get_or_create(
        action=action,
        subject=hashed(action, subject),
        ends_at=_end_of_stretch(now or timezone.now(), per),
    )
    return bool(Attempt.objects.filter(pk=row.pk, count__lt=limit).update(count=F("count") + 1))


def purge(now: datetime | None = None) -> int:
    """Delete the rows of stretches that are over; returns how many there were."""
    deleted, _by_model = Attempt.objects.filter(ends_at__lte=now or timezone.now()).delete()
    return deleted


def hashed(action: str, subject: str) -> str:
    """The keyed hash that stands for a subject of one action: 64 hexadecimal digits."""
    return salted_hmac(f"{SALT}.{action}", subject, algorithm="sha256").hexdigest()


def sender_of(request: HttpRequest) -> str:
    """Who sends a request as far as its address tells: a household, an office, a phone.

    Behind proxies (`PROXIES` says how many are ours) the address is what the outermost of them
    saw; what a client wrote before that is not believed. Never store it, only give it to `allow`.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        address = seen[-min(settings.PROXIES, len(seen))].strip() or address
    try:
        version = ip_address(address).version
    except ValueError:
        return address
    return str(ip_network(f"{address}/{IPV6_HOUSEHOLD}", strict=False)) if version == 6 else address


def _end_of_stretch(now: datetime, per: timedelta) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)
