"""What differs between two versions of a page, field by field: pure, no Django, no HTML.

A field's value is a text or a list of parts (blocks, rows). Texts are compared word by word, lists
by the parts' ids. Nothing is lost on the way: the runs of a comparison give back both texts, and
its parts both lists (`old_text`, `new_text`, `old_parts`, `new_parts`). All text stays plain text;
whoever shows it escapes it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

KEPT_WORDS: Final = 12
"""How many words of what is the same stay in sight before and after a change."""

COMPARED: Final = 4_000_000
"""How many pairs of words are compared at most; longer texts differ as a whole."""

_SIGN = r"[^\W_]|[\u0300-\u036f\u00ad\u02b0-\u02ff]"
_SPACED: Final = re.compile(r"\s+|\S+")
_ADDRESS: Final = re.compile(r"://|@")
_WORD: Final = re.compile(
    rf"(?:{_SIGN})+(?:['\u2019:.,\-\u2010\u2011](?:{_SIGN})+)*|.", re.DOTALL
)  # n:o, 16.00, vuo'lǧǧem, e-mail; any other sign alone


class Kind(StrEnum):
    """Where a run of text is found."""

    SAME = "same"
    OLD = "old"
    NEW = "new"
    GAP = "gap"


class Run(NamedTuple):
    """A stretch of text: in both versions, in the old, in the new, or in both and out of sight."""

    kind: Kind
    text: str

    @property
    def word_count(self) -> int:
        """How many words it holds."""
        return sum(map(_is_word, words(self.text)))


Runs = tuple[Run, ...]


class Part(NamedTuple):
    """A block or row of a list. `exact` is compared too but never shown: links, formatting."""

    key: str
    label: str
    text: str
    exact: str = ""


Value = str | tuple[Part, ...] | None
"""A field's content in one version; None where that version does not have it at all."""


class Field(NamedTuple):
    """A field of both versions. `same_exactly` is False where the texts do not tell all of it."""

    name: str
    label: str
    old: Value
    new: Value
    same_exactly: bool = True


class State(StrEnum):
    """What became of a part."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PartChange:
    """What became of one part; `old` or `new` is None where that version lacks it."""

    old: Part | None
    new: Part | None
    old_place: int | None
    moved: bool
    runs: Runs

    @property
    def state(self) -> State:
        """Added, removed, changed in itself, or the same (perhaps moved)."""
        if self.old is None:
            return State.ADDED
        if self.new is None:
            return State.REMOVED
        alike = (self.old.text, self.old.exact, self.old.label) == (
            self.new.text,
            self.new.exact,
            self.new.label,
        )
        return State.SAME if alike else State.CHANGED

    @property
    def part(self) -> Part:
        """The part as it is proposed, or as it was where it is removed."""
        part = self.new or self.old
        assert part is not None, "a change is about a part of one version at least"
        return part

    @property
    def key(self) -> str:
        """The id of the block or row."""
        return self.part.key

    @property
    def label(self) -> str:
        """What kind of part it is."""
        return self.part.label

    @property
    def only_unseen(self) -> bool:
        """Whether something changed that the text does not show."""
        both = self.old is not None and self.new is not None
        return both and self.state is State.CHANGED and _same_words(self.runs)

    @property
    def differs(self) -> bool:
        """Whether there is anything to look at."""
        return self.moved or self.state is not State.SAME


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field compared: `runs` of a text, or `parts` of a list in the new order."""

    name: str
    label: str
    runs: Runs = ()
    parts: tuple[PartChange, ...] = ()
    only_unseen: bool = False

    @property
    def differs(self) -> bool:
        """Whether the versions differ in this field."""
        return (
            self.only_unseen
            or not _same_words(self.runs)
            or any(part.differs for part in self.parts)
        )

    @property
    def empty(self) -> bool:
        """Whether neither version says anything here."""
        return not self.only_unseen and not self.parts and not any(run.text for run in self.runs)


def compare(fields: Iterable[Field]) -> list[FieldChange]:
    """Compare each field; the order stays."""
    return [compare_field(field) for field in fields]


def compare_field(field: Field) -> FieldChange:
    """Compare one field. A text against a list (or nothing) is taken as one part without a key."""
    if isinstance(field.old, tuple) or isinstance(field.new, tuple):
        parts = compare_parts(_as_parts(field.old), _as_parts(field.new))
        unseen = not field.same_exactly and not any(part.differs for part in parts)
        return FieldChange(field.name, field.label, parts=parts, only_unseen=unseen)
    old, new = field.old or "", field.new or ""
    unseen = not field.same_exactly and old == new
    return FieldChange(field.name, field.label, runs=compare_texts(old, new), only_unseen=unseen)


def words(text: str) -> list[str]:
    """Cut a text into words, white space and single signs; joined they are the text again.

    Letters, combining marks, soft hyphens and the modifier letters of Skolt Sámi make words, and so
    do figures with their point or colon; an address stays whole.
    """
    found: list[str] = []
    for chunk in _SPACED.findall(text):
        if chunk.isspace():
            found.append(chunk)
        elif _ADDRESS.search(chunk):
            address = chunk.rstrip(".,;:!?)")
            found += [address, *chunk[len(address) :]] if address else chunk
        else:
            found += _WORD.findall(chunk)
    return found


