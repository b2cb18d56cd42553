"""An organisation's own page of its people: who belongs, who is invited, leaving."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from site_core.desk.access import lead_required, member_required
from site_core.desk.faults import add_faults
from site_core.organisations import actions, invitations
from site_core.organisations.models import Invitation, Membership
from site_core.throttle.actions import allow

from .forms import InviteForm, RoleForm

INVITATIONS_A_DAY = 50
TOO_MANY = gettext_lazy("Many invitations have been sent today. Go on tomorrow.")


@require_safe
@member_required
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the organisation; who acts for several chooses one first."""
    memberships = request.roles.memberships
    if len(memberships) == 1:
        return _to(memberships[0].organisation_id)
    context = {"memberships": memberships, "page_title": _("Members")}
    return render(request, "desk/members/choose.html", context)


@require_safe
@member_required
def people(request: HttpRequest, organisation: int) -> HttpResponse:
    """Who acts for the organisation. Its lead also sees addresses and invitations."""
    return _people(request, _own(request, organisation), InviteForm(initial=_usual()))


@require_POST
@lead_required
def invite(request: HttpRequest, organisation: int) -> HttpResponse:
    """Invite a person; what is wrong is told in the form."""
    own, form = _led(request, organisation), InviteForm(request.POST)
    if not form.is_valid():
        return _people(request, own, form)
    day = timedelta(days=1)
    if not allow("invite", str(own.organisation_id), limit=INVITATIONS_A_DAY, per=day):
        form.add_error(None, TOO_MANY)
        return _people(request, own, form, status=429)
    chosen = form.cleaned_data
    try:
        invitations.invite(
            own.organisation,
            chosen["email"],
            chosen["role"],
            language=chosen["language"],
            by=request.user,
        )
    except ValidationError as fault:
        add_faults(form, fault)
        return _people(request, own, form)
    messages.success(request, _("An invitation is on its way to %s.") % chosen["email"])
    return _to(organisation)


@require_POST
@lead_required
def withdraw(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Take an invitation back."""
    own = _led(request, organisation)
    waiting = Invitation.objects.select_related("organisation")
    invitation = get_object_or_404(waiting, pk=pk, organisation_id=own.organisation_id)
    deed = lambda: invitations.withdraw(invitation, by=request.user)  # noqa: E731
    return _done(request, deed, _("The invitation is withdrawn."), organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@lead_required
def member(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """One member; a POST names its `deed`: role, hand-over or end."""
    own = _led(request, organisation)
    found = get_object_or_404(
        Membership.objects.select_related("user", "organisation"),
        pk=pk,
        organisation_id=own.organisation_id,
        is_active=True,
    )
    form = RoleForm(initial={"role": found.role})
    deed = request.POST.get("deed", "")
    if request.method == "POST" and deed == "role":
        form = RoleForm(request.POST)
        if form.is_valid():
            role = form.cleaned_data["role"]
            return _done(
                request,
                lambda: actions.change_role(found, role, by=request.user),
                _("The role is changed."),
                organisation,
            )
    elif request.method == "POST" and deed == "hand-over":
        told = _("You have handed the lead over. You are an author now.")
        return _done(request, lambda: actions.hand_over(found, by=request.user), told, organisation)
    elif request.method == "POST" and deed == "end":
        told = _("The membership is ended.")
        return _done(
            request, lambda: actions.end_membership(found, by=request.user), told, organisation
        )
    context = {
        "own": own,
        "membership": found,
        "is_self": found.user_id == request.user.pk,
        "form": form,
        "faults": form.errors,
        "page_title": _name(found),
    }
    return render(request, "desk/members/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def leave(request: HttpRequest, organisation: int) -> HttpResponse:
    """Ask once more, then leave."""
    own = _own(request, organisation)
    if request.method == "POST":
        return _done(
            request,
            lambda: actions.leave(own, by=request.user),
            _("You act for %s no more.") % own.organisation.name,
            organisation,
            then=reverse("desk_home"),
        )
    context = {"own": own, "page_title": _("Leave the organisation")}
    return render(request, "desk/members/leave.html", context)


def _people(
    request: HttpRequest, own: Membership, form: InviteForm, status: int = 200
) -> HttpResponse:
    members = (
        Membership.objects.in_force()
        .filter(organisation_id=own.organisation_id)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    leads = own.role == Membership.Role.LEAD
    now, waiting = timezone.now(), []
    if leads:
        waiting = Invitation.objects.waiting().filter(organisation_id=own.organisation_id)
        waiting = [(each, each.is_open(now)) for each in waiting]
    context = {
        "own": own,
        "leads": leads,
        "members": members,
        "invitations": waiting,
        "form": form,
        "faults": form.errors,
        "several": len(request.roles.memberships) > 1,
        "page_title": _("Members"),
    }
    return render(request, "desk/members/people.html", context, status=status)


def _done(
    request: HttpRequest,
    deed: Callable[[], Any],
    told: str,
    organisation: int,
    *,
    then: str | None = None,
) -> HttpResponse:
    """Do it, say how it went, and lead back to the people."""
    try:
        deed()
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return _to(organisation)
    messages.success(request, told)
    return HttpResponseRedirect(then) if then else _to(organisation)


def _own(request: HttpRequest, organisation: int) -> Membership:
    """The person's own membership; another organisation is not there for her."""
    found = request.roles.membership_in(organisation)
    if found is None:
        raise Http404
    return found


def _led(request: HttpRequest, organisation: int) -> Membership:
    own = _own(request, organisation)
    if own.role != Membership.Role.LEAD:
        raise Http404
    return own


def _usual() -> dict[str, str]:
    return {"role": Membership.Role.AUTHOR, "language": get_language()}


def _name(membership: Membership) -> str:
    return membership.user.get_full_name() or membership.user.username


def _to(organisation: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk_people", args=[organisation]))
