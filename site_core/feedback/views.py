"""The public roads of feedback: a form, the thanks after it, and the yes or no of a page.

No road looks at a session or sets a cookie, so none of them asks for Django's token against forged
requests; docs/feedback.md says why that is right.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.models import Entry
from site_core.dates import format_date
from site_core.languages.fallback import say
from site_core.languages.switcher import switcher
from site_core.pages.cards import entry_url
from site_core.throttle.actions import allow, sender_of
from site_core.throttle.forms import Sender

from . import actions
from .forms import FeedbackForm, key_of
from .models import Feedback

RECEIPT = "site_core.feedback.receipt"
RECEIPT_LASTS = timedelta(hours=1)
MESSAGES_AN_HOUR = 20
ANSWERS_A_DAY = 3
LATE = _("The form was open for too long. Your text is still here: send it again.")
TOO_MANY = _("Many messages have come from your network. Your text is still here: try later.")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Show the form for `?about=<key>&kind=`, or take what was sent.

    A machine gets the thanks of a person and nothing is kept. Whatever is wrong, the form comes
    back with everything that was typed.
    """
    if request.method == "POST":
        return _take(request)
    asked = request.GET.get("kind", "")
    key = request.GET.get("about", "")
    kind = asked or (Feedback.Kind.WRONG_INFORMATION if key else Feedback.Kind.GENERAL)
    return _show(request, FeedbackForm(initial={"kind": kind, "about": key}))


@require_safe
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """The thanks; with the receipt of the last hour also the reference, the date and the text."""
    found = _received(request.GET.get("receipt", ""))
    entry = _entry(found.entry_key) if found else None
    context = {
        "feedback": found,
        "due": format_date(found.due_at) if found else "",
        "entry": entry,
        "entry_url": entry_url(entry, get_language()) if entry else "",
        **_frame(request, say("Thank you, we have your feedback")),
    }
    return render(request, "feedback/sent.html", context)


@csrf_exempt
@require_POST
def helpful(request: HttpRequest) -> HttpResponse:
    """Count a yes or no about a public page, then offer to tell more."""
    given, key = request.POST.get("answer"), key_of(request.POST.get("about", ""))
    entry = _entry(key)
    if entry is None or given not in ("yes", "no"):
        return _see(reverse("feedback"))
    if allow("helpful", f"{sender_of(request)} {key}", limit=ANSWERS_A_DAY, per=timedelta(days=1)):
        actions.count_help(entry.key, helped=given == "yes")
    query = urlencode({"about": str(entry.key), "kind": Feedback.Kind.HELPFUL})
    return _see(f"{reverse('feedback')}?{query}")


def _take(request: HttpRequest) -> HttpResponse:
    form = FeedbackForm(request.POST)
    sender = form.sender()
    if sender is Sender.MACHINE:
        return _see(reverse("feedback_sent"))
    if sender is Sender.LATE:
        form.add_error(None, LATE)
    if not form.is_valid():
        return _show(request, form)
    if not allow("feedback", sender_of(request), limit=MESSAGES_AN_HOUR, per=timedelta(hours=1)):
        form.add_error(None, TOO_MANY)
        return _show(request, form, status=429)
    stored = actions.receive(
        form.chosen_kind,
        form.cleaned_data["text"],
        language=get_language(),
        entry=_entry(form.key),
        about=form.cleaned_data["place"],
        email=form.cleaned_data["email"],
    )
    receipt = signing.dumps(stored.pk, salt=RECEIPT)
    return _see(f"{reverse('feedback_sent')}?{urlencode({'receipt': receipt})}")


def _show(request: HttpRequest, form: FeedbackForm, status: int = 200) -> HttpResponse:
    entry = _entry(form.key)
    query = {"about": str(form.key)} if form.key else {}
    query["kind"] = form.chosen_kind
    context = {
        "form": form,
        "entry": entry,
        "entry_url": entry_url(entry, get_language()) if entry else "",
        **_frame(request, say(form.words.heading), query),
    }
    return render(request, "feedback/form.html", context, status=status)


def _frame(request: HttpRequest, title: Any, query: dict[str, str] | None = None) -> dict[str, Any]:
    language = get_language()
    return {
        "heading": title,
        "page_title": str(title),
        "noindex": True,
        "breadcrumbs": [(say("Home"), f"/{language}/")],
        "switcher": switcher(language, path=reverse("feedback"), query=urlencode(query or {})),
    }


def _see(address: str) -> HttpResponse:
    """Lead on by GET, so that loading the next page again sends nothing twice."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _entry(key: UUID | None) -> Entry | None:
    return actions.entry_about(key, get_language(), timezone.now())


def _received(receipt: str) -> Feedback | None:
    try:
        pk = signing.loads(receipt, salt=RECEIPT, max_age=RECEIPT_LASTS)
    except signing.BadSignature:
        return None
    return Feedback.objects.filter(pk=pk).first()
