"""The forms of a sign-up, each with at most six fields.

Field names differ between all of them, so what was typed in one is carried through the others.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from site_core.languages.fallback import Phrase, say
from site_core.languages.registry import LANGUAGES
from training.courses import Course
from training.questions import Question
from training.signups import needs
from training.signups.actions import TOO_LARGE
from training.signups.fields import Email, Line, Lines, Number, One, Option, ShownForm, Some, Tick
from training.signups.needs import Needs
from training.signups.spoken_needs import interpreter_name

QUESTIONS_AT_A_TIME: Final = 6
NAME_LENGTH: Final = 150
NEED_LENGTH: Final = 300
ANSWER_LENGTH: Final = 500
YES, NO = "yes", "no"
NOBODY: Final = "-"
"""Stands for "none of these roles"."""


class GroupForm(ShownForm):
    """Which group, how many people, in which role: of each only what there is to choose.

    The group and role that are not asked are the only ones there are.
    """

    def __init__(
        self,
        *args: Any,
        groups: Sequence[Option],
        roles: Sequence[str],
        most: Mapping[str, int],
        text_language: str,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.groups, self.most = {option.value for option in groups}, most
        if len(groups) > 1:
            self.fields["group"] = One(label=_("Which group?"), options=groups)
        largest = max(most.values(), default=1)
        if largest > 1:
            self.fields["size"] = Number(
                label=_("How many of you come?"),
                help_text=_("All of you get a place, or all of you wait together."),
                most=largest,
                initial=1,
            )
        if roles:
            options = [Option(role, _own(role, text_language)) for role in roles]
            nobody = Option(NOBODY, say("None of these"))
            self.fields["role"] = One(
                label=_("Which of these are you?"),
                help_text=_("Some places are kept for them."),
                options=[*options, nobody],
                initial=NOBODY,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "group" not in self.fields:
            [cleaned["group"]] = self.groups
            if self.data.get("group", cleaned["group"]) not in self.groups:
                raise ValidationError(_("The group you chose cannot be chosen any more."))
        most = self.most.get(cleaned.get("group", ""), 1)
        if "size" in self.fields and cleaned.get("size", 1) > most:
            self.add_error("size", ValidationError(TOO_LARGE, params={"most": most}))
        cleaned.setdefault("size", 1)
        role = cleaned.get("role", NOBODY)
        cleaned["role"] = "" if role == NOBODY else role
        return cleaned


class WhoForm(ShownForm):
    """Who comes, where to write, and in which language."""

    def __init__(self, *args: Any, size: int = 1, with_email: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.size = size
        if size == 1:
            self.fields["name"] = Line(
                label=_("Name"),
                max_length=NAME_LENGTH,
                error_messages={"required": _("Write the name.")},
                widget=forms.TextInput(attrs={"autocomplete": "name"}),
            )
        else:
            self.fields["names"] = Lines(
                label=say("The names of all %(number)s of you", number=size),
                help_text=_("Each name on a line of its own."),
                error_messages={"required": _("Write the names, each on a line of its own.")},
            )
        if with_email:
            self.fields["email"] = Email(
                label=_("E-mail address"),
                help_text=_("We send a link there, with which you confirm the sign-up."),
            )
        self.fields["language"] = language_field()

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_names(self) -> str:
        """One name on each line, as many as there are people."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].split("\n")]
        names = [name for name in lines if name]
        if len(names) != self.size:
            words = _("We need %(number)s names, each on a line of its own, and see %(seen)s.")
            raise ValidationError(words, params={"number": self.size, "seen": len(names)})
        if any(len(name) > NAME_LENGTH for name in names):
            raise ValidationError(_("Write this in fewer words."))
        return "\n".join(names)

    def people(self) -> tuple[str, ...]:
        """The names of a valid form."""
        cleaned = self.cleaned_data
        return (cleaned["name"],) if self.size == 1 else tuple(cleaned["names"].split("\n"))


