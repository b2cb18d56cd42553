"""Which municipalities share a border, worked out from their outlines.

The result is kept in ``data/municipalities.json``; this module is how it was made and how a test
makes it again.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

Point = tuple[float, float]

TOLERANCE_METRES = 500.0
METRES_PER_DEGREE = 111_320.0


def neighbours(
    features: Iterable[Mapping[str, Any]], *, tolerance: float = TOLERANCE_METRES
) -> dict[str, list[str]]:
    """For each municipality the sorted codes of those whose border touches its own.

    ``features`` are GeoJSON features (Polygon or MultiPolygon, WGS 84 degrees) with
    ``properties.code``. Two municipalities touch when a vertex of one border lies within
    ``tolerance`` metres of the other border. Outlines simplified to 1:4,500,000 cannot tell a
    corner from a border of a few kilometres, so meeting in one point counts: to a resident both
    are next door.
    """
    borders = {
        feature["properties"]["code"]: list(_rings(feature["geometry"])) for feature in features
    }
    found: dict[str, set[str]] = {code: set() for code in borders}
    codes = sorted(borders)
    for index, code in enumerate(codes):
        for other in codes[index + 1 :]:
            if _touch(borders[code], borders[other], tolerance):
                found[code].add(other)
                found[other].add(code)
    return {code: sorted(others) for code, others in found.items()}


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[Point]]:
    """Each outline of a polygon as points in metres, on a plane good enough for nearness."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        for ring in polygon:
            yield [_metres(longitude, latitude) for longitude, latitude in ring]


def _metres(longitude: float, latitude: float) -> Point:
    """A point on a sinusoidal plane centred on 26° E, in metres."""
    scale = cos(radians(latitude)) * METRES_PER_DEGREE
    return (longitude - 26.0) * scale, latitude * METRES_PER_DEGREE


def _touch(one: list[list[Point]], other: list[list[Point]], tolerance: float) -> bool:
    return _reaches(one, other, tolerance) or _reaches(other, one, tolerance)


def _reaches(vertices: list[list[Point]], outlines: list[list[Point]], tolerance: float) -> bool:
    """Whether a vertex of the first lies within the tolerance of an edge of the second."""
    return any(
        _distance(point, start, end) <= tolerance
        for outline in outlines
        for start, end in pairwise(outline)
        for ring in vertices
        for point in ring
    )


def _distance(point: Point, start: Point, end: Point) -> float:
    """Metres from a point to the nearest place of a straight edge."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return hypot(x - x1 - along * dx, y - y1 - along * dy)
