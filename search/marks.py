"""What of a reader's words the cards of a page of results show, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from search.highlight import Marker, lines
from search.models import Entry
from search.query import QueryWords
from site_core.languages.fallback import Phrase
from site_core.pages.cards import Met


def words_met(
    entries: Mapping[int, Entry],
    words: QueryWords,
    language: str,
    now: datetime,
    strong: Collection[int],
) -> dict[int, Met]:
    """Where the cards of `entries`, by id, show the words to a reader of `language`.

    An entry whose own texts hold none of them, though it answers the query (its id is among
    `strong`), was found by a version in another language: a sentence of that one is shown then.
    One query, and only where there is such an entry.
    """
    marker = Marker(words)
    met = {pk: _met(entry, marker, language) for pk, entry in entries.items()}
    elsewhere = {entries[pk].key: pk for pk in strong if pk in met and not met[pk]}
    if elsewhere:
        versions = Entry.objects.public(now).filter(key__in=elsewhere).exclude(pk__in=entries)
        found = defaultdict(list)
        for version in versions.best_first(language).only("key", "texts"):
            found[elsewhere[version.key]] += version.texts.items()
        met |= {pk: _excerpt(texts, marker, language) for pk, texts in found.items()}
    return met


def _met(entry: Entry, marker: Marker, language: str) -> Met:
    shown = {
        field: marker.spans(*entry.texts[field])
        for field in ("title", "summary")
        if field in entry.texts
    }
    rest = ((field, text) for field, text in entry.texts.items() if field not in shown)
    return Met(**shown) if any(shown.values()) else _excerpt(rest, marker, language)


def _excerpt(texts: Iterable[tuple[str, list[str]]], marker: Marker, language: str) -> Met:
    """A sentence that holds words of the query: of each text the first, of these the best."""
    found = []
    for field, (text, written_in) in texts:
        excerpt = marker.excerpt(lines(text) if field == "body" else text, written_in)
        if excerpt:
            found.append((excerpt, None if written_in == language else written_in))
    if not found:
        return Met()
    best, lang = max(found, key=lambda pair: pair[0].worth)
    return Met(excerpt=Phrase(best.text, lang), in_excerpt=best.spans)
