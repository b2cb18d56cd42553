"""Addresses of the search page as broken programs and curious people send them."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from urllib.parse import quote

from search.urlstate import FACETS

NAMES = (*["q"] * 12, *FACETS, "audience", "sort", "page", "page", "x", "", "q[]")

SYNTAX = (
    # Lucene and Elasticsearch
    "title:velka", "velka~2", "velka^9", "+velka -tuki", "(velka OR tuki", "[a TO z]", "{* TO *}",
    "_exists_:terms", "/ve.*ka/", "*", "?*", "velka AND", "NOT", "\\", '{"match_all":{}}', "_id:1",
    "terms:tlfvelka", "<logstash-{now/d}>", "{{#toJson}}q{{/toJson}}",
    # FTS5
    "NEAR(velka tuki, 5)", "velka*", '"velka', '^velka', "terms : velka", "a NOT b", "{terms}: x",
    # tsquery
    "velka & !tuki", "velka <-> tuki", "velka:*", "velka | ", "!!", "'velka'':A", "(((((",
    # SQL, templates, shells
    "' OR 1=1--", "'; DROP TABLE search_entry;--", "%s%s%n", "${7*7}", "{{7*7}}", "$(id)", "`id`",
    "<script>alert(1)</script>", "../../etc/passwd", "\r\nSet-Cookie: a=b", "\x00", "a\x00b",
)  # fmt: skip
STRANGE = (
    "\x01\x02\x1b[31m", "\u202evelka\u202c", "مساعدة في الديون", "עזרה בחובות",
    "👩‍👩‍👧‍👦🇫🇮", "👍🏽" * 40,
    "\ufeffvelka", "ve\u00adlka", "a\u0300" * 50, "\u0300\u0301", "\uffff\U0010ffff", "İıſß", "ﷺ",
    "Z̸̡̢a̶l̷g̸o̵", "‐‑-", "ʹ´’'", "１２３", "𝔳𝔢𝔩𝔨𝔞", "velka\u2028tuki", "ʼ" * 200, "ja ja ja", "-" * 100,
)  # fmt: skip
RAW = (
    "%00", "%ED%A0%80", "%ED%BF%BF%ED%A0%80", "%FF%FE", "%", "%%%", "%u0041", "%C0%80", "%F5%80",
    "%EF%BF%BF", "%C4%B0", "%CC%88%CC%88", "%C2%AD", "%E1%9A%80", "tuki%00tuki", "%E2%80%90a",
    "+", "%20", "-1", "0", "1e9", "NaN", "9" * 30, "501", "%D9%A3", "890", "x" * 60, "890%00",
    "service", "residents", "professionals", "name", "soonest", "nearest", "relevance", "newest",
)  # fmt: skip
WORDS = (
    "velkaneuvonta", "tuki", "tulkkauspalvelu", "inari", "skuldrådgivning", "bálvalus", "palvâlus",
    "kääzzkõs",
)  # fmt: skip


def bad_addresses(count: int, seed: int) -> Iterator[str]:
    """Query strings; the same for the same seed. The first few are very long."""
    chance = random.Random(seed)
    yield "q=" + "a" * 100_000
    yield "q=" + "%F0%9F%92%A9" * 8_500
    yield "q=" + "%20".join(WORDS * 1_300)
    yield "q=" + "äiti" * 6_000
    for number in range(count - 4):
        pairs = [f"{chance.choice(NAMES)}={_value(chance)}" for _ in range(chance.randint(1, 6))]
        yield "&".join([*pairs, f"page={chance.randint(1, 600)}"] if number % 5 == 0 else pairs)


def _value(chance: random.Random) -> str:
    match chance.randrange(7):
        case 0:  # any signs, lone surrogates and unassigned ones too
            signs = (chr(chance.randrange(0x110000)) for _ in range(chance.randrange(30)))
            return _quoted("".join(signs))
        case 1:
            return "".join(chance.choices(string.printable[:95], k=chance.randrange(40)))
        case 2:
            return "".join(f"%{chance.randrange(256):02X}" for _ in range(chance.randrange(20)))
        case 3:
            mixed = chance.choices([*SYNTAX, *STRANGE, *WORDS], k=chance.randint(1, 14))
            return _quoted(" ".join(mixed))
        case 4:
            return chance.choice(RAW)
        case 5:  # ordinary words with one sign that does not belong there
            word = chance.choice(WORDS)
            place = chance.randrange(len(word))
            return _quoted(word[:place] + chr(chance.randrange(0x300)) + word[place:])
        case _:
            return _quoted(chance.choice([*SYNTAX, *STRANGE]))


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))
