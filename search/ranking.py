"""What a meeting of words is worth: the one table every engine ranks by. Pure.

A word of the query met in an entry is worth `WORTHS[layers] × FIELD_WEIGHTS[field]`, times
`FOREIGN` where the text is not in the reader's language. An entry's score is

    Σ over the words met (rarity × best worth) × share of words met² × coverage × freshness

rarity: ln²(1 + entries that meet any word / entries that meet this one) on the databases; what
comes near it on Elasticsearch is told in `engines.elasticsearch.mapping`.

Entries that answer the query (`strong`) stand before those that only resemble it.
"""

from __future__ import annotations

# (layer of the query, layer of the text): worth.
WORTHS: dict[tuple[str, str], float] = {
    ("joined", "joined"): 2.4,  # two words of the query side by side in the text
    ("exact", "exact"): 2.0,
    ("lemma", "lemma"): 1.5,
    ("joined", "lemma"): 1.4,  # "mielenterveys palvelut" and "mielenterveyspalvelu", either way
    ("lemma", "joined"): 1.4,
    ("lemma", "parts"): 0.8,
    ("joined", "parts"): 0.8,
    ("lemma", "root"): 0.5,
    ("stem", "stem"): 0.5,
    ("stem", "listed"): 0.5,
    ("listed", "stem"): 0.5,
    ("root", "lemma"): 0.4,
    ("root", "parts"): 0.4,
    ("root", "root"): 0.3,  # of compounds too: velkaneuvonta and velkaneuvoja
    ("stem", "parts"): 0.3,
    ("parts", "stem"): 0.3,
    ("kin", "kin"): 0.3,  # two words a dictionary lists apart
    ("gram", "gram"): 0.3,  # a slip of the finger, asked for words no dictionary knows
    ("parts", "lemma"): 0.25,
    ("parts", "parts"): 0.2,
    # A compound counts as its members: those before the last say what is needed, the head
    # (neuvonta, ryhmä) in which form, so another compound with the same start is worth most.
    ("member", "parts"): 0.8,
    ("member", "lemma"): 0.5,
    ("member", "root"): 0.4,
    ("member root", "lemma"): 0.4,
    ("member root", "parts"): 0.4,
    ("member root", "root"): 0.4,
    ("head", "lemma"): 0.3,
    ("head", "parts"): 0.28,
    ("head", "root"): 0.28,
    ("head root", "lemma"): 0.2,
    ("head root", "parts"): 0.2,
    ("head root", "root"): 0.2,
}

FIELD_WEIGHTS = {"title": 3.0, "place": 2.0, "summary": 1.3, "body": 1.0}
"""How much a meeting in each field counts."""

FOREIGN = 0.6
"""A word met in another language than the reader's counts this much of its worth."""

FLOOR = 0.28
"""A meeting worth less in its field is a chance likeness: engines are not asked for it."""

STRONG = 0.4
"""A word met at this worth or more, whatever field and language, is what the reader meant."""

STRONG_HEAD = 0.3
"""The same for the head of a compound in a title; in a text it may stand for anything."""

COVERAGE = (1.0, 0.9, 0.5, 0.8, 0.4, 0.3)
"""By `EntryQuerySet.nearest_to`: own municipality, all Lapland or remote, a place next door, the
whole country, a place farther off, elsewhere. In force once a municipality is chosen."""

FRESH_SHARE = 0.1
"""How much of its score an entry may lose by age."""

FRESH_DAYS = 180
"""The age at which half of that is lost: `FRESH_SHARE × (1 - 0.5 ** (days / FRESH_DAYS) ** 2)` in
all, the whole of it where nobody knows the age."""


def least_words(count: int) -> int:
    """How many of the words of a query an entry must meet to be found: a third, rounded up."""
    return (count + 2) // 3
