"""The form of each kind: which pieces it is put together from, and in which parts they stand."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from site_core.desk.authors.forms.about import (
    Byline,
    CourseAudience,
    Groups,
    Places,
    Price,
    Situations,
    Topics,
    Where,
)
from site_core.desk.authors.forms.texts import Texts
from site_core.desk.authors.forms.times import Times
from site_core.desk.authors.forms.ways import FIELDS_OF, WAYS, Ways
from site_core.desk.authors.kinds import MISSING
from site_core.moderation.quality import Finding

PartSpec = tuple[str, str, tuple[str, ...]]

WHAT: Final[PartSpec] = ("what", gettext_noop("What it is"), ("title", "summary", "short", "more"))
WHEN: Final[PartSpec] = (
    "when",
    gettext_noop("When"),
    ("day", "starts", "ends", "repeats", "until"),
)
HOW: Final[PartSpec] = ("how", gettext_noop("How a person gets in touch"), ())
WHERE: Final[PartSpec] = ("where", gettext_noop("Where"), ("coverage", "municipalities"))

#: Where a finding about a page's field is shown in the form; others by their own name.
PLACES: Final[dict[str, str]] = {
    "channels": "way0_kind",
    "body": "more",
    "occurrences": "day",
    "municipality_links": "municipalities",
    "theme_links": "themes",
    "life_situation_links": "life_situations",
    "target_group_links": "target_groups",
    "slug": "title",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form as it is shown."""

    code: str
    heading: str
    fields: list[BoundField]
    ways: list["Way"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to get in touch: its kind, the fields of each kind, and what all share."""

    number: int
    kind: BoundField
    own: list[tuple[BoundField, str]]
    hours: list[BoundField]
    shared: list[BoundField]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be mended, and the id of the field where."""

    field: str
    words: str


class EntryForm(Texts):
    """What the forms of all kinds can do beside their fields."""

    PARTS: ClassVar[tuple[PartSpec, ...]] = (WHAT,)

    def parts(self) -> list[Part]:
        """The parts with their fields, as far as the page has something to show in them."""
        found = []
        for code, heading, names in self.PARTS:
            ways = [self._way(number) for number in WAYS] if code == "how" else []
            fields = [self[name] for name in names if name in self.fields]
            if fields or ways:
                found.append(Part(code, heading, fields, ways))
        return found

    @property
    def optional(self) -> dict[str, bool]:
        """Fields that the label calls optional, for templates."""
        names = {"price_note", "byline", "target_groups", "life_situations"}
        if self.kind.code != "news":
            names.add("more")
        if self.kind.code == "volunteer":
            names |= {"day"}
        return dict.fromkeys(names, True)

    def require(self) -> None:
        """Make what is missing a fault, as submitting needs; a translation may leave texts out."""
        for name in self.missing_now():
            if name not in self.errors:
                self.add_error(name, self.words_for(name))

    def missing_now(self) -> list[str]:
        """`missing`, less the texts that a translation takes from its original."""
        names = self.missing()
        if self.page.pk and self.page.is_translation:
            names = [name for name in names if name not in ("summary", "short", "more")]
        return names

    def words_for(self, name: str) -> str:
        """What to do about an empty field."""
        return _(MISSING[name]) if name in MISSING else _("Fill this in.")

    def take(self, findings: list[Finding]) -> None:
        """Show errors of the quality checks at their fields, where no fault stands already."""
        for finding in findings:
            name = self.place_of(finding)
            if finding.is_error and (name is None or name not in self.errors):
                self.add_error(name, str(finding))

    def place_of(self, finding: Finding) -> str | None:
        """The form's field for a finding about the page's; None where the form has none."""
        name = finding.field.split(".")[0]
        name = PLACES.get(name, name)
        return name if name in self.fields else None

    def faults(self) -> list[Fault]:
        """All faults in the order in which the fields stand."""
        order = [name for part in self.parts() for name in _names(part)]
        found = [Fault("content", words) for words in self.non_field_errors()]
        for name in sorted(
            (name for name in self.errors if name != "__all__"),
            key=lambda name: order.index(name) if name in order else len(order),
        ):
            found += [Fault(anchor(self[name]), words) for words in self.errors[name]]
        return found

    def _way(self, number: int) -> Way:
        def of(name: str) -> BoundField:
            return self[f"way{number}_{name}"]

        kinds: dict[str, list[str]] = {}
        for kind, names in FIELDS_OF.items():
            for name in names:
                kinds.setdefault(name, []).append(kind)
        hours = ("days", "opens", "closes") if f"way{number}_days" in self.fields else ()
        bad = any(name.startswith(f"way{number}_") for name in self.errors)
        return Way(
            number,
            of("kind"),
            [(of(name), " ".join(codes)) for name, codes in kinds.items()],
            [of(name) for name in hours],
            [of("languages"), of("note")],
            bad or bool(self[f"way{number}_kind"].value()),
        )


class ServiceForm(EntryForm, Ways, Where, Price, Topics, Situations):
    PARTS = (
        WHAT,
        HOW,
        WHERE,
        (
            "about",
            gettext_noop("Price and topic"),
            ("price", "price_note", "themes", "life_situations"),
        ),
    )


class ActivityForm(EntryForm, Times, Ways, Where, Price, Topics):
    PARTS = (
        WHAT,
        WHEN,
        HOW,
        WHERE,
        ("about", gettext_noop("Price and topic"), ("price", "price_note", "themes")),
    )


class VolunteerForm(EntryForm, Times, Ways, Where, Topics):
    PARTS = (
        WHAT,
        HOW,
        WHERE,
        (
            "when",
            gettext_noop("When, if there is a set time"),
            ("day", "starts", "ends", "repeats", "until"),
        ),
        ("about", gettext_noop("Topic"), ("themes",)),
    )


class TrainingForm(EntryForm, CourseAudience, Topics, Groups):
    PARTS = (WHAT, ("about", gettext_noop("For whom"), ("audience", "target_groups", "themes")))


class NewsForm(EntryForm, Byline, Topics, Places):
    PARTS = (
        ("what", gettext_noop("The news"), ("title", "summary", "more")),
        (
            "about",
            gettext_noop("Day, place and topic"),
            ("date", "byline", "municipalities", "themes"),
        ),
    )


class OrganisationForm(EntryForm, Ways):
    PARTS = (
        ("what", gettext_noop("Who you are"), ("title", "summary", "more")),
        ("how", gettext_noop("How a person gets in touch with you"), ()),
    )

    def missing(self) -> list[str]:
        """The portal knows the organisation's number and address already."""
        return [name for name in super().missing() if name != "way0_kind"]


FORMS: Final[dict[str, type[EntryForm]]] = {
    "service": ServiceForm,
    "activity": ActivityForm,
    "volunteer": VolunteerForm,
    "training": TrainingForm,
    "news": NewsForm,
    "organisation": OrganisationForm,
}


def form_for(kind: Any, page: Any, data: Any = None) -> EntryForm:
    """The kind's form over a page, with what was sent if something was."""
    return FORMS[kind.code](data, page=page, kind=kind)


def anchor(field: BoundField) -> str:
    """The id to which the summary of faults leads: the field, or the first of its choices."""
    choices = hasattr(field.field.widget, "subwidgets") and hasattr(field.field, "choices")
    return f"{field.auto_id}_0" if choices else field.auto_id


def _names(part: Part) -> list[str]:
    names = [field.name for field in part.fields]
    for way in part.ways:
        names.append(way.kind.name)
        names += [field.name for field, _kinds in way.own]
        names += [field.name for field in (*way.hours, *way.shared)]
    return names
