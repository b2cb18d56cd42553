"""The way through the form of a sign-up: which steps there are, and what is carried along.

Nothing is kept on our side but the seats that are held: each step brings what the steps before it
were told, in hidden fields, so going back, two windows and a lost connection do no harm.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import get_language, gettext_noop

from site_core.languages.fallback import Phrase, say
from training.questions import Question
from training.signups import actions, needs
from training.signups.enrolment import Enrolment, Group, Room, times_of
from training.signups.errors import Busy
from training.signups.fields import Option, ShownForm
from training.signups.forms import GroupForm, NeedsForm, QuestionsForm, WhoForm, parts_of
from training.signups.models import Seat

GROUP, WHO, NEEDS, QUESTIONS = "group", "who", "needs", "questions"
TITLES: Final = {
    GROUP: gettext_noop("Choose"),
    WHO: gettext_noop("Who comes"),
    NEEDS: gettext_noop("What you need"),
    QUESTIONS: gettext_noop("The organiser's questions"),
}
FULL = gettext_noop("This group is full, and so is its waiting list.")


@dataclass(frozen=True, slots=True)
class Place:
    """What there is for a form: seats, held under a token until a time where that is needed, or the
    queue with so many before her, or nothing."""

    room: Room
    token: str = ""
    until: datetime | None = None
    waiting: int = 0


class Walk:
    """One form on its way. `data` is what was sent, empty for a new one."""

    def __init__(self, enrolment: Enrolment, data: QueryDict, now: datetime, group: str = ""):
        self.enrolment, self.data, self.now = enrolment, data, now
        self.preferred = group

    @cached_property
    def steps(self) -> list[str]:
        """Names of the steps there are for this course, in order."""
        return [*([GROUP] if self._unbound(GROUP).own_fields else []), *self.parts]

    @cached_property
    def parts(self) -> dict[str, list[Question]]:
        """The steps after the choice of a group, with the questions of each."""
        return parts_of(self.enrolment.course)

    @property
    def step(self) -> str:
        """The step that was sent."""
        sent = self.data.get("step", "")
        return sent if sent in self.steps else self.steps[0]

    @property
    def next(self) -> str | None:
        """The step after the one that was sent."""
        following = self.steps[self.steps.index(self.step) + 1 :]
        return following[0] if following else None

    @property
    def before(self) -> str:
        """The step before it."""
        return self.steps[max(0, self.steps.index(self.step) - 1)]

    @cached_property
    def key(self) -> uuid.UUID:
        """The form's own number: the same form sent twice is one sign-up."""
        try:
            return uuid.UUID(self.data.get("key", ""))
        except ValueError:
            return uuid.uuid4()

    def sent_form(self, step: str) -> ShownForm:
        """A step as it was sent."""
        return self._form(step, self.data)

    def new_form(self, step: str) -> ShownForm:
        """A step to fill in, with what was typed there before."""
        form = self._unbound(step)
        for name in form.own_fields:
            if name in self.data:
                many = form.fields[name].kind == "some"
                form.initial[name] = self.data.getlist(name) if many else self.data[name]
        return form

    def first_faulty(self) -> tuple[str, ShownForm] | None:
        """The first step up to the one that was sent that has to be mended."""
        group = self.sent_form(GROUP)
        if not group.is_valid():
            return GROUP, group
        for step in self.steps[: self.steps.index(self.step) + 1]:
            form = self.sent_form(step)
            if not form.is_valid():
                return step, form
        return None

    def carried(self, shown: ShownForm | None) -> list[tuple[str, str]]:
        """What was typed in all other steps, for hidden fields."""
        own = set(shown.own_fields) if shown else set()
        names = {name for step in self.steps for name in self._unbound(step).own_fields}
        kept = sorted(name for name in names - own - {"group"} if name in self.data)
        pairs = [(name, value) for name in kept for value in self.data.getlist(name)]
        return pairs if "group" in own else [("group", str(self.choice[0].offering.pk)), *pairs]

    @cached_property
    def choice(self) -> tuple[Group, int, str]:
        """The group, the number of people and the role of a valid first step; of one that is not
        sent or not valid, what there is."""
        form = self.sent_form(GROUP) if self.data else None
        if form is None or not form.is_valid():
            return self.enrolment.open[0], 1, ""
        chosen = form.cleaned_data
        group = next(
            each for each in self.enrolment.open if str(each.offering.pk) == chosen["group"]
        )
        return group, chosen["size"], chosen["role"]

    def who(self) -> dict[str, Any]:
        """Names, address and language out of a valid form."""
        form = self.sent_form(WHO)
        form.is_valid()
        told = form.cleaned_data
        return {"names": form.people(), "email": told["email"], "language": told["language"]}

    def answers(self) -> dict[int | None, str]:
        """Answers and needs of valid forms, ready to be kept; nothing where nothing was said."""
        found: dict[int | None, str] = {}
        for step in self.steps:
            form = self.sent_form(step)
            form.is_valid()
            if isinstance(form, NeedsForm):
                found[None] = needs.write(form.needs(self.now))
            elif isinstance(form, QuestionsForm):
                found |= form.answers()
        return {question: text for question, text in found.items() if text}

    def look(self) -> Place:
        """What there is for the form, without asking for it."""
        group, size, role = self.choice
        held = self._held()
        if held:
            return held
        if self.data.get("queue"):
            return Place(Room.QUEUE, waiting=group.waiting)
        return Place(group.room(role, size), waiting=group.waiting)

    def find_place(self, may_hold: Callable[[], bool]) -> Place:
        """Seats that are held for the form, or what there is instead. Raises Busy and Closed.

        `may_hold` is asked before seats are held that are not held already.
        """
        group, size, role = self.choice
        held = self._held()
        if held or not may_hold():
            return held or Place(Room.SEATS)
        self._give_back()
        hold = actions.hold(group.offering, size=size, role=role, now=self.now)
        if hold is not None:
            return Place(Room.SEATS, hold.token, hold.until)
        room = group.room(role, size)  # seats that were seen are gone: what is left is the queue
        return Place(Room.NONE if room is Room.NONE else Room.QUEUE, waiting=group.waiting)

    def _give_back(self) -> None:
        """Give back what the form holds, which it does not ask for any more."""
        token = self.data.get("hold", "")
        if not token:
            return
        held = Seat.objects.filter(hold=actions.hashed(token))
        offerings = set(held.values_list("pool__offering", flat=True))
        for group in self.enrolment.groups:
            if group.offering.pk in offerings:
                with suppress(Busy):  # what is left of it lapses by itself
                    actions.drop_hold(group.offering, token, now=self.now)

    def _held(self) -> Place | None:
        """What the form holds, where it is what it asks for now and its time is not over."""
        group, size, role = self.choice
        token = self.data.get("hold", "")
        if not token:
            return None
        seats = Seat.objects.filter(hold=actions.hashed(token), held_until__gt=self.now)
        rows = list(
            seats.filter(pool__offering=group.offering).values_list("pool__role", "held_until")
        )
        role = role if role in group.pools else ""
        if len(rows) != size or any(each != role for each, _until in rows):
            return None
        return Place(Room.SEATS, token, rows[0][1])

    def _unbound(self, step: str) -> ShownForm:
        return self._form(step, None)

    def _form(self, step: str, data: QueryDict | None) -> ShownForm:
        course = self.enrolment.course
        if step == GROUP:
            return self._group_form(data)
        if step == WHO:
            return WhoForm(data, size=self.choice[1])
        if step == NEEDS:
            return NeedsForm(data, on_site=self.choice[0].is_on_site)
        return QuestionsForm(data, questions=self.parts[step], text_language=course.text_language)

    def _group_form(self, data: QueryDict | None) -> GroupForm:
        groups = self.enrolment.open
        roles = dict.fromkeys(role for group in groups for role in group.roles)
        form = GroupForm(
            data,
            groups=[_option(group) for group in groups],
            roles=list(roles),
            most={str(group.offering.pk): group.offering.largest_group for group in groups},
            text_language=self.enrolment.course.text_language,
        )
        if self.preferred:
            form.initial["group"] = self.preferred
        return form


def title_of(step: str) -> Phrase:
    """What a step is called."""
    return say(TITLES[step.partition("-")[0]])


def _option(group: Group) -> Option:
    coming = [each for each in group.sessions if each.cancelled_at is None]
    times = times_of(coming[:1], get_language())
    small = (*(time.words for time in times), room_words(group))
    return Option(str(group.offering.pk), Phrase(group.offering.name), small)


def room_words(group: Group) -> Phrase:
    """What is left of a group, in a sentence."""
    room, free = group.best_room, [pool.free for pool in group.pools.values()]
    if room is Room.SEATS and None in free:
        return say("There is room.")
    if room is Room.SEATS:
        count = sum(number or 0 for number in free)
        return say("%(count)s place is free.", plural="%(count)s places are free.", count=count)
    if room is Room.QUEUE:
        return say(
            "Full: %(count)s is waiting.",
            plural="Full: %(count)s are waiting.",
            count=group.waiting,
        )
    return say("Full, and the waiting list too.")
