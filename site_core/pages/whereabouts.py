"""Where an entry lies: coordinates of its own, or the centre of its municipality."""

from site_core.pages.cards import EntryLike
from site_core.pages.distance import Place
from site_core.taxonomy.places import seat


def whereabouts(entry: EntryLike) -> Place | None:
    """Latitude and longitude; None where neither is known."""
    if entry.facts.get("at"):
        latitude, longitude = entry.facts["at"]
        return latitude, longitude
    codes = entry.facts.get("municipalities") or []
    return seat(codes[0]) if codes else None
