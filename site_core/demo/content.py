"""The demo content as it lies in `content/`, and the keys by which it is found again.

One file per organisation with its services and service points; trainings and news in a file each.
Texts are Finnish at the top, with Swedish under `sv`; under `se`, `smn` and `sms` stands nothing
but whole entries of an attested glossary. Dates are days from the day of seeding. docs/demo.md
tells the format.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from site_core.organisations.business_id import check_digit

FOLDER = Path(__file__).parent / "content"
NAMESPACE = UUID("5d0c0f5e-94a0-4c0e-8f53-6b1a4a4f2f19")
SAMI = ("se", "smn", "sms")
TRANSLATIONS = ("sv", *SAMI)
PORTAL = "portal"
"""Stands for the portal's own organisation where a news item names who publishes it."""

DEMO_IDS_FROM = 9_900_000
"""Business ids from here up are invented: none so high has been given to anyone."""

Data = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """All of it, in the order in which it is made."""

    organisations: tuple[Data, ...]
    trainings: tuple[Data, ...]
    news: tuple[Data, ...]
    reviews: Data

    def of(self, organisation: str) -> tuple[tuple[Data, ...], tuple[Data, ...]]:
        """The trainings and the news of an organisation, by its key."""
        return (
            tuple(each for each in self.trainings if each["organisation"] == organisation),
            tuple(each for each in self.news if each["organisation"] == organisation),
        )


@cache
def load() -> Content:
    """Read the files; they are part of the program and do not change while it runs."""
    organisations = [_read(path) for path in sorted((FOLDER / "organisations").glob("*.json"))]
    return Content(
        organisations=tuple(organisations),
        trainings=tuple(_read(FOLDER / "trainings.json")),
        news=tuple(_read(FOLDER / "news.json")),
        reviews=_read(FOLDER / "reviews.json"),
    )


def key_of(kind: str, name: str) -> UUID:
    """The translation key of a page of the demo: the same on every machine and every run."""
    return uuid5(NAMESPACE, f"{kind}/{name}")


def page_keys() -> list[UUID]:
    """Translation keys of all pages of the demo."""
    content = load()
    services = [service["key"] for each in content.organisations for service in each["services"]]
    services += [service["key"] for service in content.reviews["new"]]
    points = [point["key"] for each in content.organisations for point in each.get("points", ())]
    named = {
        "organisation": [each["key"] for each in content.organisations],
        "service": services,
        "point": points,
        "training": [each["key"] for each in content.trainings],
        "news": [each["key"] for each in content.news],
    }
    return [key_of(kind, name) for kind, names in named.items() for name in names]


def business_id(organisation: Data) -> str:
    """The id as given (a municipality's own, public) or made from the demo number; maybe empty.

    Numbers whose check digit would be the one that is never issued are passed over.
    """
    if "demo_number" not in organisation:
        return organisation.get("business_id", "")
    number, left = DEMO_IDS_FROM, organisation["demo_number"]
    while True:
        digit = check_digit(str(number))
        left -= digit is not None
        if not left:
            return f"{number}-{digit}"
        number += 1


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
