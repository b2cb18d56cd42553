"""Short notations of the demo content turned into the JSON of stream fields."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from site_core.demo.moments import day

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = "24/7"
STRETCH = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? (\d{1,2}\.\d\d)-(\d{1,2}\.\d\d)")
DEVICES = {
    "any": {
        "fi": "Puhelin, tabletti tai tietokone",
        "sv": "Telefon, pekplatta eller dator",
    },
    "computer": {"fi": "Tietokone", "sv": "Dator"},
}
ADDRESS = {"phone": "number", "sms": "number", "home_visit": "number", "email": "address"}
"""The field that holds a channel's value, where it is no web address."""
AS_THEY_ARE = ("anonymous", "sign_in", "name")
WORDS = ("label", "note", "cost", "name")


def body(lines: Iterable[str], key: UUID) -> list[dict[str, Any]]:
    """Blocks of a body: `## ` begins a heading, `- ` an item of a list, all else is a paragraph."""
    blocks = []
    for is_heading, group in groupby(lines, key=lambda line: line.startswith("## ")):
        if is_heading:
            blocks += [("heading", {"text": line[3:], "level": "h2"}) for line in group]
        else:
            blocks.append(("paragraph", _rich(group)))
    return [
        {"type": kind, "value": value, "id": str(uuid5(key, f"body {index}"))}
        for index, (kind, value) in enumerate(blocks)
    ]


def _rich(lines: Iterable[str]) -> str:
    html = ""
    for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")):
        if is_list:
            html += "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in group) + "</ul>"
        else:
            html += "".join(f"<p>{escape(line)}</p>" for line in group)
    return html


def channels(
    given: Iterable[Mapping[str, Any]],
    key: UUID,
    *,
    language: str,
    words: Iterable[Mapping[str, Any]] = (),
    languages: Iterable[tuple[str, str]] = (),
    forms: Mapping[str, int] | None = None,
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Blocks of a service's channels.

    `words` are the channels' texts in another language, in the same order. `languages` are those of
    the service, for channels that name none. `forms` are the documents by title. Days that differ
    from the week are counted from `today`; without it they are left out.
    """
    translated = list(words)
    return [
        {
            "type": channel["kind"],
            "id": str(uuid5(key, f"channel {index}")),
            "value": _channel(
                channel,
                translated[index] if translated else None,
                language=language,
                languages=languages,
                forms=forms or {},
                today=today,
            ),
        }
        for index, channel in enumerate(given)
    ]


def _channel(
    channel: Mapping[str, Any],
    words: Mapping[str, Any] | None,
    *,
    language: str,
    languages: Iterable[tuple[str, str]],
    forms: Mapping[str, int],
    today: date | None,
) -> dict[str, Any]:
    texts = channel if words is None else words
    value = {name: channel[name] for name in AS_THEY_ARE if name in channel}
    value |= {name: texts[name] for name in WORDS if name in texts}
    if "value" in channel:
        value[ADDRESS.get(channel["kind"], "url")] = channel["value"]
    if "address" in channel:
        value |= channel["address"]
    if "form" in channel:
        value["form"] = forms[channel["form"]]
    if "hours" in channel:
        value["hours"] = hours(channel["hours"])
    if "except" in channel and today is not None:
        reasons = [row["note"] for row in channel["except"]] if words is None else words["except"]
        value["hours"]["exceptions"] = list(exceptions(channel["except"], reasons, today))
    if "device" in channel:
        value["device"] = DEVICES[channel["device"]][language]
    notes = None if words is None else words.get("language_notes", {})
    value["languages"] = [
        _item({"code": code, "note": note if notes is None else notes.get(code, "")})
        for code, note in channel.get("languages", languages)
    ]
    return value


def contacts(organisation: Mapping[str, Any], key: UUID) -> list[dict[str, Any]]:
    """Blocks of an organisation's own telephone number and e-mail address."""
    given = [{"kind": kind, "value": organisation[kind]} for kind in ("phone", "email")]
    spoken = [(code, "") for code in organisation["languages"]]
    return channels(given, key, language="", languages=spoken)


def hours(text: str) -> dict[str, Any]:
    """Opening hours: `24/7`, or `mon-fri 9.00-15.00, wed 17.00-19.30`. ValueError for others."""
    if text == ALWAYS:
        return {"always": True, "holidays": "open", "weekly": [], "exceptions": []}
    weekly = []
    for part in text.split(", "):
        found = STRETCH.fullmatch(part)
        if found is None:
            raise ValueError(f"not opening hours: {part!r}")
        first, last, opens, closes = found.groups()
        days = WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last or first) + 1]
        weekly.append(_item({"days": list(days), "opens": _clock(opens), "closes": _clock(closes)}))
    open_daily = any("sun" in row["value"]["days"] for row in weekly)
    return {
        "always": False,
        "holidays": "open" if open_daily else "closed",
        "weekly": weekly,
        "exceptions": [],
    }


def exceptions(
    given: Iterable[Mapping[str, Any]], reasons: Iterable[str], today: date
) -> Iterator[dict[str, Any]]:
    """Days with other `hours` such as `9.00-12.00`, or closed where none are given."""
    for row, reason in zip(given, reasons, strict=True):
        first = day(today, row["in_days"])
        opens, _, closes = row.get("hours", "").partition("-")
        yield _item(
            {
                "first": first.isoformat(),
                "last": None,
                "opens": _clock(opens) if opens else None,
                "closes": _clock(closes) if closes else None,
                "note": reason,
            }
        )


def _clock(text: str) -> str:
    """A time such as `9.30` as the blocks store it; 24.00 is midnight."""
    hour, minute = text.split(".")
    return f"{int(hour) % 24:02}:{minute}"


def _item(value: dict[str, Any]) -> dict[str, Any]:
    """A list item as Wagtail stores it; without an id it would take the wrapper for the value."""
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_OID, repr(value)))}
