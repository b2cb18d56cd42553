"""What an author reads: her entries, and a draft as readers would see it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from site_core.desk.access import member_required
from site_core.desk.authors.branches import own_page
from site_core.desk.authors.entries import rows_of, wait_in_words
from site_core.desk.authors.kinds import KINDS
from site_core.feedback.models import Feedback

FEEDBACK_SHOWN = 5


@require_safe
@member_required
def entries(request: HttpRequest) -> HttpResponse:
    """The author's entries, what asks for her first; `?organisation=` narrows to one of hers."""
    chosen = _chosen_organisation(request)
    rows, found = rows_of(request, request.GET.get("page"), chosen and chosen.pk)
    feedback = policy_registry.get_by_type(Feedback).instances_user_has_permission_for(
        request.user, "change"
    )
    organisations = [each.organisation for each in request.roles.memberships]
    context: dict[str, Any] = {
        "rows": rows,
        "found": found,
        "asked": sum(1 for row in rows if row.look == "ember"),
        "kinds": KINDS.values(),
        "organisations": organisations,
        "chosen": chosen,
        "wait": wait_in_words(),
        "feedback": list(feedback.waiting()[:FEEDBACK_SHOWN]),
    }
    return render(request, "desk/authors/entries.html", context)


@require_safe
@member_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as readers would see it once published, marked as a preview."""
    own = own_page(request, pk)
    request.above_main = "desk/authors/preview_bar.html"
    response = own.draft.serve_preview(request, "")
    response["X-Robots-Tag"] = "noindex"
    return response


def _chosen_organisation(request: HttpRequest) -> Any:
    """The organisation asked for, if it is one of hers."""
    asked = request.GET.get("organisation", "")
    return next(
        (m.organisation for m in request.roles.memberships if str(m.organisation_id) == asked), None
    )
