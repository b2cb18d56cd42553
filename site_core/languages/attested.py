"""The Sámi words we may use: whole entries seen in a source, each beside the msgid it serves.

`attested.tsv` is the product's own copy of the rows it uses. Nobody on the team speaks a Sámi
language, so nothing is composed or inflected: a msgid without an attested entry stays empty and
falls back. Only the first letter's case may be fitted to the place.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from .registry import SAMI_CODES

TABLE = Path(__file__).with_name("attested.tsv")
# Where the research papers lie beside a checkout; read by checks and tests only.
GLOSSARY = Path(__file__).resolve().parents[3] / "shared" / "data" / "glossary.tsv"


@dataclass(frozen=True, slots=True)
class Attested:
    """The entry of one msgid: words and their sources by language; a language may be missing."""

    msgid: str
    context: str
    key: str
    words: dict[str, str]
    sources: dict[str, str]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a table in tabs without quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def attested(path: Path = TABLE) -> dict[tuple[str, str], Attested]:
    """Every attested entry by msgid and context."""
    return {
        (row["msgid"], row["context"]): Attested(
            row["msgid"],
            row["context"],
            row["key"],
            {code: row[code] for code in SAMI_CODES if row[code]},
            {code: row[f"source_{code}"] for code in SAMI_CODES if row[code]},
        )
        for row in read_rows(path)
    }


def same_entry(word: str, entry: str) -> bool:
    """Whether `word` is `entry` whole, but for the case of its first letter."""
    return word[1:] == entry[1:] and word[:1].lower() == entry[:1].lower()
