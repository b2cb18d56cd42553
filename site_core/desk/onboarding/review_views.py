"""The moderators' pages of applications: what waits, and one of them with its decision."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import ModelLogEntry

from site_core.desk.access import only_for

from . import actions
from .duplicates import likenesses
from .forms import QuestionForm, RejectForm
from .models import Application

SETTLED_SHOWN = 50
moderators_only = only_for(actions.may_decide)


@require_safe
@moderators_only
def applications(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; below it what waits for an applicant, and what was decided."""
    waiting = list(Application.objects.waiting().select_related("municipality"))
    asked = list(Application.objects.asked().select_related("municipality"))
    settled = Application.objects.settled().select_related("municipality")[:SETTLED_SHOWN]
    found, now = likenesses(waiting), timezone.now()
    context = {
        "waiting": [(each, each.age(now), found[each.pk]) for each in waiting],
        "asked": [(each, each.age(now), ()) for each in asked],
        "settled": [(each, each.age(now), ()) for each in settled],
        "page_title": _("Applications to join"),
    }
    return render(request, "desk/onboarding/applications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application; a POST names its `deed` and the version that was read (`seen`)."""
    found = get_object_or_404(
        Application.objects.confirmed().select_related("municipality", "organisation"), pk=pk
    )
    forms = {"ask": QuestionForm(prefix="ask"), "reject": RejectForm(prefix="reject")}
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        if deed in forms:
            forms[deed] = type(forms[deed])(request.POST, prefix=deed)
        if deed == "approve" or (deed in forms and forms[deed].is_valid()):
            return _decide(request, found, deed, forms.get(deed))
    context = {
        "application": found,
        "age": found.age(),
        "likenesses": likenesses([found])[found.pk],
        "question_form": forms["ask"],
        "reject_form": forms["reject"],
        "faults": any(form.errors for form in forms.values() if form.is_bound),
        "history": ModelLogEntry.objects.for_instance(found).select_related("user").order_by("pk"),
        "page_title": found.name,
    }
    return render(request, "desk/onboarding/application.html", context)


def _decide(request: HttpRequest, found: Application, deed: str, form: Form | None) -> HttpResponse:
    """Do it and lead back to the list, or say why not and show the application as it is now."""
    seen, by = request.POST.get("seen", ""), request.user
    version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    try:
        if deed == "approve":
            actions.approve(found, by=by, seen=version)
            done = _("%(name)s takes part now. The lead got a mail.")
        elif deed == "ask":
            actions.ask_more(found, form.cleaned_data["question"], by=by, seen=version)
            done = _("The applicant of %(name)s got your question.")
        else:
            why = form.cleaned_data
            actions.reject(found, why["reason"], why["text"], by=by, seen=version)
            done = _("%(name)s was turned down. The applicant got a mail.")
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        address = reverse("desk_application", args=[found.pk])
    else:
        messages.success(request, done % {"name": found.name})
        address = reverse("desk_applications")
    return HttpResponseRedirect(address)
