"""Accounts that work for the portal, for administrators: who has the second step, what happened."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from site_core.accounts import second_factor
from site_core.accounts.models import AccountEvent
from site_core.desk.access import login_required
from site_core.desk.signin.target import kept_private

SHOWN = 100


@require_safe
@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Who works for the portal or has the second step, and the newest events."""
    _for_administrators(request)
    devices = TOTPDevice.objects.filter(user_id=OuterRef("pk"), confirmed=True)
    people = (
        get_user_model()
        .objects.annotate(has_device=Exists(devices))
        .filter(Q(is_superuser=True) | Q(groups__isnull=False) | Q(has_device=True), is_active=True)
        .distinct()
        .prefetch_related("groups")
        .order_by("username")
    )
    events = AccountEvent.objects.select_related("user", "by").order_by("-at", "-pk")[:SHOWN]
    context = {"people": people, "events": events}
    return kept_private(render(request, "desk/signin/accounts.html", context))


@require_POST
@login_required
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the second step of a person who has lost phone and codes; she sets it up anew."""
    _for_administrators(request)
    person = get_object_or_404(get_user_model(), pk=pk)
    second_factor.take_off(person, by=request.user)
    messages.success(
        request, _("%(name)s sets up the second step anew.") % {"name": person.get_username()}
    )
    return redirect("desk_accounts")


def _for_administrators(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise Http404
