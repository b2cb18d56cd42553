"""The portal's public service points, as places for a session."""

from dataclasses import dataclass

from django.utils import timezone

from search.models import Entry
from site_core.languages.sorting import sort_key
from site_core.taxonomy.models import Municipality
from training.courses import Session

PLACE_LENGTH = Session._meta.get_field("place").max_length


@dataclass(frozen=True, slots=True)
class Point:
    """A service point: the key of its entry, its name, and the code of its municipality."""

    key: str
    name: str
    municipality: str | None

    def row(self) -> Municipality | None:
        """Its municipality."""
        return Municipality.objects.filter(code=self.municipality).first()


def public_points(language: str) -> dict[str, Point]:
    """All that are public now, by key, named in the language or the best there is: one query."""
    rows = (
        Entry.objects.public(timezone.now())
        .filter(kind="service_point")
        .best_first(language)
        .values_list("key", "title", "facts")
    )
    found: dict[str, Point] = {}
    for key, title, facts in rows:
        places = facts.get("municipalities") or [None]
        found.setdefault(str(key), Point(str(key), title[:PLACE_LENGTH], places[0]))
    by_name = sorted(found.values(), key=lambda point: sort_key(point.name, language))
    return {point.key: point for point in by_name}
