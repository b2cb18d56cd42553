"""What participants need and have answered: on a page of its own, shown when asked for."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training.courses import Offering
from training.signups.log import note
from training.signups.models import SignUp

from .answers import questions_of, said_by
from .listing import A_PAGE
from .own import for_group


@for_group
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, group: Offering) -> HttpResponse:
    """A GET explains and asks, a POST shows; who looked and at how many is written down."""
    context = {"group": group, "page": None, "page_title": _("What they need")}
    if request.method == "POST":
        said = SignUp.objects.live().filter(offering=group, answers__isnull=False).distinct()
        rows = said.prefetch_related("attendees").order_by("pk")
        page = Paginator(rows, A_PAGE).get_page(request.POST.get("page"))
        signups = list(page)
        answers, wishes = said_by(signups)
        questions = questions_of(group.course)
        for signup in signups:
            own = answers.get(signup.pk, {})
            signup.said = [(questions[pk], own[pk]) for pk in questions if pk in own]
            signup.needs = wishes.get(signup.pk, "")
        note(group, "view_needs", request.user, shown=len(signups))
        context |= {"page": page, "rows": signups}
    return render(request, "desk/trainers/people/needs.html", context)
