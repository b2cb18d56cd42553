"""What goes wrong in moderation, in words for the person."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Stale(Exception):  # noqa: N818 - names a state of things, no fault
    """Somebody was faster: what the person decides about is not what she saw.

    `str()` gives the message for her.
    """

    def __init__(self, message: str = ""):
        words = _("Somebody else has handled this page meanwhile. Look at it again first.")
        super().__init__(message or words)


class Refused(ValidationError):  # noqa: N818 - what happened to the deed
    """A deed that cannot be done as things stand; its message says why."""
