"""Codes as an app on a phone would show them."""

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

KEY = "3132333435363738393031323334353637383930"


def give_device(person, key: str = KEY) -> TOTPDevice:
    """A phone that has been set up, no code of which has been used."""
    return TOTPDevice.objects.create(user=person, name="code", key=key, confirmed=True)


def code_of(key: str = KEY, *, steps: int = 0) -> str:
    """The code shown now, or some half minutes later."""
    app = TOTP(bytes.fromhex(key))
    app.time = time.time() + steps * app.step
    return f"{app.token():06}"
