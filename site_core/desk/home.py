"""`/desk/`: everyone's first page after the log-in, by what she is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from site_core.desk.access import login_required


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead a member to her entries, a reviewer to the queue, an editor to the admin.

    Who has an account and no role (yet, or no more) is told so.
    """
    for holds, name in (
        (request.roles.member, "desk_entries"),
        (request.roles.reviewer, "desk_queue"),
        (request.roles.editor, "wagtailadmin_home"),
    ):
        if holds:
            return HttpResponseRedirect(reverse(name))
    return render(request, "desk/no_role.html", {"noindex": True})
