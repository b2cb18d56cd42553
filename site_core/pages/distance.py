"""How far apart two places are, along the surface of the Earth."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Final, TypeVar

Place = tuple[float, float]
"""Latitude and longitude in WGS 84 degrees."""

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius of the GRS 80 ellipsoid

Thing = TypeVar("Thing")


def kilometres(one: Place, other: Place) -> float:
    """The great-circle distance by the haversine formula; within half a per cent of the true one.

    As the crow flies: a road is longer, so say so where a number is shown.
    """
    (lat, lon), (lat2, lon2) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))


def nearest(
    origin: Place, places: Iterable[tuple[Thing, Place]], limit: int
) -> list[tuple[Thing, int]]:
    """The things nearest to `origin` with whole kilometres, nearest first, at most `limit`."""
    found = [(thing, kilometres(origin, place)) for thing, place in places]
    found.sort(key=lambda pair: pair[1])
    return [(thing, round(distance)) for thing, distance in found[:limit]]
