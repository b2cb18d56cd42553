"""Terms in PostgreSQL: a tsvector per entry under a GIN index, made by us and not by its parser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from search.query import QueryTerm

from .base import SearchRequest
from .database import OLD, TABLE, DatabaseEngine, Sql, freshness_of_days

# `strong` as a number, since SQLite has no other.
_MEET = f"""
    SELECT entry.key, asked.word, MAX(asked.weight), MAX(asked.strong)
    FROM UNNEST(%s::tsquery[], %s::int[], %s::float8[], %s::int[])
         AS asked (terms, word, weight, strong)
    JOIN {TABLE} stored ON stored.terms @@ asked.terms
    JOIN search_entry entry ON entry.id = stored.entry_id
    WHERE entry.is_public AND (entry.visible_until IS NULL OR entry.visible_until > %s)
    GROUP BY entry.key, asked.word
"""
_AGE = "%s::date - COALESCE(entry.last_confirmed, entry.updated_at::date)"


class PostgresEngine(DatabaseEngine):
    """A tsvector column behind the common engine."""

    ids = "STRING_AGG(CAST(id AS VARCHAR), ',')"
    among = "entry_id = ANY(%s::bigint[])"

    def meeting(self, asked: Sequence[QueryTerm]) -> Sql:
        """Meet terms through the GIN index; a term is one quoted word, never an expression.

        Terms of the same worth are met as one, so that an entry is looked at once for all of them.
        """
        alike: defaultdict[tuple[int, float, int], list[str]] = defaultdict(list)
        for item in asked:
            alike[item.word, item.weight, int(item.strong)].append(_quoted(item.term))
        queries = [" | ".join(terms) for terms in alike.values()]
        words, weights, strong = map(list, zip(*alike, strict=True))
        return Sql(_MEET, [queries, words, weights, strong])

    def listed(self, ids: str) -> str:
        """An array as PostgreSQL writes it, whose length its planner sees."""
        return f"{{{ids}}}"

    def freshness_by_day(self, request: SearchRequest) -> Sql:
        """An array with a factor for each day."""
        day = f"LEAST(ABS(COALESCE({_AGE}, {OLD})), {OLD})"
        return Sql(f"(%s::float8[])[1 + {day}]", [freshness_of_days(), request.now.date()])

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
