"""The moderators' queue and the page on which one change is read and decided about."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from site_core.desk.access import staff_required
from site_core.desk.review.deadline import PROMISED_DAYS, age_phrase
from site_core.desk.review.deciding import Outcome, carry_out, written_comments
from site_core.desk.review.forms import DecisionForm
from site_core.desk.review.showing import show
from site_core.desk.review.turns import Turn, handled_for, open_comments, turn_of
from site_core.desk.review.versions import compare_versions
from site_core.desk.review.waiting import step_name, waiting_row, waiting_rows
from site_core.moderation import queue as waiting_queue
from site_core.moderation.decisions import APPROVE
from site_core.moderation.quality import check_page
from site_core.moderation.records import Decision


@require_safe
@staff_required
def queue(request: HttpRequest) -> HttpResponse:
    """All that waits: what is this person's turn first, then the rest with the reason."""
    now = timezone.now()
    rows = waiting_rows(request.user, request.roles, now)
    mine = [row for row in rows if row.reason is None]
    usual = waiting_queue.usual_wait(now)
    context = {
        "rows": rows,
        "mine": mine,
        "others": [row for row in rows if row.reason is not None],
        "late": sum(row.is_late for row in rows),
        "promised": PROMISED_DAYS,
        "usual": age_phrase(usual) if usual is not None else None,
    }
    return render(request, "desk/review/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def review(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """One change in the person's turn, and the decision about it.

    Who could have decided and comes too late reads what became of it; for everyone else there is
    nothing here. What she has written is given back in every case.
    """
    turn = turn_of(request.user, task_state_id)
    if turn is None:
        return _too_late(request, task_state_id)
    if request.method != "POST":
        form = DecisionForm(may_approve=_may_approve(turn, request.user))
        return _render_review(request, turn, form, {})
    form = DecisionForm(request.POST, may_approve=_may_approve(turn, request.user))
    written = written_comments(request.POST)
    outcome = carry_out(turn, request.user, form, written, then=request.POST.get("then", ""))
    if outcome is Outcome.STALE:
        return _after_stale(request, task_state_id, form, written)
    if outcome is Outcome.REFUSED:
        return _render_review(request, turn, form, written)
    messages.success(request, str(outcome.words(turn)))
    if outcome is Outcome.KEPT:
        return _to_top_of(reverse("desk_review", args=[task_state_id]))
    return _to_top_of(_next_address(request))


@require_safe
@staff_required
def preview(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """The text under review as readers would see it, for the reviewer whose turn it is."""
    turn = turn_of(request.user, task_state_id)
    if turn is None:
        raise Http404
    return turn.draft.serve_preview(request, turn.draft.default_preview_mode)


def _may_approve(turn: Turn, user: Any) -> bool:
    actions = turn.state.task.specific.get_actions(turn.page, user)
    return APPROVE in {name for name, *_rest in actions}


def _render_review(
    request: HttpRequest,
    turn: Turn,
    form: DecisionForm,
    written: dict[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    is_new = turn.live is None
    fields = compare_versions(turn.live, turn.draft)
    shown = show(fields, open_comments(turn.page), written, is_new=is_new)
    row = waiting_row(turn.state, request.user, request.roles, timezone.now())
    earlier = (
        Decision.objects.filter(task_state__workflow_state=turn.state.workflow_state)
        .select_related("by", "task_state__task")
        .order_by("decided_at", "pk")
    )
    context = {
        "row": row,
        "turn": turn,
        "form": form,
        "faults": form.errors,
        "shown": shown,
        "is_new": is_new,
        "is_last": row.step.number == row.step.total,
        "may_approve": len(form.fields["outcome"].choices) > 2,
        "findings": check_page(turn.draft),
        "earlier": [(each, step_name(each.task_state.task)) for each in earlier],
        "lost": {path: text for path, text in written.items() if path not in shown.paths},
    }
    return render(request, "desk/review/review.html", context, status=status)


def _after_stale(
    request: HttpRequest, task_state_id: int, form: DecisionForm, written: dict[str, str]
) -> HttpResponse:
    """Show the newer text if it is still her turn, else what became of it; her words stay."""
    turn = turn_of(request.user, task_state_id)
    if turn is None:
        return _too_late(request, task_state_id)
    return _render_review(request, turn, form, written, HTTPStatus.CONFLICT)


def _too_late(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """What somebody else has decided; for a page that is gone, what she wrote.

    Raises Http404 for who has no part in it and has written nothing.
    """
    handled = handled_for(request.user, task_state_id)
    posted = request.method == "POST"
    words = [*written_comments(request.POST).values(), request.POST.get("text", "").strip()]
    words = [each for each in words if each]
    if handled is None and not (posted and words):
        raise Http404
    context = {"handled": handled, "words": words, "posted": posted}
    if handled is None:
        status = HTTPStatus.NOT_FOUND
    else:
        status = HTTPStatus.CONFLICT if posted else HTTPStatus.OK
    return render(request, "desk/review/handled.html", context, status=status)


def _to_top_of(address: str) -> HttpResponse:
    """Lead to the beginning of a page: a browser keeps `#decision` through a redirect without."""
    return HttpResponseRedirect(f"{address}#content")


def _next_address(request: HttpRequest) -> str:
    """The longest waiting of her turns, or the queue where she asks for it or nothing is left."""
    if request.POST.get("then") != "queue":
        following = waiting_queue.waiting_for(request.user).values_list("pk", flat=True).first()
        if following is not None:
            return reverse("desk_review", args=[following])
    return reverse("desk_queue")
