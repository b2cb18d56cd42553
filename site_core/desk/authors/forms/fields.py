"""Fields that take what a tired person types on a phone: "9", "9.30", "klo 9", "1.2.2027"."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_core.throttle.forms import writable

_CLOCK = re.compile(r"(?:klo|kl)?\.?\s*(\d{1,2})(?:[.:]?(\d{2}))?\s*", re.IGNORECASE)


class TextLine(forms.CharField):
    """One line of text without what no database can store."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(writable(value)).split())


class TextLines(forms.CharField):
    """Text of several lines, their ends written one way."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(writable(value))


class OneLiner(TextLine):
    """A short text that may take several lines on the screen and is stored as one."""

    widget = forms.Textarea


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockField(forms.Field):
    """A time of day; 24 is midnight at the end of the day."""

    widget = ClockInput
    default_error_messages = {"invalid": _("Write the time for example as 9.30.")}

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _CLOCK.fullmatch(str(value).strip())
        hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if (hours, minutes) == (24, 0):
            return time(0)
        if hours > 23 or minutes > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hours, minutes)


class DayField(forms.DateField):
    """A day, as the browser's calendar gives it or as people write it."""

    widget = DayInput
    default_error_messages = {"invalid": _("Write the day for example as 24.3.2027.")}

    def __init__(self, **kwargs: Any):
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python("".join(str(value).split()) if isinstance(value, str) else value)
        if day is not None and not 2000 <= day.year <= 2100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class Picks(forms.RadioSelect):
    """Big choices for thumbs, one of which holds."""


class Checks(forms.CheckboxSelectMultiple):
    """Small choices in columns, any of which hold."""


class LongChecks(Checks):
    """The same for choices of several words."""

    is_long = True
