"""How a page stands: one word for authors and reviewers, worked out for a whole list at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, WorkflowState

from site_core.moderation.models import Decision, Standing


class PageState(models.TextChoices):
    """Where a page is on its way; the most pressing for its author where several hold."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Being checked")
    CHANGES_ASKED = "changes_asked", _("Changes asked for")
    REJECTED = "rejected", _("Not accepted")
    LIVE = "live", _("Published")
    LIVE_CHANGED = "live_changed", _("Published, changes not submitted yet")
    SCHEDULED = "scheduled", _("Waiting for its day")
    HIDDEN = "hidden", _("Hidden")
    EXPIRED = "expired", _("Its time is over")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state follows from. `workflow` is the status of the last submission, or empty."""

    live: bool
    changed: bool
    over: bool
    workflow: str = ""
    rejected: bool = False
    scheduled: bool = False
    hidden: bool = False


def state_of(facts: Facts) -> PageState:
    """The rule alone, without the database."""
    if facts.workflow == WorkflowState.STATUS_IN_PROGRESS:
        return PageState.IN_REVIEW
    if facts.workflow == WorkflowState.STATUS_NEEDS_CHANGES:
        return PageState.CHANGES_ASKED
    if facts.rejected:
        return PageState.REJECTED
    if facts.scheduled:
        return PageState.SCHEDULED
    if facts.live and facts.hidden:
        return PageState.HIDDEN
    if facts.over:
        return PageState.EXPIRED
    if facts.live:
        return PageState.LIVE_CHANGED if facts.changed else PageState.LIVE
    return PageState.DRAFT


def states_of(pages: Iterable[Page], *, now: datetime | None = None) -> dict[int, PageState]:
    """The state of each page by primary key: four queries, however many pages."""
    pages, now = list(pages), now or timezone.now()
    ids = [page.pk for page in pages]
    last, rejected = _last_submissions(ids)
    hidden = set(
        Standing.objects.filter(page_id__in=ids, hidden_at__isnull=False).values_list(
            "page_id", flat=True
        )
    )
    scheduled = {
        int(pk)
        for pk in Revision.page_revisions.filter(
            object_id__in=[str(pk) for pk in ids], approved_go_live_at__isnull=False
        ).values_list("object_id", flat=True)
    }
    return {
        page.pk: state_of(
            Facts(
                live=page.live,
                changed=page.has_unpublished_changes,
                over=page.expired if not page.live else _is_over(page, now),
                workflow=last[page.pk].status if page.pk in last else "",
                rejected=_is_rejected(page, rejected.get(page.pk)),
                scheduled=page.pk in scheduled,
                hidden=page.pk in hidden,
            )
        )
        for page in pages
    }


def _last_submissions(
    ids: list[int],
) -> tuple[dict[int, WorkflowState], dict[int, datetime]]:
    """The last submission of each page, and when it was rejected if it was."""
    last = {
        int(state.object_id): state
        for state in WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=[str(pk) for pk in ids],
        ).order_by("created_at", "pk")
    }
    rejections = Decision.objects.filter(
        outcome=Decision.Outcome.REJECTED,
        task_state__workflow_state__in=[state.pk for state in last.values()],
    ).values_list("task_state__workflow_state__object_id", "decided_at")
    return last, {int(pk): when for pk, when in rejections}


def _is_over(page: Page, now: datetime) -> bool:
    return page.expire_at is not None and page.expire_at <= now


def _is_rejected(page: Page, decided_at: datetime | None) -> bool:
    if decided_at is None:
        return False
    return page.last_published_at is None or page.last_published_at < decided_at
