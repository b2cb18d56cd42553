"""What happens to feedback: it is received, answered or closed; and pages are counted as helpful.

The public form and the admin come through here. `by` is the person who settles a feedback.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from search.models import Entry
from site_core.dates import local_day
from site_core.outbox.actions import send
from site_core.outbox.kinds import MessageKind, register_kind

from .deadline import due_at
from .models import Feedback, HelpfulCount

ANSWER = register_kind(
    # What a reader wrote and was answered is hers: operators do not read it, and it is not kept.
    MessageKind("feedback_answer", templates="emails/feedback_answer", keeps_body=False)
)
SAME_WITHIN = timedelta(minutes=10)
"""The same message again within this time is one sent twice, not two."""


def entry_about(key: UUID | None, language: str, now: datetime) -> Entry | None:
    """The public entry with a key, in the version that fits the reader best, or None."""
    if key is None:
        return None
    return Entry.objects.public(now).filter(key=key).best_first(language).first()


@transaction.atomic
def receive(
    kind: str,
    text: str,
    *,
    language: str,
    entry: Entry | None = None,
    about: str = "",
    email: str = "",
    now: datetime | None = None,
) -> Feedback:
    """Keep what a reader sent; what she sends twice is kept once.

    Feedback about a page's content goes to the organisation that owns the page.
    """
    now = now or timezone.now()
    wanted = {
        "kind": kind,
        "text": text,
        "language": language,
        "email": email,
        "entry_key": entry.key if entry else None,
        "about": about or (entry.title if entry else ""),
    }
    same = Feedback.objects.filter(**wanted, received_at__gt=now - SAME_WITHIN).first()
    if same is not None:
        return same
    owned = entry is not None and kind in Feedback.FOR_ORGANISATIONS
    return Feedback.objects.create(
        **wanted,
        page_id=entry.page_id if entry else None,
        organisation_id=entry.organisation_id if owned else None,
        received_at=now,
        due_at=due_at(now),
    )


def count_help(key: UUID, *, helped: bool, now: datetime | None = None) -> None:
    """Count one answer to the question whether a page was of help."""
    row, _made = HelpfulCount.objects.get_or_create(
        entry_key=key, day=local_day(now or timezone.now())
    )
    column = "yes" if helped else "no"
    HelpfulCount.objects.filter(pk=row.pk).update(**{column: F(column) + 1})


@transaction.atomic
def answer(feedback: Feedback, text: str, *, by, now: datetime | None = None) -> None:
    """Answer an open feedback; if an address was given, the answer goes there by mail.

    Raises PermissionDenied, and ValidationError where somebody was faster.
    """
    _settle(feedback, Feedback.State.ANSWERED, by, now, answer=text)
    log(instance=feedback, action="feedback.answer", user=by)
    send_answer(feedback)


@transaction.atomic
def close(feedback: Feedback, *, by, now: datetime | None = None) -> None:
    """Settle an open feedback that needs no answer. Raises as `answer` does."""
    _settle(feedback, Feedback.State.CLOSED, by, now)
    log(instance=feedback, action="feedback.close", user=by)


def send_answer(feedback: Feedback) -> None:
    """Put the answer in the outbox, in the language in which the feedback was written."""
    send(
        ANSWER.code,
        to=feedback.email,
        language=feedback.language,
        key=f"{ANSWER.code}:{feedback.pk}",
        context={
            "reference": feedback.reference,
            "about": feedback.about,
            "message": feedback.text,
            "answer": feedback.answer,
        },
    )


def erase_addresses(now: datetime) -> int:
    """Erase the addresses that have served; returns how many."""
    return Feedback.objects.with_address_to_erase(now).update(email="")


def _settle(feedback: Feedback, state: str, by, now: datetime | None, **fields: str) -> None:
    """Write the end of an open feedback in one conditional UPDATE: only the first one settles."""
    policy = policy_registry.get_by_type(Feedback)
    if not policy.user_has_permission_for_instance(by, "change", feedback):
        raise PermissionDenied
    fields |= {"state": state, "settled_at": now or timezone.now(), "settled_by": by}
    open_one = Feedback.objects.filter(pk=feedback.pk, state=Feedback.State.OPEN)
    if not open_one.update(**fields):
        raise ValidationError(_("This feedback has been settled already."))
    feedback.refresh_from_db()
