"""The mails of moderation: each to one person about one event, with links and no personal data.

Called inside the transaction of the deed; the outbox sends after it has been committed. Wagtail's
own mails are off (`silence.py`).
"""

from typing import Any

from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from site_core.moderation import four_eyes
from site_core.moderation.records import Decision
from site_core.outbox import actions as outbox
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.links import absolute

KINDS = (
    "moderation_submitted",
    "moderation_to_review",
    "moderation_changes_asked",
    "moderation_approved",
    "moderation_published",
    "moderation_rejected",
)


def register() -> None:
    """Make the outbox know these kinds; called once at start-up."""
    for code in KINDS:
        register_kind(MessageKind(code=code, templates=f"emails/{code}"))


def submitted(task_state: TaskState, page: Page, author) -> None:
    """The receipt to who submitted."""
    _send("moderation_submitted", author, task_state.pk, page, link=_desk("desk_edit", page.pk))


def to_review(task_state: TaskState, page: Page) -> None:
    """To each reviewer whom four eyes lets decide in this step."""
    for person in four_eyes.deciders(task_state):
        _send(
            "moderation_to_review",
            person,
            task_state.pk,
            page,
            step=task_state.task.specific.step.label,
            link=_desk("desk_review", task_state.pk),
        )


def decided(decision: Decision, page: Page, author) -> None:
    """To who submitted: what was decided. A text that is published now gets `published` alone."""
    if not _still_writes(author, page):
        return
    words = {"link": _desk("desk_edit", page.pk)}
    if decision.outcome == Decision.Outcome.APPROVED:
        _send(
            "moderation_approved",
            author,
            decision.task_state_id,
            page,
            step=decision.task_state.task.specific.step.label,
            last=decision.ends_round,
            **words,
        )
        return
    kind = {
        Decision.Outcome.CHANGES_ASKED: "moderation_changes_asked",
        Decision.Outcome.REJECTED: "moderation_rejected",
    }[decision.outcome]
    _send(
        kind,
        author,
        decision.task_state_id,
        page,
        reason=Decision.Reason(decision.reason).label,
        **words,
    )


def published(decision: Decision, page: Page, author) -> None:
    """To who submitted: everyone can read it now, by this last approval."""
    if not _still_writes(author, page):
        return
    link = absolute(page.get_url() or "/")
    _send("moderation_published", author, decision.task_state_id, page, link=link)


def _still_writes(person, page: Page) -> bool:
    """Whether who submitted may still change the page: her membership may have ended meanwhile."""
    policy = policy_registry.get_by_type(Page)
    return person is not None and policy.user_has_permission_for_instance(person, "change", page)


def _send(kind: str, person, event: int, page: Page, **context: Any) -> None:
    if person is None or not person.is_active:
        return
    outbox.send(
        kind,
        to=person.email,
        language=person.preferred_language,
        key=f"{kind}:{event}:{person.pk}",
        context={"title": page.get_admin_display_title(), **context},
        user=person,
    )


def _desk(name: str, pk: int) -> str:
    """A place at the desks, which are a layer above: by its name."""
    return absolute(reverse(name, args=[pk]))
