"""Which outlines count as touching."""

from site_core.taxonomy.borders import neighbours


def square(code, west, south, *, size=0.1, kind="Polygon"):
    """A square of `size` degrees as a GeoJSON feature."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {"properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates}}


def test_a_shared_border_makes_neighbours():
    found = neighbours([square("a", 26.0, 67.0), square("b", 26.1, 67.0)])
    assert found == {"a": ["b"], "b": ["a"]}


def test_meeting_in_one_corner_counts():
    found = neighbours([square("a", 26.0, 67.0), square("b", 26.1, 67.1)])
    assert found == {"a": ["b"], "b": ["a"]}


def test_a_small_square_against_the_middle_of_a_long_border():
    found = neighbours([square("a", 26.0, 67.0), square("b", 26.1, 67.04, size=0.01)])
    assert found["a"] == ["b"]


def test_the_tolerance_bridges_gaps_of_simplified_outlines():
    # 0.005 degrees of longitude at 67° N are about 217 metres.
    squares = [square("a", 26.0, 67.0), square("b", 26.105, 67.0)]
    assert neighbours(squares, tolerance=300.0)["a"] == ["b"]
    assert neighbours(squares, tolerance=150.0)["a"] == []


def test_multipolygons_count_by_each_of_their_parts():
    far = square("b", 27.0, 67.0, kind="MultiPolygon")
    far["geometry"]["coordinates"] += square("b", 26.1, 67.0, kind="MultiPolygon")["geometry"][
        "coordinates"
    ]
    assert neighbours([square("a", 26.0, 67.0), far])["a"] == ["b"]


def test_a_place_apart_has_none():
    assert neighbours([square("a", 26.0, 67.0), square("b", 28.0, 67.0)]) == {"a": [], "b": []}
