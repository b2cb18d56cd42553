"""Terms in SQLite: an FTS5 table, and its vocabulary table that tells where each term stands."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from search.query import QueryTerm

from .database import TABLE, DatabaseEngine, Sql

LOOKUP = f"{TABLE}_lookup"

# CROSS JOIN keeps SQLite from scanning all terms and looking each up in the question.
_MEET = f"""
    SELECT entry.key, asked.word, asked.weight, asked.strong
    FROM (
        SELECT json_extract(value, '$[0]') AS term, json_extract(value, '$[1]') AS word,
               json_extract(value, '$[2]') AS weight, json_extract(value, '$[3]') AS strong
        FROM json_each(%(asked)s)
    ) AS asked
    CROSS JOIN {LOOKUP} lookup ON lookup.term = asked.term
    CROSS JOIN search_entry entry ON entry.id = lookup.doc
    WHERE entry.is_public AND (entry.visible_until IS NULL OR entry.visible_until > %(now)s)
"""


class SQLiteEngine(DatabaseEngine):
    """FTS5 behind the common engine."""

    # Each word is a bit of its own, so the sum of what differs is all of them together.
    all_of = "SUM(DISTINCT {})"
    each_code = "value AS code FROM candidate, JSON_EACH(codes)"
    age = "CAST(JULIANDAY(%(today)s) - JULIANDAY(confirmed) AS INTEGER)"
    later = "JSON_EXTRACT(shown_later, '$.' || %(language)s)"

    def meeting(self, asked: Sequence[QueryTerm]) -> Sql:
        """Look every term up in the vocabulary of the FTS5 table."""
        rows = [[item.term, item.word, item.weight, int(item.strong)] for item in asked]
        return Sql(_MEET, {"asked": json.dumps(rows)})

    def filed(self, codes: Collection[int], column: str = "codes") -> str:
        """One of a JSON list is among them."""
        among = ",".join(map(str, codes))
        return f"EXISTS (SELECT 1 FROM JSON_EACH({column}) WHERE value IN ({among}))"

    def store(self, entry_id: int, terms: Iterable[str], analysis: str) -> None:
        """Replace the terms of an entry."""
        self.forget([entry_id])
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, terms, analysis) VALUES (%s, %s, %s)",
                [entry_id, " ".join(terms), analysis],
            )

    def forget(self, entry_ids: Collection[int]) -> None:
        """Drop the terms of entries."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE rowid IN (SELECT value FROM json_each(%s))",
                [json.dumps(list(entry_ids))],
            )

    def terms_of(self, entry_ids: Collection[int]) -> dict[int, list[str]]:
        """The stored terms of entries."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, terms FROM {TABLE}"
                " WHERE rowid IN (SELECT value FROM json_each(%s))",
                [json.dumps(list(entry_ids))],
            )
            return {entry_id: terms.split() for entry_id, terms in cursor.fetchall()}

    def outdated(self, analysis: str) -> list[int]:
        """Ids of public entries whose terms are missing or of another analysis."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry.id FROM search_entry entry LEFT JOIN {TABLE} terms"
                " ON terms.rowid = entry.id WHERE entry.is_public"
                " AND (terms.analysis IS NULL OR terms.analysis <> %s)",
                [analysis],
            )
            return [entry_id for (entry_id,) in cursor.fetchall()]
