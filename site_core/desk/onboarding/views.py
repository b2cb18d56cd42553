"""The public pages of joining: the form, its thanks, and what the links in mails lead to."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from site_core.desk.faults import add_faults
from site_core.languages.fallback import say
from site_core.organisations import invitations
from site_core.organisations.messages import INVITATION
from site_core.organisations.models import Invitation
from site_core.throttle.actions import allow, sender_of
from site_core.throttle.forms import Sender

from . import actions
from .forms import CompleteForm, JoinForm
from .invitation_form import AcceptForm
from .models import Application
from .opening import USED, by_link, frame, public_page, void
from .purposes import (
    ANSWER_LASTS,
    COMPLETE,
    CONFIRM,
    CONFIRM_LASTS,
    DECISION,
    INVITATION_LASTS,
)
from .querysets import PERSON_KEPT, UNCONFIRMED_KEPT

APPLICATIONS_AN_HOUR = 10
MAILS_A_DAY = 4
LATE = _("The form was open for too long. Your text is still here: send it again.")
TOO_MANY = _("Many applications have come from your network. Your text is still here: try later.")


@public_page
def join(request: HttpRequest) -> HttpResponse:
    """The form; what was sent is thanked for alike, whatever the address has sent before."""
    if request.method != "POST":
        return _form(request, JoinForm(initial={"languages": [get_language()]}))
    form = JoinForm(request.POST)
    sender = form.sender()
    if sender is Sender.MACHINE:
        return _see(reverse("join_sent"))
    if sender is Sender.LATE:
        form.add_error(None, LATE)
    if not form.is_valid():
        return _form(request, form)
    if not allow("join", sender_of(request), limit=APPLICATIONS_AN_HOUR, per=timedelta(hours=1)):
        form.add_error(None, TOO_MANY)
        return _form(request, form, status=429)
    email = form.cleaned_data["email"].casefold()
    if allow("join mail", email, limit=MAILS_A_DAY, per=timedelta(days=1)):
        actions.apply(form.to_application(), language=get_language())
    return _see(reverse("join_sent"))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same thanks for everyone: a mail is on its way."""
    context = {"days": CONFIRM_LASTS.days, **frame(say("Open your e-mail next"))}
    return render(request, "onboarding/sent.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who keeps what about whoever applies or is invited, why and how long (GDPR, article 13)."""
    context = {
        "unconfirmed_days": UNCONFIRMED_KEPT.days,
        "decided_days": PERSON_KEPT.days,
        **frame(say("Your data when you join")),
    }
    return render(request, "onboarding/privacy.html", context)


@by_link(CONFIRM, CONFIRM_LASTS)
def confirm(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show what was sent, and confirm the address on POST."""
    application = Application.objects.filter(pk=pk, version=version).first()
    if application is None or application.state != Application.State.UNCONFIRMED:
        return void(request, USED)
    if request.method != "POST":
        heading = say("Confirm your address")
        return render(
            request, "onboarding/confirm.html", {"application": application, **frame(heading)}
        )
    try:
        actions.confirm_address(application, version=version)
    except actions.LinkUsedError:
        return void(request, USED)
    return _see(reverse("join_confirmed"))


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """The address is confirmed, and what happens next."""
    return render(request, "onboarding/confirmed.html", frame(say("Your application is with us")))


@by_link(COMPLETE, ANSWER_LASTS)
def complete(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show what a moderator asks above the form as it was sent, and take it again on POST."""
    application = (
        Application.objects.select_related("municipality").filter(pk=pk, version=version).first()
    )
    if application is None or application.state != Application.State.ASKED:
        return void(request, USED)
    form = CompleteForm(_sent(request), initial=CompleteForm.values_of(application))
    if request.method == "POST" and form.is_valid():
        try:
            actions.complete(application, form.to_application(), version=version)
        except actions.LinkUsedError:
            return void(request, USED)
        return _see(reverse("join_confirmed"))
    context = {
        "form": form,
        "application": application,
        **frame(say("Complete your application")),
    }
    return render(request, "onboarding/complete.html", context)


@by_link(DECISION, ANSWER_LASTS)
def decision(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """The reason of a rejection. There is nothing to send."""
    application = Application.objects.filter(pk=pk, version=version).first()
    if application is None or application.state != Application.State.REJECTED:
        return void(request, USED)
    if request.method == "POST":
        raise Http404
    heading = say("We did not take the organisation in")
    return render(
        request, "onboarding/decision.html", {"application": application, **frame(heading)}
    )


@by_link(INVITATION, INVITATION_LASTS)
def invitation(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show who invites to what; on POST the person of that address becomes a member."""
    try:
        invited = invitations.opened(pk, version)
    except invitations.ClosedInvitationError:
        return void(request, USED)
    asks_name = not invitations.has_account(invited)
    form = AcceptForm(_sent(request), asks_name=asks_name)
    if request.method == "POST" and form.is_valid():
        answer = _accepted(request, invited, version, form)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "invitation": invited,
        "asks_name": asks_name,
        **frame(say("You are invited")),
    }
    return render(request, "onboarding/invitation.html", context)


@require_safe
def accepted(request: HttpRequest) -> HttpResponse:
    """After an invitation was accepted: how to go on."""
    heading = say("You are a member now")
    context = {"new": "new" in request.GET, **frame(heading)}
    return render(request, "onboarding/accepted.html", context)


def _accepted(request, invited: Invitation, version: int, form) -> HttpResponse | None:
    """Accept; None where the form has to tell what is wrong."""
    try:
        invitations.accept(invited, version=version, **form.cleaned_data)
    except invitations.ClosedInvitationError:
        return void(request, USED)
    except ValidationError as fault:
        add_faults(form, fault)
        return None
    return _see(reverse("join_accepted") + ("?new" if form.cleaned_data else ""))


def _form(request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **frame(say("Join in with your organisation")), "noindex": False}
    return render(request, "onboarding/join.html", context, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent; a form without fields is sent too."""
    return request.POST if request.method == "POST" else None


def _see(address: str) -> HttpResponse:
    """Lead on by GET, so that loading the next page again sends nothing twice."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
