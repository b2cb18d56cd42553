"""Where municipalities lie, from the table that `labels` keeps in the process."""

import re

from site_core.taxonomy.labels import kept


def seat(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a municipality's centre; None for an unknown code."""
    row = _places().get(code)
    return row[:2] if row else None


def neighbours(code: str) -> list[str]:
    """Codes of the municipalities that share a border with one; none for an unknown code."""
    row = _places().get(code)
    return list(row[2]) if row else []


def municipality_of(address: str) -> str | None:
    """Code of the municipality whose postal code stands in an address; None where none does."""
    codes = kept("Municipality", "postal_codes")
    for found in re.findall(r"\b\d{5}\b", address):
        for municipality, postal_codes in codes.items():
            if found in postal_codes:
                return str(municipality)
    return None


def _places() -> dict[str, tuple[float, float, list[str]]]:
    return kept("Municipality", "seat_lat", "seat_lon", "neighbours")
