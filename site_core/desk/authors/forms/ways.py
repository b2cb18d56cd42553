"""How a person gets in touch: two ways at most here, each of one kind with that kind's fields.

The stream of channels may hold more than these show: further ways, hours of several stretches,
costs, buttons of their own. All of that stays as it is. A way is found again by its place among the
ways of these kinds, which is sure because a form opened on another revision is not stored.
"""

from collections.abc import Iterator
from datetime import time
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.blocks.hours import CLOCK, WEEKDAYS
from services.blocks.phone_numbers import validate_phone
from site_core.desk.authors.forms.base import Piece
from site_core.desk.authors.forms.fields import Checks, ClockField, Picks, TextLine
from site_core.taxonomy.labels import choices_of

WAYS: Final = (0, 1)
"""How many ways the form shows; a page may have more."""

KIND_CHOICES = [
    ("phone", gettext_lazy("Calls")),
    ("email", gettext_lazy("Writes an e-mail")),
    ("web_form", gettext_lazy("Fills in a form on your website")),
    ("chat", gettext_lazy("Chats on your website")),
    ("video", gettext_lazy("Joins by video")),
    ("in_person", gettext_lazy("Comes to a place")),
]
FIELDS_OF: Final[dict[str, tuple[str, ...]]] = {
    "phone": ("number",),
    "email": ("address",),
    "web_form": ("url",),
    "chat": ("url",),
    "video": ("url",),
    "in_person": ("street", "postal_code", "town"),
}
"""Fields of each kind that lead somewhere; the first is the one it cannot lack."""

WITH_HOURS: Final = frozenset({"phone", "chat", "video", "in_person"})
KEPT_ACROSS_KINDS: Final = ("note", "hours", "languages", "cost", "anonymous")
HTTPS = "https://"


def _fields_of_way(number: int) -> dict[str, forms.Field]:
    """The fields of one way, by their names in the form."""
    kinds = KIND_CHOICES if number == 0 else [("", gettext_lazy("No other way")), *KIND_CHOICES]
    kind = forms.ChoiceField(
        label=gettext_lazy("What does a person do?"), choices=kinds, widget=Picks
    )
    fields = {"kind": kind, **_where_it_leads(), **_when_and_how()}
    return {f"way{number}_{name}": field for name, field in fields.items()}


def _where_it_leads() -> dict[str, forms.Field]:
    """Fields of which each kind shows its own."""
    return {
        "number": TextLine(
            label=gettext_lazy("Telephone number"),
            help_text=gettext_lazy(
                "The organisation's number, not your own. For example: 016 123 456"
            ),
            max_length=30,
            validators=[validate_phone],
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        ),
        "address": TextLine(
            label=gettext_lazy("E-mail address"),
            help_text=gettext_lazy("For example: info@association.fi"),
            max_length=254,
            validators=[validate_email],
            widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
        ),
        "url": TextLine(
            label=gettext_lazy("Web address"),
            help_text=gettext_lazy("Straight to where one begins. For example: www.association.fi"),
            max_length=500,
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        ),
        "street": TextLine(
            label=gettext_lazy("Street address"),
            help_text=gettext_lazy("For example: Kirkkotie 2"),
            max_length=100,
        ),
        "postal_code": TextLine(
            label=gettext_lazy("Postal code"),
            max_length=5,
            validators=[RegexValidator(r"^\d{5}$", gettext_lazy("A postal code has five digits."))],
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        ),
        "town": TextLine(label=gettext_lazy("Town or village"), max_length=60),
    }


