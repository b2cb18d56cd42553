"""simplemma's dictionaries behind tries on disk: 40 MB in memory instead of 500.

A trie takes seconds to build, so set-up builds them once (`prepare.prepare`). Where a file is
missing or cannot be written the first use builds it in memory: slower, never an error. The folder
is `SEARCH_DICTIONARY_DIR`, else `var/dictionaries` of the project.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

_PROJECT = Path(__file__).resolve().parents[2]


def dictionary_folder() -> Path:
    """Where the tries lie."""
    configured = os.environ.get("SEARCH_DICTIONARY_DIR")
    return Path(configured) if configured else _PROJECT / "var" / "dictionaries"


def build(languages: Iterable[str]) -> list[str]:
    """Build the tries of languages that have none yet; answer which were built.

    Each is built beside its place and moved there whole, so a process that starts meanwhile never
    reads half a file.

    Raises:
        OSError: the folder cannot be made or written.
    """
    folder = dictionary_folder()
    folder.mkdir(parents=True, exist_ok=True)
    built = []
    for language in languages:
        target = folder / f"{language}.dic"
        if target.exists():
            continue
        with tempfile.TemporaryDirectory(dir=folder) as workshop:
            TrieDictionaryFactory(disk_cache_dir=workshop).get_dictionary(language)
            (Path(workshop) / target.name).replace(target)
        built.append(language)
    return built


@cache
def _factory() -> TrieDictionaryFactory:
    return TrieDictionaryFactory(disk_cache_dir=str(dictionary_folder()))


@cache
def _strategy() -> DefaultStrategy:
    return DefaultStrategy(dictionary_factory=_factory())


@cache
def _lookup() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy(_factory())


@lru_cache(maxsize=50_000)
def lemma(word: str, language: str) -> str | None:
    """The base form by dictionary and simplemma's rules, None where neither knows the word."""
    return _strategy().get_lemma(word, language) if word else None


@lru_cache(maxsize=50_000)
def known(word: str, language: str) -> str | None:
    """The base form of a word that stands in the dictionary itself, else None."""
    return _lookup().get_lemma(word, language) if word else None


def begins(start: str, language: str) -> bool:
    """Whether any word of the dictionary begins so."""
    trie = _factory().get_dictionary(language)._trie  # type: ignore[attr-defined]
    return next(trie.iterkeys(start), None) is not None
