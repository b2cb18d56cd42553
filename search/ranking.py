"""From words met to a ranked answer, the same for every database. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from uuid import UUID

FOREIGN = 0.6
"""A word met in another language than the reader's counts this much of its worth."""

FLOOR = 0.28
"""Scores below this are chance likenesses: a loose meeting in the body text alone."""

CUT = 0.1
"""Scores below this share of the best are left out."""


@dataclass(frozen=True)
class Meeting:
    """A word of the query met in one language version of an entry, at its best worth there."""

    key: UUID
    language: str
    word: int
    weight: float
    strong: bool


@dataclass(frozen=True)
class Match:
    """How well a translation group answers the whole query, and in which language it does."""

    score: float
    strong: bool
    language: str


def rank(meetings: Iterable[Meeting], word_count: int, language: str) -> dict[UUID, Match]:
    """Translation groups that answer a query of `word_count` words for a reader of `language`.

    Groups that meet every word hide those that do not; where none does, those that meet the most
    words remain, if that is half of them at least. Rare words weigh more than common ones.
    """
    best: defaultdict[UUID, dict[int, Meeting]] = defaultdict(dict)
    for meeting in meetings:
        words = best[meeting.key]
        held = words.get(meeting.word)
        if held is None or _worth(meeting, language) > _worth(held, language):
            words[meeting.word] = meeting
    most = max(map(len, best.values()), default=0)
    if not most or most * 2 < word_count:
        return {}
    rarity = _rarity(best, word_count)
    matches = {
        key: _match(words, rarity, word_count, language)
        for key, words in best.items()
        if len(words) == most
    }
    top = max(match.score for match in matches.values())
    lowest = max(FLOOR, CUT * top)
    return {key: match for key, match in matches.items() if match.score >= lowest}


def _worth(meeting: Meeting, language: str) -> float:
    return meeting.weight * (1.0 if meeting.language == language else FOREIGN)


def _rarity(best: dict[UUID, dict[int, Meeting]], word_count: int) -> list[float]:
    found = [sum(1 for words in best.values() if word in words) for word in range(word_count)]
    return [log(2 + len(best) / count) if count else 0.0 for count in found]


def _match(words: dict[int, Meeting], rarity: list[float], word_count: int, language: str) -> Match:
    total = sum(rarity[word] * _worth(meeting, language) for word, meeting in words.items())
    weight = sum(rarity[word] for word in words)
    leading = max(words.values(), key=lambda meeting: _worth(meeting, language))
    return Match(
        score=total / weight * len(words) / word_count,
        strong=len(words) == word_count and all(meeting.strong for meeting in words.values()),
        language=leading.language,
    )
