"""The forms of a course, its groups and its questions. The organisation is in none of them."""

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from site_core.desk.authors.forms.fields import (
    LongChecks,
    OneLiner,
    Picks,
    TextLine,
    TextLines,
)
from site_core.desk.onboarding.forms import CHOOSE, TOO_LONG, DeskForm
from site_core.taxonomy.labels import choices_of
from training.courses import Audience, Course, Offering, RecordingPolicy, text_languages
from training.questions import Question
from training.sessions import SessionChange

from .moments import MomentsForm, as_day_and_clock, clock_field, day_field

MOST_PLACES = 10_000
MORE_ROLES = 2
"""Empty rows for roles beside those there are."""
WHOLE_NUMBER = _("Write a whole number, for example 12.")
FROM_MIDNIGHT = _("Without a time: from the beginning of the day.")
TO_MIDNIGHT = _("Without a time: to the end of the day.")


def number_field(label: Any, help_text: Any = "", *, least: int = 0, most: int = MOST_PLACES):
    """A whole number that may be left empty."""
    words = {
        "invalid": WHOLE_NUMBER,
        "min_value": _("This number is too small."),
        "max_value": _("This number is too large."),
    }
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        required=False,
        error_messages=words,
    )


def one_of(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    """A choice of one, all of them shown."""
    words = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=choices, widget=Picks, error_messages=words
    )


def yes_or_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A question with two answers, both shown."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=Picks,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def note_field() -> OneLiner:
    """What participants are told of a change."""
    return OneLiner(
        label=_("Words to the participants"),
        help_text=_("For example: why, and what happens now."),
        max_length=SessionChange._meta.get_field("note").max_length,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )


def as_answer(holds: bool) -> str:
    return "yes" if holds else "no"