class NeedsForm(ShownForm):
    """What the people need. None of it has to be said, and nothing is kept without consent."""

    def __init__(self, *args: Any, on_site: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields = {
            "interpreter": Some(
                label=_("Interpreter"),
                help_text=_("In which language, if you need one?"),
                options=[Option(code, interpreter_name(code)) for code in needs.INTERPRETERS],
                required=False,
            ),
            "captions": Tick(label=_("We need captions"), required=False),
            "access": Lines(
                label=_("Access"),
                help_text=_("For example: a wheelchair, a guide dog, light that does not flicker."),
                max_length=NEED_LENGTH,
                required=False,
            ),
            "diet": Lines(
                label=_("Diet"),
                help_text=_("Allergies and what you do not eat."),
                max_length=NEED_LENGTH,
                required=False,
            ),
            "agreed": Tick(
                label=_(
                    "I agree that the organiser keeps what I tell here and uses it for this course."
                ),
                help_text=_(
                    "You can take this back on your own page at any time: then it is erased."
                ),
                required=False,
            ),
        }
        if not on_site:
            del fields["diet"]
        self.fields |= fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._needs() and not cleaned.get("agreed"):
            self.add_error("agreed", _("Tick this, or leave the fields above empty."))
        return cleaned

    def needs(self, now: datetime) -> Needs:
        """The needs of a valid form, agreed to at `now`."""
        return self._needs().agreed(now)

    def _needs(self) -> Needs:
        cleaned = self.cleaned_data
        return Needs(
            interpreter=tuple(cleaned.get("interpreter", ())),
            captions=bool(cleaned.get("captions")),
            access=cleaned.get("access", ""),
            diet=cleaned.get("diet", ""),
        )

    @staticmethod
    def values_of(kept: Needs) -> dict[str, Any]:
        """What the fields hold for needs that were told before."""
        return {
            "interpreter": list(kept.interpreter),
            "captions": kept.captions,
            "access": kept.access,
            "diet": kept.diet,
            "agreed": bool(kept),
        }


class QuestionsForm(ShownForm):
    """Some of the course's own questions, in its language."""

    def __init__(
        self, *args: Any, questions: Sequence[Question], text_language: str, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[name_of(question)] = _field_of(question, text_language)

    def answers(self) -> dict[int | None, str]:
        """The answers of a valid form by the key of their question; empty where there is none."""
        return {each.pk: self.cleaned_data[name_of(each)] for each in self.questions}


def parts_of(course: Course) -> dict[str, list[Question]]:
    """The forms there are for a course beside the choice of a group, with the questions of each."""
    parts: dict[str, list[Question]] = {"who": []}
    if course.asks_needs:
        parts["needs"] = []
    asked = list(course.questions.filter(retired=False))
    for start in range(0, len(asked), QUESTIONS_AT_A_TIME):
        parts[f"questions-{start}"] = asked[start : start + QUESTIONS_AT_A_TIME]
    return parts


def answer_words(question: Question, value: str, text_language: str) -> Phrase:
    """An answer as it is read: yes and no in the reader's language, a choice in the course's."""
    if question.kind == Question.Kind.CONSENT:
        return say("Yes") if value == YES else say("No")
    is_choice = question.kind == Question.Kind.CHOICE
    return _own(value, text_language) if is_choice else Phrase(value)


def name_of(question: Question) -> str:
    """The name of the field that asks it."""
    return f"q{question.pk}"


def _field_of(question: Question, text_language: str) -> Any:
    common = {"label": _own(question.text, text_language), "required": question.required}
    if question.kind == Question.Kind.TEXT:
        return Line(max_length=ANSWER_LENGTH, **common)
    if question.kind == Question.Kind.CONSENT:
        options = [Option(YES, say("Yes")), Option(NO, say("No"))]
    else:
        options = [Option(choice, _own(choice, text_language)) for choice in question.choices]
    return One(options=options, **common)


def _own(words: str, language: str) -> Phrase:
    """The course's own words."""
    return Phrase(words, None if language == get_language() else language)


class AddressForm(ShownForm):
    """An address that we write to."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"] = Email(label=_("E-mail address"))


class NextTimeForm(AddressForm):
    """Whom to tell of the next time, and in which language."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["language"] = language_field()


def language_field() -> One:
    """In which of the five languages we write."""
    return One(
        label=_("In which language do we write to you?"),
        options=[Option(code, Phrase(each.own_name, code)) for code, each in LANGUAGES.items()],
        initial=get_language(),
    )
