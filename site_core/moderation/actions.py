"""State changes of pages that are not edits: submission and review, schedule, confirming, hiding.

What a reviewer does goes through the steps of the workflow (`tasks.py`), as Wagtail's own buttons
do, so that both roads end in `decisions.decide`.
"""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    DraftStateMixin,
    Locale,
    Page,
    Revision,
    WorkflowState,
)
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from . import decisions, mails
from .errors import Stale
from .models import Decision, Standing
from .parents import make_parents
from .quality import require_quality

logger = logging.getLogger(__name__)

_refuse_null = ProhibitNullCharactersValidator()  # PostgreSQL stores none


def publish_due(*, now: datetime | None = None) -> dict[str, int]:
    """Publish what is scheduled and take down what has expired, each object in its own transaction.

    Replaces Wagtail's `publish_scheduled`, which commits a page and its log, entry and revisions
    one by one. One object that fails is logged and tried again next time; the others go on.
    Returns how many were `published`, `expired` and `failed`.
    """
    now = now or timezone.now()
    done = {"published": 0, "expired": 0, "failed": 0}
    for model in _draft_models():
        due = model.objects.filter(live=True, expire_at__lte=now).values_list("pk", flat=True)
        for pk in due:
            _attempt(done, "expired", _expire, model, pk, now)
    scheduled = Revision.objects.filter(approved_go_live_at__lte=now).order_by(
        "approved_go_live_at", "pk"
    )
    for pk in list(scheduled.values_list("pk", flat=True)):
        _attempt(done, "published", _publish, pk, now)
    return done


@transaction.atomic
def submit(page: Page, by) -> WorkflowState:
    """Hand the latest draft to the reviewers; what waits already is left as it is.

    Raises PermissionDenied for who may not change the page, and ValidationError with the errors of
    the quality checks by field, or where there is nothing to submit.
    """
    page = _locked(page)
    _require_author(page, by)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return state
    if page.live and not page.has_unpublished_changes:
        raise ValidationError(_("Nothing has changed since this was published."), code="unchanged")
    if page.scheduled_revision is not None:
        raise ValidationError(
            _("This is approved already and waits for its day of publishing."), code="scheduled"
        )
    draft = page.get_latest_revision_as_object()
    require_quality(draft)
    if page.latest_revision_id is None:
        draft.save_revision(user=by)
    if state is not None:
        state.resume(user=by)
        return state
    return draft.get_workflow().start(draft, by)


@transaction.atomic
def withdraw(page: Page, by) -> bool:
    """Take a page back from the reviewers, to go on writing; returns whether it waited.

    Where it waits no more, or changes were asked, all stays as it is. Raises PermissionDenied for
    who may not change the page.
    """
    page = _locked(page)
    _require_author(page, by)
    if not page.workflow_in_progress:
        return False
    page.current_workflow_state.cancel(user=by)
    return True


def approve(page: Page, by, seen_revision: int) -> Decision:
    """Approve the step at hand; the last approval publishes, at once or at the scheduled time.

    Raises Stale where somebody was faster or the text is not the one seen, PermissionDenied where
    four eyes or the step's groups forbid, ValidationError where the organisation is suspended.
    """
    return _decide(page, by, decisions.APPROVE, seen_revision)


def ask_changes(page: Page, by, seen_revision: int, reason: str, text: str) -> Decision:
    """Give the page back to its author with what to change. Raises as `approve`, and
    ValidationError without a reason."""
    return _decide(page, by, decisions.ASK_CHANGES, seen_revision, reason, text)


def reject(page: Page, by, seen_revision: int, reason: str, text: str) -> Decision:
    """End the submission: the page is not accepted. Raises as `ask_changes`."""
    return _decide(page, by, decisions.REJECT, seen_revision, reason, text)


@transaction.atomic
def comment(page: Page, by, field_path: str, text: str) -> Comment:
    """Write a comment at a field of a page in one's turn; the text stays the same revision.

    `field_path` is Wagtail's content path, such as `summary` or `channels.<block id>.number`. A
    comment sent with the page's form would be a new revision and void the approvals.
    Raises Stale where the page does not wait any more, PermissionDenied where it is not one's turn,
    ValidationError without words, with what cannot be stored, or for an unknown field.
    """
    page = _locked(page)
    task_state = page.current_workflow_task_state
    if task_state is None:
        raise Stale
    if not task_state.task.specific.get_actions(page, by):
        raise PermissionDenied
    if not text.strip():
        raise ValidationError(_("Write the comment first."), code="empty")
    for written in (field_path, text):
        _refuse_null(written)
    if field_path.split(".")[0] not in {field.name for field in page._meta.get_fields()}:
        raise ValidationError(_("There is no such field on this page."), code="field")
    made = Comment.objects.create(
        page_id=page.pk, user=by, text=text.strip(), contentpath=field_path, position=""
    )
    log(
        instance=page,
        action="moderation.comment",
        user=by,
        revision=task_state.revision,
        data={"field": field_path, "comment": made.pk},
    )
    return made


