"""The second step of the log-in: a code that changes every half minute (TOTP, RFC 6238).

Whoever works for the portal owes it: administrators and members of a staff group. Everyone else
may set it up, and is then asked for it too. django-otp keeps the secrets and refuses guesses ever
longer; a code passes once. Recovery codes open the door when the phone is lost, each once.
"""

import base64
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import User
from .records import Kind, record

RECOVERY_CODES = 8
DIGITS = 6


def has_duty(user: Any) -> bool:
    """Whether the person works for the portal. No query for the user of a session."""
    if user.is_superuser:
        return True
    known = getattr(user, "is_in_group", None)
    return user.groups.exists() if known is None else known


def has_device(user: Any) -> bool:
    """Whether the second step is set up. No query for the user of a session."""
    known = getattr(user, "has_device", None)
    return _device(user) is not None if known is None else known


def owes(user: Any) -> bool:
    """Whether the person must pass the second step, in this environment."""
    return has_device(user) or (settings.OTP_REQUIRED and has_duty(user))


def prepared(user: User, key: str) -> TOTPDevice:
    """A device with a secret (hexadecimal), stored nowhere yet."""
    return TOTPDevice(user=user, name="code", key=key, digits=DIGITS)


def secret_in_words(device: TOTPDevice) -> str:
    """The secret as one types it into an app: groups of four."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@transaction.atomic
def set_up(user: User, key: str, code: str) -> TOTPDevice | None:
    """Take a new secret into use once a code of it shows that the app has it.

    An older one ends. Returns None where the code is wrong, and nothing has changed.
    """
    User.objects.select_for_update().get(pk=user.pk)
    used = TOTPDevice.objects.filter(user=user, key=key, confirmed=True).first()
    if used is not None:  # sent twice
        return used
    device = prepared(user, key)
    device.confirmed = False
    device.save()
    if not device.verify_token(_plain(code)):
        device.delete()
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    user.has_device = True
    record(Kind.CODE_SET_UP, user, by=user)
    return device


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """New recovery codes, to be shown once; older ones end."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    record(Kind.RECOVERY_MADE, user, by=user)
    return codes


def check(user: User, code: str) -> Device | None:
    """The device that a code opens, or None: wrong, used before, or tried too soon again."""
    code = _plain(code)
    is_from_app = code.isdecimal() and len(code) == DIGITS
    device = _device(user) if is_from_app else StaticDevice.objects.filter(user=user).first()
    passed = verify_token(user, device.persistent_id, code) if device else None
    if passed is None:
        record(Kind.CODE_FAILED, user, by=user)
    else:
        record(Kind.CODE_PASSED if is_from_app else Kind.RECOVERY_USED, user, by=user)
    return passed


def wait_until(user: User) -> datetime | None:
    """When the next code is looked at, after wrong ones; None where it may come now."""
    device = _device(user)
    if device is None:
        return None
    _allowed, why = device.verify_is_allowed()
    until = why and why.get("locked_until")
    return until if until and until > timezone.now() else None


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def take_off(user: User, *, by: User) -> None:
    """Forget the person's secret and recovery codes; she sets up anew at the next log-in.

    An administrator may do it for everyone else, and a person who does not owe the step for
    herself. Raises PermissionDenied. Done twice it changes and records nothing.
    """
    own = by.pk == user.pk and not (settings.OTP_REQUIRED and has_duty(user))
    if not (own or (by.is_active and by.is_superuser and by.pk != user.pk)):
        raise PermissionDenied
    apps, _by_model = TOTPDevice.objects.filter(user=user).delete()
    codes, _by_model = StaticDevice.objects.filter(user=user).delete()
    if apps or codes:
        record(Kind.CODE_RESET, user, by=by)


def _device(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()


def _plain(code: str) -> str:
    return "".join(code.split()).lower()
