"""Opening hours as an editor fills them in: a few rows of weekdays, and days that differ.

The value turns into the plain data of `site_core.pages.hours`, whose arithmetic also finds
contradictions.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DateBlock,
    ListBlock,
    MultipleChoiceBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TimeBlock,
)

from site_core.pages.entry import marked
from site_core.pages.faults import validate_hours

WEEKDAYS = [
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
]
CLOCK = "%H:%M"


class WeekTimesBlock(StructBlock):
    """One stretch of time and the weekdays that share it."""

    days = MultipleChoiceBlock(
        label=_("Days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    opens = TimeBlock(label=_("From"), format=CLOCK)
    closes = TimeBlock(
        label=_("To"), format=CLOCK, help_text=_("00:00 is midnight at the end of the day.")
    )

    class Meta:
        label = _("Times")
        description = _("Weekdays that share the same times.")
        icon = "time"
        label_format = "{days} {opens} {closes}"
        preview_value = {"days": ["mon", "tue"], "opens": time(9), "closes": time(12)}


class ExceptionBlock(StructBlock):
    """Days on which other hours hold; without times it is closed."""

    first = DateBlock(label=_("First day"))
    last = DateBlock(label=_("Last day"), required=False, help_text=_("Empty: one day only."))
    opens = TimeBlock(label=_("From"), required=False, format=CLOCK)
    closes = TimeBlock(
        label=_("To"), required=False, format=CLOCK, help_text=_("Both empty: closed.")
    )
    note = CharBlock(
        label=_("Reason"), required=False, max_length=100, help_text=_("For example: training day.")
    )

    class Meta:
        label = _("Exception")
        description = _("Days that differ from the week.")
        icon = "date"
        label_format = "{first} {last} {note}"
        preview_value = {"first": "2026-12-24", "note": "Jouluaatto"}

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if (cleaned.get("opens") is None) != (cleaned.get("closes") is None):
            missing = "opens" if cleaned.get("opens") is None else "closes"
            fault = ValidationError(_("Give both times, or neither if it is closed."))
            raise StructBlockValidationError({missing: fault})
        return cleaned


class HoursValue(StructValue):
    def as_hours(self, language: str) -> dict[str, Any] | None:
        """Return the hours as `site_core.pages.hours` reads them, or None when none are given.

        Rows of a draft that lack a day or a time are left out. Notes are in `language`.
        """
        always = bool(self.get("always"))
        weekly = self._weekly()
        exceptions = list(self._exceptions(language))
        if not (always or weekly or exceptions):
            return None
        return {
            "always": always,
            "weekly": weekly,
            "holidays": self.get("holidays") or "closed",
            "exceptions": exceptions,
        }

    def _weekly(self) -> dict[str, list[list[str]]]:
        found: dict[str, list[list[str]]] = defaultdict(list)
        for row in self.get("weekly") or []:
            if row.get("opens") is not None and row.get("closes") is not None:
                for day in row.get("days") or []:
                    found[day].append(_stretch(row))
        return {day: sorted(found[day]) for day, _name in WEEKDAYS if day in found}

    def _exceptions(self, language: str) -> Iterator[dict[str, Any]]:
        """Yield one exception per span of days; rows of the same span are its stretches."""
        spans: dict[tuple[str, str | None], dict[str, Any]] = {}
        for row in self.get("exceptions") or []:
            if row.get("first") is None:
                continue
            first, last = row["first"].isoformat(), row.get("last")
            span = (first, last.isoformat() if last else None)
            fact = spans.setdefault(span, {"date": first, "to": span[1], "times": [], "note": None})
            if row.get("opens") is not None and row.get("closes") is not None:
                fact["times"].append(_stretch(row))
            fact["note"] = fact["note"] or marked(row.get("note") or "", language)
        yield from spans.values()


def _stretch(row: StructValue) -> list[str]:
    return [row["opens"].strftime(CLOCK), row["closes"].strftime(CLOCK)]


class HoursBlock(StructBlock):
    """When somebody answers or a door is open."""

    always = BooleanBlock(
        label=_("Round the clock"),
        required=False,
        help_text=_("Every hour of every day, holidays too."),
    )
    weekly = ListBlock(WeekTimesBlock(), label=_("Week"), default=[])
    holidays = ChoiceBlock(
        label=_("On public holidays"),
        choices=[("closed", _("Closed")), ("open", _("As on other days"))],
        default="closed",
    )
    exceptions = ListBlock(ExceptionBlock(), label=_("Exceptions"), default=[], collapsed=True)

    class Meta:
        label = _("Opening hours")
        description = _("The week, public holidays and days that differ.")
        icon = "time"
        label_format = "{weekly}"
        value_class = HoursValue
        collapsed = True
        preview_value = {
            "always": False,
            "weekly": [{"days": ["mon", "tue", "wed"], "opens": time(9), "closes": time(12)}],
            "holidays": "closed",
            "exceptions": [],
        }

    def clean(self, value: HoursValue) -> HoursValue:
        cleaned = super().clean(value)
        if cleaned.get("always") and cleaned.get("weekly"):
            fault = ValidationError(_("Remove the weekly times, or the mark “Round the clock”."))
            raise StructBlockValidationError({"always": fault})
        try:
            validate_hours(cleaned.as_hours("") or {})
        except ValidationError as fault:
            raise StructBlockValidationError(non_block_errors=[fault]) from fault
        return cleaned
