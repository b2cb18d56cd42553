"""Writing to participants: written, looked at once more, sent."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from site_core.desk.faults import add_faults
from site_core.languages.registry import LANGUAGES
from site_core.throttle.actions import allow
from training.courses import Offering
from training.signups.log import note
from training.signups.models import SignUp
from training.signups.writing import send_message

from .forms import MessageForm
from .own import for_group, to_people

A_DAY = 10
DAY = timedelta(days=1)
LISTED = 500
"""How many sign-ups one may choose among."""
NOBODY = gettext_lazy("Nobody of these has an e-mail address.")
TOO_MANY = gettext_lazy("Ten messages have been sent to this group today. Go on tomorrow.")


@for_group
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, group: Offering) -> HttpResponse:
    """Write; a POST shows once more what is sent, to how many, before anything goes."""
    if request.method != "POST":
        first = {"language": get_language(), "to": MessageForm.CONFIRMED}
        return _form(request, group, MessageForm(initial=first))
    form = MessageForm(request.POST)
    chosen = _chosen(request, group)
    if not form.is_valid() or request.POST.get("deed") == "change":
        return _form(request, group, form, chosen)
    to = _recipients(group, form, chosen).exclude(email="")
    languages = Counter(to.values_list("language", flat=True))
    if not languages:
        form.add_error("to", NOBODY)
        return _form(request, group, form, chosen)
    context = {
        "group": group,
        "form": form,
        "chosen": chosen,
        "people": sum(languages.values()),
        "languages": [(code, LANGUAGES[code].own_name, n) for code, n in sorted(languages.items())],
        "page_title": _("Write to the participants"),
    }
    return render(request, "desk/trainers/people/preview.html", context)


@for_group
@require_POST
def send(request: HttpRequest, group: Offering) -> HttpResponse:
    """Send what was looked at; the same form again sends nothing more."""
    form, chosen = MessageForm(request.POST), _chosen(request, group)
    if not form.is_valid():
        return _form(request, group, form, chosen)
    sent = form.cleaned_data
    try:
        with transaction.atomic():
            if not allow("group-message-form", sent["key"].hex, limit=1, per=DAY):
                messages.success(request, _("The message has been sent already."))
                return to_people(group)
            if not allow("group-message", str(group.pk), limit=A_DAY, per=DAY):
                raise _TooMany
            people = send_message(
                group,
                sent["text"],
                to=_recipients(group, form, chosen),
                by=request.user,
                language=sent["language"],
                key=sent["key"],
            )
    except _TooMany:
        form.add_error(None, TOO_MANY)
        return _form(request, group, form, chosen, status=429)
    except ValidationError as fault:
        add_faults(form, fault)
        return _form(request, group, form, chosen)
    told = ngettext(
        "The message is on its way to one.", "The message is on its way to %(count)s.", people
    )
    messages.success(request, told % {"count": people})
    return to_people(group)


class _TooMany(Exception):  # noqa: N818 - a signal that undoes the counting
    pass


def _chosen(request: HttpRequest, group: Offering) -> list[int]:
    """The keys of the sign-ups that were ticked; 404 where one is not of the group."""
    ticked = set(request.POST.getlist("chosen"))
    if not all(each.isascii() and each.isdigit() and len(each) < 19 for each in ticked):
        raise Http404
    chosen = sorted(map(int, ticked))
    if SignUp.objects.filter(offering=group, pk__in=chosen).count() != len(chosen):
        raise Http404
    return chosen


def _recipients(group: Offering, form: MessageForm, chosen: list[int]) -> QuerySet[SignUp]:
    live = SignUp.objects.live().filter(offering=group)
    if form.cleaned_data["to"] == MessageForm.CHOSEN:
        return live.filter(pk__in=chosen)
    return live.filter(status=form.cleaned_data["to"])


def _form(
    request: HttpRequest,
    group: Offering,
    form: MessageForm,
    chosen: list[int] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    signups = SignUp.objects.live().filter(offering=group).exclude(email="")
    signups = list(signups.prefetch_related("attendees").order_by("status", "pk")[:LISTED])
    note(group, "view_people", request.user, shown=len(signups))
    context = {
        "group": group,
        "form": form,
        "faults": form.errors,
        "signups": signups,
        "chosen": chosen or [],
        "page_title": _("Write to the participants"),
    }
    return render(request, "desk/trainers/people/message.html", context, status=status)
