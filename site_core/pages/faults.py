"""Words for editors about faults that the pure modules find, and validators that speak them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_core.pages import hours, recurrence

HOURS_FAULTS = {
    hours.Fault.NOT_A_TIME: _("Write times as hours and minutes, from 00:00 to 24:00."),
    hours.Fault.NO_LENGTH: _("Opening and closing time must differ."),
    hours.Fault.OVERLAP: _("The opening hours of one day overlap."),
    hours.Fault.EXCEPTION_BACKWARDS: _("An exception must not end before it begins."),
}

RECURRENCE_FAULTS = {
    recurrence.Fault.ENDS_BEFORE_START: _("The end must be after the start."),
    recurrence.Fault.NOT_A_RULE: _("This is not a rule of repetition that the portal understands."),
    recurrence.Fault.TOO_DENSE: _("Repeat at most once a day."),
    recurrence.Fault.ENDLESS: _("Say when the repetition ends: a last day or a number of times."),
    recurrence.Fault.TOO_LONG: _("Repeat at most 1000 times, within five years."),
    recurrence.Fault.OVERLAP: _("One occurrence lasts into the next."),
    recurrence.Fault.START_OFF_RULE: _("The first occurrence does not follow the rule."),
}


def validate_hours(value: Mapping[str, Any]) -> None:
    """Raise ValidationError in the editor's language if the hours contradict themselves."""
    if fault := hours.find_fault(value):
        raise ValidationError(HOURS_FAULTS[fault], code=fault)


def validate_recurrence(starts: datetime, ends: datetime, rule: str) -> None:
    """Raise ValidationError in the editor's language if the recurrence is refused."""
    try:
        recurrence.check(recurrence.Recurrence(starts, ends, rule))
    except recurrence.RecurrenceError as error:
        raise ValidationError(RECURRENCE_FAULTS[error.fault], code=error.fault) from error
