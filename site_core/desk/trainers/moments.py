"""A moment typed as a day and a time by the clock of Finland, and as such checked."""

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_core.dates import HELSINKI, is_shown, local
from site_core.desk.authors.forms.fields import ClockField, DayField
from site_core.desk.onboarding.forms import DeskForm

NO_SUCH_TIME = _("There is no such time that day: the clocks go forward then. Choose another one.")
NO_DAY = _("Tell the day.")


def moment(day: date, clock: time) -> datetime:
    """The moment when clocks in Finland show this; of two, the first.

    Raises ValidationError for a time that the clocks leave out.
    """
    found = datetime.combine(day, clock, HELSINKI)
    if not is_shown(found):
        raise ValidationError(NO_SUCH_TIME, code="gap")
    return found.astimezone(UTC)


def as_day_and_clock(name: str, found: datetime | None) -> dict[str, Any]:
    """Initial values of the pair of fields that tell a moment."""
    if found is None:
        return {}
    at = local(found)
    return {f"{name}_day": at.date(), f"{name}_clock": at.time()}


class MomentsForm(DeskForm):
    """A form with moments that may be left empty, each as fields `<name>_day` and `<name>_clock`.

    `MOMENTS` names them, with the time that holds where only the day is told.
    """

    MOMENTS: ClassVar[dict[str, time]] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, usual in self.MOMENTS.items():
            cleaned[name] = self._moment(name, usual)
        return cleaned

    def _moment(self, name: str, usual: time) -> datetime | None:
        day_name, clock_name = f"{name}_day", f"{name}_clock"
        if self.errors.keys() & {day_name, clock_name}:
            return None
        day, clock = self.cleaned_data.get(day_name), self.cleaned_data.get(clock_name)
        if day is None:
            if clock is not None:
                self.add_error(day_name, NO_DAY)
            return None
        try:
            return moment(day, usual if clock is None else clock)
        except ValidationError as fault:
            self.add_error(clock_name, fault)
            return None


def day_field(label: Any, help_text: Any = "") -> DayField:
    return DayField(label=label, help_text=help_text, required=False)


def clock_field(label: Any, help_text: Any = "") -> ClockField:
    return ClockField(label=label, help_text=help_text, required=False)