def _when_and_how() -> dict[str, forms.Field]:
    """Fields that kinds share."""
    return {
        "days": forms.MultipleChoiceField(
            label=gettext_lazy("On which days?"),
            help_text=gettext_lazy("Leave empty if there are no fixed hours."),
            choices=WEEKDAYS,
            widget=Checks,
        ),
        "opens": ClockField(label=gettext_lazy("From")),
        "closes": ClockField(label=gettext_lazy("To")),
        "languages": forms.MultipleChoiceField(
            label=gettext_lazy("In which languages?"),
            choices=lambda: choices_of("servicelanguage"),
            widget=Checks,
        ),
        "note": TextLine(
            label=gettext_lazy("Good to know"),
            help_text=gettext_lazy("For example: Leave a message, and we call back."),
            max_length=250,
        ),
    }


class Ways(Piece):
    """The first two ways that these fields can show, in the page's own order."""

    locals().update({name: f for number in WAYS for name, f in _fields_of_way(number).items()})

    def load(self, page: Any) -> dict[str, Any]:
        found, blocks = super().load(page), _blocks(page)
        shown = _shown(blocks)
        self.other_ways = len(blocks) - len(shown)
        found["way0_languages"] = [page.language]
        for number, block in enumerate(shown):
            found |= {f"way{number}_{name}": held for name, held in _as_fields(block).items()}
            if not _is_simple(block["value"].get("hours")):
                self.elsewhere.add(f"way{number}_days")
        return found

    def prepare(self) -> None:
        super().prepare()
        for number in WAYS:
            if f"way{number}_days" in self.elsewhere:
                self.remove(*(f"way{number}_{name}" for name in ("days", "opens", "closes")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in WAYS:
            self._forget_other_kinds(number)
            self._clean_hours(number)
        return cleaned

    def _forget_other_kinds(self, number: int) -> None:
        """Faults in fields of kinds that were not chosen are nobody's business."""
        kind = self.cleaned_data.get(f"way{number}_kind")
        for name in {each for fields in FIELDS_OF.values() for each in fields}:
            if name not in FIELDS_OF.get(kind, ()):
                self._errors.pop(f"way{number}_{name}", None)

    def _clean_hours(self, number: int) -> None:
        days, opens, closes = (self.value(f"way{number}_{n}") for n in ("days", "opens", "closes"))
        faulty = {f"way{number}_{name}" for name in ("opens", "closes")} & set(self._errors)
        if self.value(f"way{number}_kind") not in WITH_HOURS or faulty:
            return
        if days and (opens is None or closes is None):
            missing = "opens" if opens is None else "closes"
            self.add_error(f"way{number}_{missing}", _("Tell the time, or choose no days."))
        elif not days and (opens is not None or closes is not None):
            self.add_error(f"way{number}_days", _("Choose the days to which the times belong."))
        elif days and opens == closes != time(0):
            self.add_error(f"way{number}_closes", _("Opening and closing time must differ."))

    def clean_way0_url(self) -> str:
        return self._address("way0_url")

    def clean_way1_url(self) -> str:
        return self._address("way1_url")

    def _address(self, name: str) -> str:
        """An address as it is stored: people leave out or take over what stands before the name."""
        url = self.cleaned_data[name]
        if not url:
            return ""
        url = HTTPS + url.removeprefix("http://").removeprefix(HTTPS)
        try:
            forms.URLField(assume_scheme="https").clean(url)
        except ValidationError as fault:
            raise ValidationError(_("Write the address as the browser shows it.")) from fault
        return url

    def missing(self) -> list[str]:
        found = super().missing()
        kind = self.text("way0_kind")
        if kind not in FIELDS_OF and not self.other_ways:
            found.append("way0_kind")
        for number in WAYS:
            kind = self.text(f"way{number}_kind")
            for name in ("street", "town") if kind == "in_person" else FIELDS_OF.get(kind, ())[:1]:
                if not self.text(f"way{number}_{name}"):
                    found.append(f"way{number}_{name}")
        return found

    def store(self, page: Any) -> None:
        super().store(page)
        blocks = _blocks(page)
        shown = _shown(blocks)
        for number in WAYS:
            kind = self.text(f"way{number}_kind")
            old = shown[number] if number < len(shown) else None
            if kind in FIELDS_OF:
                new = self._block(number, kind, old)
                if old is None:
                    blocks.append(new)
                else:
                    blocks[blocks.index(old)] = new
            elif old is not None and number > 0:
                blocks.remove(old)
        page.channels = blocks

    def _block(self, number: int, kind: str, old: dict[str, Any] | None) -> dict[str, Any]:
        """The way as the stream keeps it; what the form does not show comes from the old block."""
        held = dict(old["value"]) if old else {}
        same = bool(old) and old["type"] == kind
        value = held if same else {name: held[name] for name in KEPT_ACROSS_KINDS if name in held}
        for name in FIELDS_OF[kind]:
            if name != "url" or self.valid(f"way{number}_url"):
                value[name] = self.text(f"way{number}_{name}")
            else:  # an address that is none could be a script, which a preview would link to
                value.setdefault(name, "")
        value["note"] = self.text(f"way{number}_note")
        if self.valid(f"way{number}_languages"):
            value["languages"] = _languages(self.value(f"way{number}_languages"), held)
        if kind in WITH_HOURS and f"way{number}_days" in self.fields:
            value["hours"] = self._hours(number, held.get("hours"))
        block = {"type": kind, "value": value}
        return block | {"id": old["id"]} if same and old.get("id") else block

    def _hours(self, number: int, old: dict[str, Any] | None) -> dict[str, Any]:
        hours = {"always": False, "holidays": "closed", "exceptions": [], **(old or {})}
        rows = list(_items(hours.get("weekly")))
        row = dict(rows[0]) if rows else {}
        if self.valid(f"way{number}_days"):
            row["days"] = self.value(f"way{number}_days")
        for name in ("opens", "closes"):
            if self.valid(f"way{number}_{name}"):
                clock = self.value(f"way{number}_{name}")
                row[name] = clock.strftime(CLOCK) if clock is not None else None
        told = row.get("days") or row.get("opens") or row.get("closes")
        hours["weekly"] = [_item(row)] if told else []
        return hours


def _blocks(page: Any) -> list[dict[str, Any]]:
    return list(page.channels.get_prep_value()) if page.channels else []


def _shown(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks that the form shows."""
    return [block for block in blocks if block["type"] in FIELDS_OF][: len(WAYS)]


def _items(rows: Any) -> Iterator[dict[str, Any]]:
    """Values of a list block, in either form in which Wagtail keeps them."""
    for row in rows or []:
        yield row["value"] if isinstance(row, dict) and row.get("type") == "item" else row


def _is_simple(hours: dict[str, Any] | None) -> bool:
    """Whether one stretch of time on some weekdays tells the whole week."""
    return not hours or (not hours.get("always") and len(list(_items(hours.get("weekly")))) <= 1)


def _as_fields(block: dict[str, Any]) -> dict[str, Any]:
    value = block["value"]
    rows = list(_items((value.get("hours") or {}).get("weekly")))
    row = rows[0] if len(rows) == 1 else {}
    return {
        "kind": block["type"],
        **{name: value.get(name) or "" for name in FIELDS_OF[block["type"]]},
        "note": value.get("note") or "",
        "languages": [each["code"] for each in _items(value.get("languages"))],
        "days": row.get("days") or [],
        "opens": (row.get("opens") or "")[:5],
        "closes": (row.get("closes") or "")[:5],
    }


def _languages(codes: list[str], held: dict[str, Any]) -> list[dict[str, Any]]:
    """Chosen languages; one that was there keeps what is told about when it is spoken."""
    known = {each["code"]: each for each in _items(held.get("languages"))}
    rows = [known.get(code, {"code": code, "note": ""}) for code in codes]
    return [_item(row) for row in rows]


def _item(value: dict[str, Any]) -> dict[str, Any]:
    """A row of a list block; without an id Wagtail would take the wrapping for the value."""
    return {"type": "item", "value": value, "id": str(uuid4())}