def compare_texts(old: str, new: str) -> Runs:
    """Runs that lead from the old text to the new one, word by word."""
    if old == new:
        return (Run(Kind.SAME, old),) if old else ()
    before, after = words(old), words(new)
    if len(before) * len(after) > COMPARED:
        return _merged([Run(Kind.OLD, old), Run(Kind.NEW, new)])
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    runs = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run(Kind.SAME, "".join(before[i:j])))
        else:
            runs += [
                Run(Kind.OLD, "".join(before[i:j])),
                Run(Kind.NEW, "".join(after[k:m])),
            ]
    return _merged(runs)


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> tuple[PartChange, ...]:
    """Match parts by id; the result is in the new order, what was removed after its neighbour.

    As few parts as possible count as moved. Of parts that share an id the first matches the first.
    """
    old_keys, new_keys = _unique_keys(old), _unique_keys(new)
    old_at = {key: place for place, key in enumerate(old_keys)}
    staying = [key for key in new_keys if key in old_at]
    kept = _longest_rise([old_at[key] for key in staying])
    changes, removed = [], _removed_after(old, old_keys, set(new_keys))
    changes += removed.get(None, [])
    for key, part in zip(new_keys, new, strict=True):
        place = old_at.get(key)
        if place is None:
            changes.append(PartChange(None, part, None, False, _run(Kind.NEW, part.text)))
        else:
            runs = compare_texts(old[place].text, part.text)
            changes.append(PartChange(old[place], part, place, place not in kept, runs))
        changes += removed.get(key, [])
    return tuple(changes)


def shortened(runs: Runs, keep: int = KEPT_WORDS) -> Runs:
    """Put out of sight (`Kind.GAP`) what is the same and far from any change.

    A text without changes stays whole. Only stretches longer than twice `keep` words and a few
    more are cut, so that a gap always hides something.
    """
    if all(run.kind is Kind.SAME for run in runs):
        return runs
    short: list[Run] = []
    for place, run in enumerate(runs):
        if run.kind is not Kind.SAME:
            short.append(run)
            continue
        first = 0 if place == 0 else keep
        last = 0 if place == len(runs) - 1 else keep
        short += _cut(run, first, last)
    return tuple(short)


def old_text(runs: Runs) -> str:
    """The old text, given back from a comparison."""
    return "".join(run.text for run in runs if run.kind is not Kind.NEW)


def new_text(runs: Runs) -> str:
    """The new text, given back from a comparison."""
    return "".join(run.text for run in runs if run.kind is not Kind.OLD)


def old_parts(changes: Iterable[PartChange]) -> list[Part]:
    """The old list, given back from a comparison."""
    there = [
        (change.old_place, change.old)
        for change in changes
        if change.old is not None and change.old_place is not None
    ]
    return [part for _place, part in sorted(there, key=lambda pair: pair[0])]


def new_parts(changes: Iterable[PartChange]) -> list[Part]:
    """The new list, given back from a comparison."""
    return [change.new for change in changes if change.new is not None]


def _same_words(runs: Runs) -> bool:
    return not any(run.kind in (Kind.OLD, Kind.NEW) for run in runs)


def _merged(runs: Iterable[Run]) -> Runs:
    """Runs without empty ones, old before new in each change.

    White space alone between two changes belongs to both: three words replaced are one change.
    """
    tidy: list[Run] = []
    for changed, same in groupby(_absorbed(runs), key=lambda run: run.kind is not Kind.SAME):
        members = list(same)
        kinds = (Kind.OLD, Kind.NEW) if changed else (Kind.SAME,)
        for kind in kinds:
            text = "".join(run.text for run in members if run.kind is kind)
            if text:
                tidy.append(Run(kind, text))
    return tuple(tidy)


def _absorbed(runs: Iterable[Run]) -> list[Run]:
    filled = [run for run in runs if run.text]
    found: list[Run] = []
    for place, run in enumerate(filled):
        inside = 0 < place < len(filled) - 1
        if inside and run.kind is Kind.SAME and run.text.isspace():
            found += [Run(Kind.OLD, run.text), Run(Kind.NEW, run.text)]
        else:
            found.append(run)
    return found


def _cut(run: Run, first: int, last: int) -> list[Run]:
    pieces = words(run.text)
    at = [place for place, word in enumerate(pieces) if _is_word(word)]
    if len(at) <= first + last + KEPT_WORDS // 2:
        return [run]
    start = at[first - 1] + 1 if first else 0
    end = at[-last] if last else len(pieces)
    cut = (
        Run(Kind.SAME, "".join(pieces[:start])),
        Run(Kind.GAP, "".join(pieces[start:end])),
        Run(Kind.SAME, "".join(pieces[end:])),
    )
    return [piece for piece in cut if piece.text]


def _is_word(piece: str) -> bool:
    return any(map(str.isalnum, piece))


def _run(kind: Kind, text: str) -> Runs:
    return (Run(kind, text),) if text else ()


def _as_parts(value: Value) -> tuple[Part, ...]:
    if isinstance(value, tuple):
        return value
    return (Part("", "", value),) if value else ()


def _unique_keys(parts: Sequence[Part]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    keys = []
    for part in parts:
        keys.append((part.key, seen[part.key]))
        seen[part.key] += 1
    return keys


def _removed_after(
    old: Sequence[Part], keys: list[tuple[str, int]], there: set[tuple[str, int]]
) -> dict[tuple[str, int] | None, list[PartChange]]:
    """Removed parts by the key of the part they stood behind and that is still there."""
    found: dict[tuple[str, int] | None, list[PartChange]] = {}
    before = None
    for place, (key, part) in enumerate(zip(keys, old, strict=True)):
        if key in there:
            before = key
        else:
            gone = PartChange(part, None, place, False, _run(Kind.OLD, part.text))
            found.setdefault(before, []).append(gone)
    return found


def _longest_rise(places: list[int]) -> set[int]:
    """The members of a longest rising subsequence."""
    ends: list[int] = []
    end_at: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(end_at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            end_at.append(index)
        else:
            ends[length] = place
            end_at[length] = index
    rise, index = set(), end_at[-1] if end_at else -1
    while index >= 0:
        rise.add(places[index])
        index = before[index]
    return rise
