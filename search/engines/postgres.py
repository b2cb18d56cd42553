"""Terms in PostgreSQL: a tsvector per entry under a GIN index, made by us and not by its parser."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from search.query import QueryTerm

from .database import TABLE, DatabaseEngine

_MEET = f"""
    SELECT entry.key, asked.word, MAX(asked.weight), BOOL_OR(asked.strong)
    FROM UNNEST(%s::tsquery[], %s::int[], %s::float8[], %s::bool[])
         AS asked (term, word, weight, strong)
    JOIN {TABLE} stored ON stored.terms @@ asked.term
    JOIN search_entry entry ON entry.id = stored.entry_id
    WHERE entry.is_public AND (entry.visible_until IS NULL OR entry.visible_until > %s)
    GROUP BY entry.key, asked.word
"""


class PostgresEngine(DatabaseEngine):
    """A tsvector column behind the common engine."""

    def meeting_sql(self, asked: list[QueryTerm]) -> tuple[str, list[object]]:
        """Meet every term through the GIN index; a term is one quoted word, never an expression."""
        return _MEET, [
            [_quoted(item.term) for item in asked],
            [item.word for item in asked],
            [item.weight for item in asked],
            [item.strong for item in asked],
        ]

    def store(self, entry_id: int, terms: Iterable[str], analysis: str) -> None:
        """Replace the terms of an entry."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (entry_id, terms, analysis) VALUES (%s, %s::tsvector, %s)"
                " ON CONFLICT (entry_id) DO UPDATE"
                " SET terms = EXCLUDED.terms, analysis = EXCLUDED.analysis",
                [entry_id, " ".join(map(_quoted, terms)), analysis],
            )

    def forget(self, entry_id: int) -> None:
        """Drop the terms of an entry."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = %s", [entry_id])

    def terms_of(self, entry_ids: Collection[int]) -> dict[int, list[str]]:
        """The stored terms of entries."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry_id, tsvector_to_array(terms) FROM {TABLE} WHERE entry_id = ANY(%s)",
                [list(entry_ids)],
            )
            return dict(cursor.fetchall())

    def outdated(self, analysis: str) -> list[int]:
        """Ids of public entries whose terms are missing or of another analysis."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT entry.id FROM search_entry entry LEFT JOIN {TABLE} terms"
                " ON terms.entry_id = entry.id WHERE entry.is_public"
                " AND (terms.analysis IS NULL OR terms.analysis <> %s)",
                [analysis],
            )
            return [entry_id for (entry_id,) in cursor.fetchall()]


def _quoted(term: str) -> str:
    # Terms hold letters and digits only (`analysis.normalise.fold`), so no quote can stand inside.
    return f"'{term}'"
