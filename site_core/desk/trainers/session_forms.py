"""The forms of sessions: when, where, the words to the participants, the link to join."""

from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from site_core.dates import local
from site_core.desk.authors.forms.fields import (
    ClockField,
    DayField,
    Picks,
    TextLine,
)
from site_core.desk.onboarding.forms import CHOOSE, TOO_LONG, DeskForm
from site_core.taxonomy.labels import municipality_choices
from site_core.taxonomy.models import Municipality
from training.courses import Offering, Session

from .forms import note_field, number_field
from .moments import NO_DAY, moment
from .points import PLACE_LENGTH, public_points

REMOTE, AT_POINT, ELSEWHERE = "remote", "point", "place"
ROWS: Final = 6
"""How many sessions can be added at once."""
SHOWN: Final = 2
"""How many of them are shown before one asks for more."""
LINK_LENGTH: Final = 500
NO_START, NO_END = _("Tell when it begins."), _("Tell when it ends.")
BACKWARDS = _("The end must come after the start.")


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a session as its fields hold it."""

    is_remote: bool
    place: str = ""
    municipality: Municipality | None = None
    service_point: UUID | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The same by the names of a session's fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def put(self, session: Session) -> None:
        """Write it to a session in memory."""
        for name, value in self.facts.items():
            setattr(session, name, value)


class PlaceForm(DeskForm):
    """Where sessions are: over a connection, at one of the portal's service points, elsewhere."""

    where = forms.ChoiceField(
        label=_("Where is it?"),
        choices=[
            (REMOTE, _("Over a remote connection")),
            (AT_POINT, _("At a service point of the portal")),
            (ELSEWHERE, _("Somewhere else")),
        ],
        widget=Picks,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    point = forms.ChoiceField(
        label=_("Which service point?"),
        required=False,
        error_messages={"invalid_choice": _("This service point is not public any more.")},
    )
    place = TextLine(
        label=_("Place"),
        help_text=_("For example: Library, Hallituskatu 9, 2nd floor."),
        max_length=PLACE_LENGTH,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    municipality = forms.ChoiceField(
        label=_("Municipality"), required=False, error_messages={"invalid_choice": CHOOSE}
    )

    def __init__(self, data: Any = None, *, session: Session | None = None, **kwargs: Any) -> None:
        initial = {"where": REMOTE, **_place_of(session), **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, auto_id="f-%s", **kwargs)
        language = get_language()
        self.points = public_points(language)
        names = [(point.key, point.name) for point in self.points.values()]
        self.fields["point"].choices = [("", "–"), *names]
        places = [(code, str(name)) for code, name in municipality_choices(language)]
        self.fields["municipality"].choices = [("", "–"), *places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        where = cleaned.get("where")
        if where == AT_POINT and not cleaned.get("point") and "point" not in self.errors:
            self.add_error("point", CHOOSE)
        if where == ELSEWHERE and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Tell the place."))
        if where != AT_POINT:
            self._errors.pop("point", None)
        if where != ELSEWHERE:
            self._errors.pop("place", None)
        return cleaned

    def chosen(self) -> Where:
        """The place; only of a valid form."""
        chosen = self.cleaned_data
        if chosen["where"] == REMOTE:
            return Where(is_remote=True)
        if chosen["where"] == AT_POINT:
            point = self.points[chosen["point"]]
            return Where(False, point.name, point.row(), UUID(point.key))
        code = chosen["municipality"]
        row = Municipality.objects.filter(code=code).first() if code else None
        return Where(False, chosen["place"], row)

    def add_span(self, day: str, starts: str, ends: str) -> tuple[datetime, datetime] | None:
        """The moments that three fields tell, None after telling what is wrong with them.

        Midnight as the end is that of the next night.
        """
        if self.errors.keys() & {day, starts, ends}:
            return None
        told = {name: self.cleaned_data.get(name) for name in (day, starts, ends)}
        for name, words in ((day, NO_DAY), (starts, NO_START), (ends, NO_END)):
            if told[name] is None:
                self.add_error(name, words)
        if self.errors.keys() & told.keys():
            return None
        begins = self._moment(told[day], told[starts], starts)
        last = told[day] + timedelta(days=told[ends] == time(0))
        finishes = self._moment(last, told[ends], ends)
        if begins is None or finishes is None:
            return None
        if finishes <= begins:
            self.add_error(ends, BACKWARDS)
            return None
        return begins, finishes

    def _moment(self, day: Any, clock: Any, name: str) -> datetime | None:
        try:
            return moment(day, clock)
        except ValidationError as fault:
            self.add_error(name, fault)
            return None


class SessionsForm(PlaceForm):
    """Several new sessions at one place: rows of day, start and end, the empty ones left out.

    One that the group has at that time already is refused, so a form sent twice does no harm.
    """

    def __init__(self, data: Any = None, *, offering: Offering) -> None:
        super().__init__(data, session=offering.sessions.last())
        self.offering = offering
        for number in range(ROWS):
            self.fields[f"day_{number}"] = DayField(label=_("Day"), required=False)
            self.fields[f"starts_{number}"] = ClockField(label=_("Begins"), required=False)
            self.fields[f"ends_{number}"] = ClockField(label=_("Ends"), required=False)

    @property
    def rows(self) -> dict[str, Any]:
        """Number and fields of each session: `first`, and `more`, of which some may be `told`."""
        rows = [(at + 1, [self[name] for name in _names(at)]) for at in range(ROWS)]
        told = any(field.data for _number, row in rows[SHOWN:] for field in row)
        return {"first": rows[:SHOWN], "more": rows[SHOWN:], "told": told}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.spans: list[tuple[datetime, datetime]] = []
        held = set(self.offering.sessions.held().values_list("starts_at", flat=True))
        told = [
            names for names in map(_names, range(ROWS)) if any(self[name].data for name in names)
        ]
        for names in told or [_names(0)]:
            span = self.add_span(*names)
            if span and span[0] in held:
                self.add_error(names[0], _("The group has a session at this time already."))
            elif span:
                held.add(span[0])
                self.spans.append(span)
        return cleaned

    def made(self) -> list[Session]:
        """The sessions, not stored and in no group yet; only of a valid form."""
        found, where = [], self.chosen()
        for starts, ends in self.spans:
            session = Session(starts_at=starts, ends_at=ends)
            where.put(session)
            found.append(session)
        return found


class SessionForm(PlaceForm):
    """One session that is there: when and where, and what the participants are told of a move."""

    day = DayField(label=_("Day"), required=False)
    starts = ClockField(label=_("Begins"), required=False)
    ends = ClockField(label=_("Ends"), required=False)
    note = note_field()

    def __init__(self, data: Any = None, *, session: Session, **kwargs: Any) -> None:
        starts, ends = local(session.starts_at), local(session.ends_at)
        initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
        super().__init__(data, session=session, initial=initial, **kwargs)
        if session.service_point and str(session.service_point) not in self.points:
            # a point that went off the portal stays the place until another one is chosen
            self.initial |= {"where": ELSEWHERE}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.span = self.add_span("day", "starts", "ends")
        return cleaned


class JoinLinkForm(DeskForm):
    """Where a remote session is joined, and from when participants see it."""

    address = forms.CharField(
        label=_("Link to join"),
        help_text=_("Begins with https://. Only those who have a place see it."),
        max_length=LINK_LENGTH,
        validators=[URLValidator(schemes=["https"], message=_("Write the whole link."))],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the whole link."), "max_length": TOO_LONG},
    )
    shown_before = number_field(
        _("Shown so many minutes before"), _("For example 60."), least=5, most=7 * 24 * 60
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="f-%s")

    def clean_shown_before(self) -> int:
        return self.cleaned_data["shown_before"] or 60


def _names(number: int) -> tuple[str, str, str]:
    return f"day_{number}", f"starts_{number}", f"ends_{number}"


def _place_of(session: Session | None) -> dict[str, Any]:
    """Initial values of the fields of a place."""
    if session is None or session.is_remote:
        return {}
    return {
        "where": AT_POINT if session.service_point else ELSEWHERE,
        "point": str(session.service_point or ""),
        "place": session.place,
        "municipality": session.municipality.code if session.municipality else "",
    }
