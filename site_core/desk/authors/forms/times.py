"""When an activity or a task takes place: one time, once or repeated by a plain rule."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.service_page import Occurrence, ServicePage
from site_core.dates import HELSINKI, local
from site_core.desk.authors.forms.base import Piece
from site_core.desk.authors.forms.fields import ClockField, DayField, Picks
from site_core.pages import recurrence
from site_core.pages.faults import validate_recurrence

DAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONCE, WEEKLY, FORTNIGHTLY, MONTHLY = "once", "weekly", "fortnightly", "monthly"
REPEATS = [
    (ONCE, gettext_lazy("Once only")),
    (WEEKLY, gettext_lazy("Every week")),
    (FORTNIGHTLY, gettext_lazy("Every second week")),
    (MONTHLY, gettext_lazy("Once a month, on the same weekday")),
]
COMING_SHOWN: Final = 4
_UNTIL = re.compile(r"UNTIL=(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")


class Times(Piece):
    day = DayField(label=gettext_lazy("Day, the first one if it repeats"))
    starts = ClockField(label=gettext_lazy("Begins"))
    ends = ClockField(label=gettext_lazy("Ends"))
    repeats = forms.ChoiceField(
        label=gettext_lazy("Does it repeat?"), choices=REPEATS, widget=Picks
    )
    until = DayField(
        label=gettext_lazy("Last day, if it repeats"),
        help_text=gettext_lazy("At most five years on. You can add more later."),
    )

    def load(self, page: Any) -> dict[str, Any]:
        found = super().load(page)
        rows = list(page.occurrences.all())
        shown = as_fields(rows[0]) if rows else {"repeats": ONCE}
        if len(rows) > 1 or shown is None:
            self.elsewhere.add("day")
            return found
        return found | shown

    def prepare(self) -> None:
        super().prepare()
        if "day" in self.elsewhere:
            self.remove("day", "starts", "ends", "repeats", "until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "day" not in self.fields or self._told_nothing() or self._faults():
            return cleaned
        for name, words in (
            ("day", _("Tell the day.")),
            ("starts", _("Tell when it begins.")),
            ("ends", _("Tell when it ends.")),
        ):
            if cleaned.get(name) is None:
                self.add_error(name, words)
        if self._repeats() != ONCE and not cleaned.get("until"):
            self.add_error("until", _("Tell the last day, for example the end of the season."))
        if not self._faults():
            self._check()
        return cleaned

    def missing(self) -> list[str]:
        if "day" not in self.fields or self.kind.code != "activity":
            return super().missing()
        empty = [name for name in ("day", "starts", "ends") if not self[name].data]
        return super().missing() + empty

    def store(self, page: Any) -> None:
        """A time is kept once it is whole; an activity that happens once is an event."""
        super().store(page)
        if "day" not in self.fields or self._faults():
            return
        if self._told_nothing():
            page.occurrences.set([])
        else:
            rows = list(page.occurrences.all())
            row = rows[0] if rows else Occurrence()
            row.starts_at, row.ends_at, row.rule = self._moments()
            page.occurrences.set([row])
        if self.kind.code == "activity":
            kinds = ServicePage.Kind
            once = self._repeats() == ONCE and not self._told_nothing()
            page.kind = kinds.EVENT if once else kinds.ACTIVITY

    def _repeats(self) -> str:
        return self.value("repeats") or ONCE

    def _faults(self) -> set[str]:
        return {"day", "starts", "ends", "repeats", "until"} & set(self._errors)

    def _told_nothing(self) -> bool:
        return not any(self[name].data for name in ("day", "starts", "ends", "until"))

    def _moments(self) -> tuple[datetime, datetime, str]:
        day, until = self.value("day"), self.value("until")
        starts = datetime.combine(day, self.value("starts"), HELSINKI)
        ends = datetime.combine(day, self.value("ends"), HELSINKI)
        if ends <= starts and ends.time() == datetime.min.time():
            ends += timedelta(days=1)
        return starts, ends, rule_of(self._repeats(), day, until)

    def _check(self) -> None:
        starts, ends, rule = self._moments()
        if ends <= starts:
            self.add_error("ends", _("The end must come after the start."))
            return
        if rule and self.value("until") < self.value("day"):
            self.add_error("until", _("The last day must not come before the first."))
            return
        try:
            validate_recurrence(starts, ends, rule)
        except ValidationError as fault:
            self.add_error("until" if rule else "ends", fault)


def rule_of(repeats: str, day: date, until: date | None) -> str:
    """The rule of RFC 5545 for a choice; a month's is by weekday: the second Tuesday, the last."""
    if repeats == ONCE or until is None:
        return ""
    end = f"UNTIL={until:%Y%m%d}"
    if repeats == WEEKLY:
        return f"FREQ=WEEKLY;{end}"
    if repeats == FORTNIGHTLY:
        return f"FREQ=WEEKLY;INTERVAL=2;{end}"
    return f"FREQ=MONTHLY;BYDAY={_nth(day)};{end}"


def as_fields(row: Occurrence) -> dict[str, Any] | None:
    """The fields that tell this time, or None where its rule says more than they can."""
    starts, ends = local(row.starts_at), local(row.ends_at)
    fields = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    if not row.rule:
        return fields | {"repeats": ONCE}
    found = _UNTIL.search(row.rule.upper())
    if found is None:
        return None
    until = date(*map(int, found.groups()))
    plain = row.rule.replace("+", "").upper().split(";")
    parts = {part for part in plain if part and not part.startswith("UNTIL=")}
    parts -= {"INTERVAL=1", f"BYDAY={DAY_CODES[starts.weekday()]}", "WKST=MO"}
    for repeats, wanted in (
        (WEEKLY, {"FREQ=WEEKLY"}),
        (FORTNIGHTLY, {"FREQ=WEEKLY", "INTERVAL=2"}),
        (MONTHLY, {"FREQ=MONTHLY", f"BYDAY={_nth(starts.date())}".replace("+", "")}),
    ):
        if parts == wanted:
            return fields | {"repeats": repeats, "until": until}
    return None


def coming(page: Any, now: datetime | None = None) -> list[recurrence.Occurrence]:
    """The next few times of a page's draft, soonest first; none where a rule is refused."""
    now = now or timezone.now()
    horizon = now + timedelta(days=366)
    found: list[recurrence.Occurrence] = []
    for row in page.occurrences.all():
        try:
            found += recurrence.occurrences(row.recurrence, now, horizon, COMING_SHOWN)
        except recurrence.RecurrenceError:
            continue
    return sorted(found, key=lambda each: each.starts)[:COMING_SHOWN]


def _nth(day: date) -> str:
    """The weekday's place in its month; a fifth one is the last, which every month has."""
    number = (day.day - 1) // 7 + 1
    return f"{'-1' if number == 5 else f'+{number}'}{DAY_CODES[day.weekday()]}"
