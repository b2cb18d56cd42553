"""Terms in PostgreSQL: a tsvector per entry under a GIN index, made by us and not by its parser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from search.query import QueryTerm

from .database import TABLE, DatabaseEngine, Sql

# `strong` as a number, since SQLite has no other.
_MEET = f"""
    SELECT stored.key, asked.word, asked.weight, asked.strong
    FROM UNNEST(%(queries)s::tsquery[], %(words)s::int[], %(weights)s::float8[], %(strong)s::int[])
         AS asked (terms, word, weight, strong)
    JOIN {TABLE} stored ON stored.terms @@ asked.terms
    WHERE stored.visible_until IS NULL OR stored.visible_until > %(now)s
"""
# Key and time stand beside the terms, and hidden entries have none: else all entries would be read
# again to learn that.
_STORE = f"""
    INSERT INTO {TABLE} (entry_id, key, visible_until, terms, analysis)
    SELECT id, key, visible_until, %s::tsvector, %s FROM search_entry WHERE id = %s AND is_public
    ON CONFLICT (entry_id) DO UPDATE SET
        key = EXCLUDED.key, visible_until = EXCLUDED.visible_until,
        terms = EXCLUDED.terms, analysis = EXCLUDED.analysis
"""
_OUTDATED = f"""
    SELECT entry.id FROM search_entry entry LEFT JOIN {TABLE} terms ON terms.entry_id = entry.id
    WHERE entry.is_public AND (
        terms.analysis IS DISTINCT FROM %s OR terms.key <> entry.key
        OR terms.visible_until IS DISTINCT FROM entry.visible_until
    )
"""


class PostgresEngine(DatabaseEngine):
    """A tsvector column behind the common engine."""

    all_of = "BIT_OR({})"
    each_code = "UNNEST(codes) AS code FROM candidate"
    # A whole number would be raised to powers as a decimal one, which takes as long as all else.
    age = "CAST(%(today)s::date - confirmed AS float8)"
    later = "CAST(shown_later ->> %(language)s AS float8)"

    def meeting(self, asked: Sequence[QueryTerm]) -> Sql:
        """Meet terms through the GIN index; a term is one quoted word, never an expression.

        Terms of the same worth are met as one, so that an entry is looked at once for all of them.
        """
        alike: defaultdict[tuple[int, float, int], list[str]] = defaultdict(list)
        for item in asked:
            alike[item.word, item.weight, int(item.strong)].append(_quoted(item.term))
        queries = [" | ".join(terms) for terms in alike.values()]
        words, weights, strong = map(list, zip(*alike, strict=True))
        return Sql(
            _MEET, {"queries": queries, "words": words, "weights": weights, "strong": strong}
        )

    def filed(self, codes: Collection[int], column: str = "codes") -> str:
        """Two arrays overlap."""
        return f"{column} && '{{{','.join(map(str, codes))}}}'::int[]"

    def store(self, entry_id: int, terms: Iterable[str], analysis: str) -> None:
        """Replace the terms of an entry."""
        with connection.cursor() as cursor:
            cursor.execute(_STORE, [" ".join(map(_quoted, terms)), analysis, entry_id])

    def forget(self, entry_ids: Collection[int]) -> None:
        """Drop the terms of entries."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s)", [list(entry_ids)])

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
            cursor.execute(_OUTDATED, [analysis])
            return [entry_id for (entry_id,) in cursor.fetchall()]


def _quoted(term: str) -> str:
    # Terms hold letters and digits only (`analysis.normalise.fold`), so no quote can stand inside.
    return f"'{term}'"