class CourseForm(MomentsForm):
    """What a course is; the public texts are closed where they are the reviewers' by now."""

    MOMENTS: ClassVar = {"enrolment_opens_at": time(0), "enrolment_closes_at": time(23, 59)}

    title = TextLine(
        label=_("Working title"),
        help_text=_("For you and your colleagues; the page has its own title in each language."),
        max_length=100,
        error_messages={"required": _("Give it a name."), "max_length": TOO_LONG},
    )
    audience = one_of(_("For whom is the course?"), Audience.choices)
    languages = forms.MultipleChoiceField(
        label=_("In which languages is it taught?"),
        error_messages={
            "required": _("Choose at least one language."),
            "invalid_choice": _("Choose at least one language."),
        },
        widget=LongChecks,
    )
    recording_policy = one_of(_("Is it recorded?"), RecordingPolicy.choices)
    enrolment_opens_at_day = day_field(_("Sign-up opens on"), _("Empty: it is open at once."))
    enrolment_opens_at_clock = clock_field(_("at"), FROM_MIDNIGHT)
    enrolment_closes_at_day = day_field(
        _("Sign-up closes on"), _("Empty: it is open until the course is over.")
    )
    enrolment_closes_at_clock = clock_field(_("at"), TO_MIDNIGHT)
    asks_needs = yes_or_no(
        _("Ask what participants need?"),
        _("An interpreter, captions, access, diet. Kept apart, encrypted, and erased early."),
    )
    text_language = forms.ChoiceField(
        label=_("Language of the two texts below and of your questions"), choices=text_languages
    )
    prerequisites = OneLiner(
        label=_("What should one know or have before?"),
        max_length=300,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    price_note = TextLine(
        label=_("What does it cost?"),
        help_text=_("For example: free of charge."),
        max_length=150,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, course: Course, texts_open: bool) -> None:
        plain = ("title", "audience", "languages", "recording_policy", "text_language")
        texts = ("prerequisites", "price_note")
        initial = {name: getattr(course, name) for name in (*plain, *texts)}
        initial |= {"asks_needs": as_answer(course.asks_needs)}
        for name in self.MOMENTS:
            initial |= as_day_and_clock(name, getattr(course, name))
        super().__init__(data, initial=initial, auto_id="f-%s")
        self.course = course
        self.fields["languages"].choices = choices_of("servicelanguage")
        if not texts_open:
            for name in Course.PUBLIC_TEXTS:
                self.fields[name].disabled = True
                self.fields[name].help_text = _(
                    "Readers see this, or soon will: ask the portal's people to change it."
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("enrolment_opens_at"), cleaned.get("enrolment_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("enrolment_closes_at_day", _("Enrolment must close after it opens."))
        return cleaned

    def changed(self) -> Course:
        """The course with what the form holds, not stored."""
        names = ("title", "audience", "languages", "recording_policy", "asks_needs")
        for name in (*names, *self.MOMENTS, *Course.PUBLIC_TEXTS):
            setattr(self.course, name, self.cleaned_data[name])
        return self.course


class GroupForm(MomentsForm):
    """A group: its places, those kept for a role, and when it is held and can be cancelled.

    Each role is a pair of fields, `role_0` and `places_0`: those there are, and some empty rows.
    """

    MOMENTS: ClassVar = {"cancel_until": time(23, 59)}

    name = TextLine(
        label=_("Name of the group"),
        help_text=_("For example: Group A, mornings."),
        max_length=100,
        error_messages={"required": _("Give it a name."), "max_length": TOO_LONG},
    )
    capacity = number_field(_("Places"), _("Empty: as many as come."))
    minimum = number_field(
        _("How many must come for it to be held?"),
        _("Nothing is cancelled by itself: you are warned at your desk."),
    )
    waiting_list_length = number_field(
        _("How many may wait when it is full?"),
        _("Empty: as many as want to. 0: there is no waiting list."),
    )
    largest_group = number_field(
        _("How many people may one sign-up be for?"),
        _("1: everybody signs up alone."),
        least=1,
        most=50,
    )
    cancel_until_day = day_field(
        _("One can cancel until"), _("Empty: at any time. You can always cancel for somebody.")
    )
    cancel_until_clock = clock_field(_("at"), TO_MIDNIGHT)

    def __init__(
        self, data: Any = None, *, offering: Offering, reserved: dict[str, int] | None = None
    ) -> None:
        plain = ("name", "capacity", "minimum", "waiting_list_length", "largest_group")
        initial = {name: getattr(offering, name) for name in plain}
        initial |= as_day_and_clock("cancel_until", offering.cancel_until)
        reserved = reserved or {}
        for number, (role, places) in enumerate(reserved.items()):
            initial |= {f"role_{number}": role, f"places_{number}": places}
        super().__init__(data, initial=initial, auto_id="f-%s")
        self.offering = offering
        self.row_count = len(reserved) + MORE_ROLES
        for number in range(self.row_count):
            self.fields[f"role_{number}"] = TextLine(
                label=_("Kept for"),
                max_length=60,
                required=False,
                error_messages={"max_length": TOO_LONG},
            )
            self.fields[f"places_{number}"] = number_field(_("Places"))

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The pairs of fields for roles."""
        return [
            (self[f"role_{number}"], self[f"places_{number}"]) for number in range(self.row_count)
        ]

    def clean_largest_group(self) -> int:
        return self.cleaned_data["largest_group"] or 1

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = self.offering.course.offerings.exclude(pk=self.offering.pk)
        if others.filter(name=name).exists():
            raise ValidationError(_("The course already has a group of this name."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["reserved"] = reserved = self._reserved()
        capacity, minimum = cleaned.get("capacity"), cleaned.get("minimum")
        if "capacity" in self.errors:
            return cleaned
        if capacity is None and reserved:
            self.add_error("capacity", _("Tell how many places there are, since some are kept."))
        elif capacity is not None and sum(reserved.values()) > capacity:
            self.add_error("capacity", _("More places are reserved than there are."))
        if capacity is not None and minimum is not None and minimum > capacity:
            self.add_error("minimum", _("There are not that many places."))
        return cleaned

    def changed(self) -> Offering:
        """The group with what the form holds, not stored; its places stay as they are."""
        names = ("name", "minimum", "waiting_list_length", "largest_group", "cancel_until")
        for name in names:
            setattr(self.offering, name, self.cleaned_data[name])
        return self.offering

    def _reserved(self) -> dict[str, int]:
        reserved: dict[str, int] = {}
        for number in range(self.row_count):
            role_name, places_name = f"role_{number}", f"places_{number}"
            role, places = self.cleaned_data.get(role_name), self.cleaned_data.get(places_name)
            if self.errors.keys() & {role_name, places_name}:
                continue
            if role in reserved and role:
                self.add_error(role_name, _("This is here twice."))
            elif places and not role:
                self.add_error(role_name, _("Tell for whom these places are kept."))
            elif role and places:
                reserved[role] = places
        return reserved


class QuestionForm(DeskForm):
    """What is asked and how. Once answered, only its place among the others is open."""

    text = TextLine(
        label=_("What do you ask?"),
        max_length=200,
        error_messages={"required": _("Write the question."), "max_length": TOO_LONG},
    )
    kind = one_of(_("How is it answered?"), Question.Kind.choices)
    choices = TextLines(
        label=_("Answers to choose from"),
        help_text=_("One on each line."),
        required=False,
        max_length=2000,
        error_messages={"max_length": TOO_LONG},
    )
    required = yes_or_no(_("Must it be answered?"))
    kept = forms.TypedChoiceField(
        label=_("How long are the answers kept?"),
        help_text=_("Afterwards they are erased by themselves."),
        choices=Question.Kept.choices,
        coerce=int,
        widget=Picks,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    position = number_field(_("Place among the questions"), _("The smallest number is first."))

    def __init__(self, data: Any = None, *, question: Question, answered: bool = False) -> None:
        initial = {name: getattr(question, name) for name in ("text", "kind", "kept", "position")}
        initial |= {
            "choices": "\n".join(question.choices),
            "required": as_answer(question.required),
        }
        super().__init__(data, initial=initial, auto_id="f-%s")
        self.question = question
        if answered:
            for name in ("text", "kind", "choices", "required", "kept"):
                self.fields[name].disabled = True

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean_choices(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines())
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        choices = cleaned.get("choices", [])
        if cleaned.get("kind") == Question.Kind.CHOICE and (
            len(choices) < 2 or len(set(choices)) < len(choices)
        ):
            self.add_error("choices", _("Give at least two different answers."))
        return cleaned

    def changed(self) -> Question:
        """The question with what the form holds, not stored."""
        for name in ("text", "kind", "choices", "required", "kept", "position"):
            setattr(self.question, name, self.cleaned_data[name])
        return self.question


class CancelForm(DeskForm):
    """What the participants are told of a session, or a group, that is not held."""

    note = note_field()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="f-%s")
