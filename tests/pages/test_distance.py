"""How far apart places are."""

import pytest

from site_core.pages.distance import kilometres, nearest

HELSINKI, ROVANIEMI = (60.1699, 24.9384), (66.5039, 25.7294)
IVALO, UTSJOKI = (68.66, 27.539), (69.9079, 27.0267)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # One degree of latitude on a sphere of the mean radius.
        ((66.0, 25.0), (67.0, 25.0), 111.195),
        # At 60 degrees a degree of longitude is half of one at the equator.
        ((60.0, 25.0), (60.0, 26.0), 55.597),
        # Half the way round: the antipode.
        ((0.0, 0.0), (0.0, 180.0), 20015.1),
    ],
)
def test_kilometres_along_the_earth(one, other, expected):
    assert kilometres(one, other) == pytest.approx(expected, rel=1e-4)


def test_the_distance_is_the_same_both_ways_and_none_to_itself():
    assert kilometres(HELSINKI, ROVANIEMI) == kilometres(ROVANIEMI, HELSINKI)
    assert kilometres(UTSJOKI, UTSJOKI) == 0


def test_the_nearest_come_first_in_whole_kilometres():
    places = [("Helsinki", HELSINKI), ("Ivalo", IVALO), ("Rovaniemi", ROVANIEMI)]
    assert nearest(UTSJOKI, places, 2) == [("Ivalo", 140), ("Rovaniemi", 382)]
