"""Generated entries for the search benchmark: pairs of a Finnish page and its Swedish translation.

Words are those of the judged development set, drawn by Zipf's law. To be ready in minutes, rows are
written in bulk and what they are found by is put together from each word's own terms, so the terms
of two neighbouring words together are missing; the texts themselves are whole, for an analysis
that is measured.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from search.analysis.terms import document_terms
from search.engines import database_engine
from search.engines.documents import analysis_name
from search.entries.listed import renew_listed
from search.facets import VOCABULARIES
from search.models import Entry, EntryFacet
from site_core.languages.sorting import sort_key
from site_core.taxonomy.labels import labels_for

JUDGED = Path(__file__).resolve().parents[1] / "search/evaluation/development.json"
KINDS = ("service", "activity", "event", "news", "training")
ORGANISATIONS = 100
CHUNK = 1_000
LENGTHS = {"title": 3, "summary": 10, "body": 40}
"""Words in a text."""


class Words:
    """The words of one language, the frequent ones first."""

    def __init__(self, language: str) -> None:
        documents = json.loads(JUDGED.read_text())["documents"]
        texts = [f"{d['title']} {d['text']}" for d in documents if d["locale"] == language]
        found = {word.strip(".,:;!?()”\"'").lower() for word in " ".join(texts).split()}
        self.words = sorted(word for word in found if len(word) > 2 and word.isalpha())
        random.Random(language).shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))

    def draw(self, chance: random.Random, count: int) -> str:
        """A text of so many words."""
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=count))


@cache
def words(language: str) -> Words:
    """The words of a language, read once."""
    return Words(language)


@cache
def word_terms(word: str, language: str, field: str) -> frozenset[str]:
    """What a word alone is found by in a field."""
    return frozenset(document_terms(word, language, field))


class Writer:
    """Writes entries until there are as many as asked for; the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(6)
        self.count = 0
        self.codes = {facet: list(labels_for(name)) for facet, name in VOCABULARIES.items()}
        self.organisations = [
            (UUID(int=self.chance.getrandbits(128), version=4), words("fi").draw(self.chance, 2))
            for _ in range(ORGANISATIONS)
        ]

        Entry.objects.bulk_create(
            Entry(
                key=key,
                language="fi",
                kind="organisation",
                path=f"/fi/{key}/",
                is_public=True,
                title=name,
                organisation_name=name,
                organisation_key=key,
            )
            for key, name in self.organisations
        )
        renew_listed([key for key, _ in self.organisations])

    def write(self, until: int) -> None:
        """Write what is missing."""
        while self.count < until:
            pairs = min(CHUNK, until - self.count) // 2
            with transaction.atomic():
                self._store([entry for _ in range(pairs) for entry in self._pair()])
            self.count += pairs * 2

    def _pair(self) -> Iterator[tuple[Entry, dict[str, list[str]]]]:
        key = UUID(int=self.chance.getrandbits(128), version=4)
        facets = self._facets()
        for language in ("fi", "sv"):
            yield self._entry(key, language, facets), facets

    def _facets(self) -> dict[str, list[str]]:
        chance = self.chance
        some = {
            facet: sorted(set(chance.choices(codes, k=chance.choice((1, 1, 2)))))
            for facet, codes in self.codes.items()
        }
        return {
            **some,
            "place": some["municipality"],
            "kind": [chance.choice(KINDS)],
            "terms": chance.choice(([], ["free"], ["free", "no_sign_in"])),
        }

    def _entry(self, key: UUID, language: str, facets: dict[str, list[str]]) -> Entry:
        chance, now = self.chance, timezone.now()
        texts = {
            name: [words(language).draw(chance, length).capitalize(), language]
            for name, length in LENGTHS.items()
        }
        organisation_key, organisation = chance.choice(self.organisations)
        facets["organisation"] = [str(organisation_key)]
        title = texts["title"][0]
        return Entry(
            key=key,
            language=language,
            kind=facets["kind"][0],
            path=f"/{language}/{key}/",
            is_public=True,
            was_public=True,
            title=title,
            sort_key=sort_key(title, language),
            texts=texts,
            organisation_name=organisation,
            organisation_key=organisation_key,
            coverage="municipal",
            facts={"municipalities": facets["municipality"]},
            published_at=now,
            updated_at=now - timedelta(days=chance.randrange(700)),
        )

    def _store(self, made: list[tuple[Entry, dict[str, list[str]]]]) -> None:
        Entry.objects.bulk_create([entry for entry, _ in made])
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, facet=facet, code=code)
            for entry, facets in made
            for facet, codes in facets.items()
            for code in codes
        )
        engine, analysis = database_engine(), analysis_name()
        for entry, _ in made:
            engine.store(entry.pk, sorted(terms_of(entry)), analysis)
        renew_listed({entry.key for entry, _ in made})


def terms_of(entry: Entry) -> set[str]:
    """What the words of an entry are found by, each alone."""
    found: set[str] = set()
    for field, (text, language) in entry.texts.items():
        for word in text.split():
            found |= word_terms(word, language, field)
    return found


def queries(count: int) -> list[str]:
    """Queries of one to four Finnish words by Zipf's law; the same ones each time."""
    chance = random.Random(60)
    return [words("fi").draw(chance, chance.choice((1, 1, 2, 2, 3, 4))) for _ in range(count)]
