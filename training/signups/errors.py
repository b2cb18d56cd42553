"""Why a sign-up could not go on, in words for the person."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Busy(Exception):  # noqa: N818 - names a state of things, no fault
    """Too many at the same moment, tries included: nothing was done. `words` are for the person."""

    words = _("Many people are signing up right now. Please try again in a moment.")


class Closed(ValidationError):  # noqa: N818 - names a state of things
    """Outside the time in which one can sign up, or cancel."""


class Lapsed(ValidationError):  # noqa: N818 - names a state of things
    """The sign-up is over: cancelled, or not confirmed in time."""
