"""What keeps machines out of a form that anyone may send, without asking people to prove a thing.

A field that people do not see, and the moment the form was opened, signed. Whoever fills the field
or sends the form faster than one can write gets the same thanks as everyone, and nothing is kept.
A form that was open too long comes back with what was typed.
"""

import enum
import re
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core import signing

SALT = "site_core.throttle.forms"
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class Sender(enum.Enum):
    """Who seems to have sent the form."""

    PERSON = "person"
    MACHINE = "machine"
    LATE = "late"


class GuardedForm(forms.Form):
    """A plain form with the two guards. Ask `sender()` before anything else.

    `guarded_action` names the form, so that the sign of one opens no other. Templates include
    `components/guard.html` with the form.
    """

    guarded_action: ClassVar[str] = ""
    shortest: ClassVar[timedelta] = timedelta(seconds=3)
    longest: ClassVar[timedelta] = timedelta(hours=24)

    homepage = forms.CharField(required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def sender(self) -> Sender:
        """Judge a bound form. No sign, a foreign one and one too old count as late."""
        if self._typed("homepage"):
            return Sender.MACHINE
        sign, signer = self._typed("opened"), self._signer()
        try:
            signer.unsign(sign, max_age=self.longest)
        except signing.BadSignature:
            return Sender.LATE
        try:
            signer.unsign(sign, max_age=self.shortest)
        except signing.SignatureExpired:
            return Sender.PERSON
        return Sender.MACHINE

    def sign(self) -> str:
        """What the hidden field holds: the sign that came with the form while it is good."""
        if self.is_bound and self.sender() is not Sender.LATE:
            return self._typed("opened")
        return self._signer().sign(self.guarded_action)

    def _typed(self, name: str) -> str:
        return self.data.get(self.add_prefix(name), "")

    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"{SALT}.{self.guarded_action}")


class WritableCharField(forms.CharField):
    """Text without what no database can store, its line ends as one sign."""

    def to_python(self, value: Any) -> str:
        return super().to_python(writable(value))


def writable(value: Any) -> str:
    """A text as it can be stored: no NUL, no half of a surrogate pair, `\\n` at each line's end."""
    text = _UNWRITABLE.sub("", str(value or ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")
