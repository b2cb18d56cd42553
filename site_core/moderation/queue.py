"""The moderators' queue: what waits for whom, in which order, and the usual wait."""

from datetime import datetime, timedelta
from statistics import median

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, TaskState

from site_core.moderation.models import Decision

LOOK_BACK = timedelta(days=90)
FEWEST = 5
"""With fewer decisions than this a median tells nothing."""


def waiting() -> QuerySet:
    """All steps that wait for a reviewer, `submitted_at` annotated, oldest first."""
    of_same = TaskState.objects.filter(workflow_state=OuterRef("workflow_state"))
    last_rejected = (
        TaskState.objects.filter(
            workflow_state=OuterRef("workflow_state"), status=TaskState.STATUS_REJECTED
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        )
        .annotate(last_rejected=Coalesce(Subquery(last_rejected), Value(0)))
        .annotate(
            submitted_at=Subquery(
                of_same.filter(pk__gt=OuterRef("last_rejected"))
                .order_by("pk")
                .values("started_at")[:1]
            )
        )
        .order_by("submitted_at", "pk")
    )


def waiting_for(user) -> QuerySet:
    """Steps whose turn is the user's: the longest waiting first."""
    mine = TaskState.objects.reviewable_by(user).order_by().values("pk")
    return waiting().filter(pk__in=mine)


def usual_wait(now: datetime) -> timedelta | None:
    """How long authors have waited for an answer lately: the median; None where too few."""
    spans = [
        decided - submitted
        for submitted, decided in Decision.objects.filter(
            ends_round=True, decided_at__gt=now - LOOK_BACK, decided_at__lte=now
        ).values_list("submitted_at", "decided_at")
    ]
    return median(spans) if len(spans) >= FEWEST else None