@transaction.atomic
def copy_for_translation(page: Page, language: str, by) -> Page:
    """A draft copy of the page in another language, to be translated; the one there is, if any.

    The texts are those of the latest draft. The parents that lack in that language are made as
    drafts. For who may edit the original; staff submit translations through wagtail-localize.
    Raises PermissionDenied, and ValidationError for a language the portal has not.
    """
    page = _locked(page)
    _require_author(page, by)
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        raise ValidationError(_("The portal has no such language."), code="language")
    found = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    if found is not None:
        return found.specific
    make_parents(page, language)
    found = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    if found is not None:  # the page is such a parent itself
        return found.specific
    draft = page.get_latest_revision_as_object()
    copy = draft.copy_for_translation(locale, copy_parents=True)
    copy.owner = by
    copy.save(update_fields=["owner"])
    copy.save_revision(user=by, clean=False)
    log(
        instance=copy,
        action="moderation.translate",
        user=by,
        data={"language": language, "original": page.pk},
    )
    return copy


def confirm_current(page: Page, *, by) -> None:
    """Record that the page's owner vouches for it today, and show it again if it was hidden.

    Raises PermissionDenied where `by` may not change the page; being its reviewer is not enough.
    """
    _require_author(page, by)
    with transaction.atomic():
        Standing.objects.update_or_create(
            page_id=page.pk,
            defaults={
                "last_confirmed": timezone.localdate(),
                "confirmed_by": by,
                "hidden_at": None,
            },
        )
        _save_again(page)
        log(instance=page.specific, action="moderation.confirm", user=by)


def hide_stale(page: Page, *, by=None) -> None:
    """Hide a page nobody vouches for; it stays published, and `confirm_current` shows it again.

    `by` is None when the clock does it. Raises PermissionDenied where a person may not publish.
    """
    if by is not None and not page.permissions_for_user(by).holds_publish_right():
        raise PermissionDenied
    with transaction.atomic():
        Standing.objects.update_or_create(page_id=page.pk, defaults={"hidden_at": timezone.now()})
        _save_again(page)
        log(instance=page.specific, action="moderation.hide", user=by)


def _locked(page: Page) -> Page:
    """The page as it is now, its row locked until the transaction ends."""
    return Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific


def _require_author(page: Page, by) -> None:
    """Being its reviewer at the moment gives no right to submit or withdraw a page."""
    policy = policy_registry.get_by_type(Page)
    if not policy.user_has_permission_for_instance(by, "change", page):
        raise PermissionDenied


@transaction.atomic
def _decide(
    page: Page, by, deed: str, seen_revision: int, reason: str = "", text: str = ""
) -> Decision:
    if deed != decisions.APPROVE and reason not in dict(Decision.REASONS_TO_GIVE):
        raise ValidationError({"reason": _("Choose a reason.")})
    page = _locked(page)
    task_state = page.current_workflow_task_state
    if task_state is None:
        raise Stale
    task_state.task.specific.on_action(
        task_state, by, deed, reason=reason, comment=text, seen_revision=seen_revision
    )
    return Decision.objects.get(task_state_id=task_state.pk)


def _draft_models() -> list[type[DraftStateMixin]]:
    return [Page, *(model for model in get_snippet_models() if issubclass(model, DraftStateMixin))]


def _attempt(done: dict[str, int], outcome: str, deed, *args) -> None:
    try:
        with transaction.atomic():
            if deed(*args):
                done[outcome] += 1
    except Exception:
        logger.exception("Scheduled publishing failed: %s %s", outcome, args)
        done["failed"] += 1


def _expire(model, pk: int, now: datetime) -> bool:
    instance = (
        model.objects.select_for_update().filter(pk=pk, live=True, expire_at__lte=now).first()
    )
    if instance is None:
        return False
    getattr(instance, "specific", instance).unpublish(
        set_expired=True, log_action="wagtail.unpublish.scheduled"
    )
    return True


def _publish(pk: int, now: datetime) -> bool:
    revision = (
        Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    )
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    decision = revision.decisions.filter(ends_round=True).order_by("pk").last()
    if decision is not None:
        author = decision.task_state.workflow_state.requested_by
        mails.published(decision, revision.content_object, author)
    return True


def _save_again(page: Page) -> None:
    Page.objects.get(pk=page.pk).save(clean=False)
