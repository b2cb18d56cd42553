"""State changes of pages that are not edits: scheduled publishing, confirming, hiding."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail.snippets.models import get_snippet_models

from .models import Standing

logger = logging.getLogger(__name__)


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


def confirm_current(page: Page, *, by) -> None:
    """Record that the page's owner vouches for it today, and show it again if it was hidden.

    Raises PermissionDenied where `by` may not edit the page.
    """
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
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
    if by is not None and not page.permissions_for_user(by).can_publish():
        raise PermissionDenied
    with transaction.atomic():
        Standing.objects.update_or_create(page_id=page.pk, defaults={"hidden_at": timezone.now()})
        _save_again(page)
        log(instance=page.specific, action="moderation.hide", user=by)


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
    return True


def _save_again(page: Page) -> None:
    Page.objects.get(pk=page.pk).save(clean=False)
