"""Staff's pages of organisations: find one, hide all it has published, show it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import ModelLogEntry

from site_core.desk.access import only_for
from site_core.organisations import actions
from site_core.organisations.models import Organisation

from .forms import SuspendForm

A_PAGE = 50
suspenders_only = only_for(actions.may_suspend)


@require_safe
@suspenders_only
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, those with words of `q` in the name or with that business id."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = Organisation.objects.filter(is_portal=False).order_by("name", "pk")
    if asked:
        rows = rows.filter(name__icontains=asked) | rows.filter(business_id=asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "page_title": _("Organisations")}
    return render(request, "desk/members/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@suspenders_only
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation; a POST names its `deed`: suspend or restore."""
    found = get_object_or_404(Organisation, pk=pk, is_portal=False)
    form = SuspendForm()
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    if deed == "suspend":
        form = SuspendForm(request.POST)
        if form.is_valid():
            told = _("%s and everything it has published is hidden now.")
            return _done(
                request,
                found,
                lambda: actions.suspend(found, by=request.user, **form.cleaned_data),
                told,
            )
    elif deed == "restore":
        told = _("%s is shown again.")
        return _done(request, found, lambda: actions.restore(found, by=request.user), told)
    context = {
        "organisation": found,
        "members": found.memberships.filter(is_active=True).count(),
        "form": form,
        "faults": form.errors,
        "history": ModelLogEntry.objects.for_instance(found).select_related("user").order_by("pk"),
        "page_title": found.name,
    }
    return render(request, "desk/members/organisation.html", context)


def _done(request, found: Organisation, deed: Callable[[], Any], told: str) -> HttpResponse:
    try:
        deed()
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, told % found.name)
    return HttpResponseRedirect(reverse("desk_organisation", args=[found.pk]))
