"""Which municipality an address lies in."""

import pytest

from site_core.taxonomy.places import municipality_of, neighbours


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Esimerkkitie 1, 99980 Utsjoki", "890"),
        ("99800 Ivalo", "148"),
        ("Esimerkkitie 1, 00100 Helsinki", None),
        ("Puhelin 998001234", None),
        ("", None),
    ],
)
def test_an_address_lies_where_its_postal_code_is(loaded, address, code):
    assert municipality_of(address) == code


def test_an_unknown_municipality_has_no_neighbours(loaded):
    assert neighbours("999") == []
    assert "148" in neighbours("890")
