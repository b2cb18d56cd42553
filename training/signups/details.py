"""What a participant changes of her own sign-up: names, language, answers, needs. Never a seat."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from training.courses import Offering
from training.signups.arithmetic import has_lapsed
from training.signups.errors import Closed, Lapsed
from training.signups.locks import brief, patiently
from training.signups.models import Answer, SignUp


def changes_until(offering: Offering) -> datetime | None:
    """Until when a sign-up can be changed: as long as it can be cancelled, else until the group
    first meets; None where no time is set."""
    if offering.cancel_until:
        return offering.cancel_until
    return (
        offering.sessions.held().values_list("starts_at", flat=True).order_by("starts_at").first()
    )


@patiently
def change_details(
    signup: SignUp,
    *,
    names: Iterable[str] = (),
    language: str = "",
    answers: Mapping[int | None, str] | None = None,
    now: datetime | None = None,
) -> None:
    """Write what is given and leave the rest; as many names as there are people.

    `answers` are by the key of their question, needs under None; an empty one is erased. Taking
    needs back is possible at any time. Raises Closed when it is too late, Lapsed where the sign-up
    is over, Busy. A transaction of its own.
    """
    now = now or timezone.now()
    names, answers = list(names), answers or {}
    only_takes_back = not names and not language and answers == {None: ""}
    if not only_takes_back and has_lapsed(changes_until(signup.offering), now):
        raise Closed(_("It is too late to change this here. Ask the organiser."))
    with brief():
        row = SignUp.objects.select_for_update(no_key=True).get(pk=signup.pk)
        if row.status in SignUp.OVER and not only_takes_back:
            raise Lapsed(_("This sign-up is over. You can sign up again."))
        if language:
            SignUp.objects.filter(pk=row.pk).update(language=language)
        people = row.attendees.order_by("position", "pk")
        for attendee, name in zip(people, names, strict=False):
            type(attendee).objects.filter(pk=attendee.pk).update(name=name)
        row.answers.filter(question__in=[key for key in answers if key]).delete()
        if None in answers:
            row.answers.filter(question=None).delete()
        Answer.objects.bulk_create(
            Answer(signup=row, question_id=key, value=value)
            for key, value in answers.items()
            if value
        )
