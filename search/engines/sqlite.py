"""Terms in SQLite: an FTS5 table, and its vocabulary table that tells where each term stands."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from search.query import QueryTerm

from .base import SearchRequest
from .database import OLD, TABLE, DatabaseEngine, Sql, freshness_of_days

LOOKUP = f"{TABLE}_lookup"

# CROSS JOIN keeps SQLite from scanning all terms and looking each up in the question.
_MEET = f"""
    SELECT entry.key, asked.word, MAX(asked.weight), MAX(asked.strong)
    FROM (
        SELECT json_extract(value, '$[0]') AS term, json_extract(value, '$[1]') AS word,
               json_extract(value, '$[2]') AS weight, json_extract(value, '$[3]') AS strong
        FROM json_each(%s)
    ) AS asked
    CROSS JOIN {LOOKUP} lookup ON lookup.term = asked.term
    CROSS JOIN search_entry entry ON entry.id = lookup.doc
    WHERE entry.is_public AND (entry.visible_until IS NULL OR entry.visible_until > %s)
    GROUP BY entry.key, asked.word
"""


_AGE = "JULIANDAY(%s) - JULIANDAY(COALESCE(entry.last_confirmed, DATE(entry.updated_at)))"


class SQLiteEngine(DatabaseEngine):
    """FTS5 behind the common engine."""

    ids = "GROUP_CONCAT(id)"
    among = "entry_id IN (SELECT value FROM JSON_EACH(%s))"

    def meeting(self, asked: Sequence[QueryTerm]) -> Sql:
        """Look every term up in the vocabulary of the FTS5 table."""
        rows = [[item.term, item.word, item.weight, int(item.strong)] for item in asked]
        return Sql(_MEET, [json.dumps(rows)])

    def listed(self, ids: str) -> str:
        """A JSON list."""
        return f"[{ids}]"

    def freshness_by_day(self, request: SearchRequest) -> Sql:
        """A JSON list with a factor for each day."""
        day = f"MIN(ABS(CAST(COALESCE({_AGE}, {OLD}) AS INTEGER)), {OLD})"
        factors = json.dumps(freshness_of_days())
        return Sql(f"JSON_EXTRACT(%s, '$[' || {day} || ']')", [factors, str(request.now.date())])

    def store(self, entry_id: int, terms: Iterable[str], analysis: str) -> None:
        """Replace the terms of an entry."""
        self.forget(entry_id)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, terms, analysis) VALUES (%s, %s, %s)",
                [entry_id, " ".join(terms), analysis],
            )

    def forget(self, entry_id: int) -> None:
        """Drop the terms of an entry."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [entry_id])

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
