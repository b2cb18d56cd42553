"""A comparison as the review page shows it: sections with their words, comments and pictures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop
from wagtail.models import Comment

from site_core.desk.review.versions import ReviewedField, Thumbnail
from site_core.languages.fallback import Phrase, say
from site_core.moderation.differences import (
    FieldChange,
    Kind,
    Part,
    PartChange,
    Run,
    Runs,
    State,
    new_parts,
    old_parts,
    shortened,
)

COMMENT = "comment-"
"""What the name of a comment's field begins with; its path follows."""

Said = Mapping[str, list[Comment]]
Written = Mapping[str, str]

STATES = {
    State.ADDED: gettext_noop("Added"),
    State.REMOVED: gettext_noop("Removed"),
    State.CHANGED: gettext_noop("Changed"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Where a comment can be written, and those that stand there."""

    path: str
    label: str
    said: tuple[Comment, ...] = ()
    written: str = ""

    @property
    def name(self) -> str:
        """The name of the form's field."""
        return COMMENT + self.path

    @property
    def anchor(self) -> str:
        """Its id in the page."""
        return "c-" + self.path.replace(".", "-")

    @property
    def is_used(self) -> bool:
        """Whether anything is said or being said here."""
        return bool(self.said or self.written)

    def holds(self, path: str) -> bool:
        """Whether a comment at this path stands here: at the place itself or a detail of it."""
        return path == self.path or path.startswith(f"{self.path}.")


@dataclass(frozen=True, slots=True)
class Sides:
    """What stood there and what is proposed; `only_new` where there was nothing public."""

    old: Runs
    new: Runs
    only_new: bool = False


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One block: its kind, what became of it, its text."""

    label: str
    state: Phrase | None
    moved: bool
    sides: Sides
    only_unseen: bool
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list without blocks: a municipality, a theme."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Section:
    """One field."""

    change: FieldChange
    remark: Remark
    anchor: str
    sides: Sides | None = None
    old_list: tuple[Listed, ...] = ()
    new_list: tuple[Listed, ...] = ()
    parts: tuple[ShownPart, ...] = ()
    unchanged_parts: int = 0
    old_pictures: tuple[Thumbnail, ...] = ()
    new_pictures: tuple[Thumbnail, ...] = ()

    @property
    def asks_whole(self) -> bool:
        """Whether a box for a comment on the whole field is needed beside those of its parts."""
        return self.remark.is_used or not self.parts or any(not p.remark for p in self.parts)

    @property
    def remarks(self) -> list[Remark]:
        """All places for comments in the field."""
        return [self.remark, *(part.remark for part in self.parts if part.remark)]


@dataclass(slots=True)
class Shown:
    """The sections to read, and the fields in which nothing has changed."""

    sections: list[Section] = field(default_factory=list)
    unchanged: list[Section] = field(default_factory=list)

    @property
    def paths(self) -> set[str]:
        """Where comments may be written."""
        return {
            remark.path
            for section in [*self.sections, *self.unchanged]
            for remark in section.remarks
        }


def show(
    fields: Iterable[ReviewedField],
    comments: Iterable[Comment],
    written: Written,
    *,
    is_new: bool,
) -> Shown:
    """Arrange a comparison. `written` holds comments not stored yet, by path.

    A field with comments is shown even where nothing has changed; so is every part of a new page.
    """
    said = defaultdict(list)
    for comment in comments:
        said[comment.contentpath].append(comment)
    shown = Shown()
    for each in fields:
        section = _section(each, said, written, is_new=is_new)
        spoken = any(remark.is_used for remark in section.remarks)
        wanted = is_new or each.change.differs or spoken
        (shown.sections if wanted else shown.unchanged).append(section)
    return shown


def _section(each: ReviewedField, said: Said, written: Written, *, is_new: bool) -> Section:
    change = each.change
    common: dict[str, Any] = {
        "change": change,
        "anchor": f"f-{change.name}",
        "old_pictures": each.old_pictures,
        "new_pictures": each.new_pictures,
    }
    if any(part.label for part in change.parts):
        return _blocks(each, common, said, written, is_new=is_new)
    common["remark"] = _remark(change.name, change.label, said, written)
    if change.parts:
        old, new = old_parts(change.parts), new_parts(change.parts)
        return Section(
            **common,
            old_list=_listed(old, new, Kind.OLD),
            new_list=_listed(new, old, Kind.SAME if is_new else Kind.NEW),
        )
    return Section(**common, sides=_sides(change.runs, is_new=is_new))


def _blocks(
    each: ReviewedField, common: dict[str, Any], said: Said, written: Written, *, is_new: bool
) -> Section:
    """A field of blocks; comments stand at their block, the others at the field."""
    change = each.change
    parts, unchanged, left = [], 0, dict(said)
    for part in change.parts:
        remark = None
        if each.is_stream and part.key and part.new is not None:
            path = f"{change.name}.{part.key}"
            remark = _remark(path, f"{change.label}: {part.label}", left, written)
        if is_new or part.differs or (remark and remark.is_used):
            parts.append(_part(part, remark, is_new=is_new))
            left = {at: words for at, words in left.items() if not (remark and remark.holds(at))}
        else:
            unchanged += 1
    whole = _remark(change.name, change.label, left, written)
    return Section(**common, remark=whole, parts=tuple(parts), unchanged_parts=unchanged)


def _part(part: PartChange, remark: Remark | None, *, is_new: bool) -> ShownPart:
    words = None if is_new else STATES.get(part.state)
    return ShownPart(
        part.label,
        say(words) if words else None,
        part.moved,
        _sides(part.runs, is_new=is_new),
        part.only_unseen,
        remark,
    )


def _sides(runs: Runs, *, is_new: bool) -> Sides:
    """The two columns of a text; a new page has one, without marks."""
    if is_new:
        text = "".join(run.text for run in runs)
        return Sides((), (Run(Kind.SAME, text),) if text else (), only_new=True)
    short = shortened(runs)
    return Sides(
        tuple(run for run in short if run.kind is not Kind.NEW),
        tuple(run for run in short if run.kind is not Kind.OLD),
    )


def _listed(parts: list[Part], others: list[Part], kind: Kind) -> tuple[Listed, ...]:
    there = {part.key for part in others}
    return tuple(Listed(part.text, Kind.SAME if part.key in there else kind) for part in parts)


def _remark(path: str, label: str, said: Said, written: Written) -> Remark:
    """A place for comments; those on a detail below it stand here too."""
    place = Remark(path, label)
    found = [comment for at, words in said.items() if place.holds(at) for comment in words]
    return Remark(path, label, tuple(found), written.get(path, ""))
