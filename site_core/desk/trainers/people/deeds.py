"""What the trainer does for one person: write her down, seat her out of turn, cancel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from site_core.desk.onboarding.forms import DeskForm
from site_core.desk.trainers.doing import done
from training.courses import Offering
from training.signups import actions, by_hand
from training.signups.models import Pool, SignUp

from .forms import CancelForm, PromoteForm, SignUpForm
from .own import for_group, own_signup, posted, to_people

form_view = require_http_methods(["GET", "HEAD", "POST"])
Status = SignUp.Status


@for_group
@form_view
def sign_up(request: HttpRequest, group: Offering) -> HttpResponse:
    """Write somebody down who came or called; enrolment may be closed."""
    form = SignUpForm(group, posted(request), initial={"language": get_language()})
    made: list[SignUp] = []

    def write() -> None:
        made.append(by_hand.sign_up_by_hand(group, by=request.user, **form.cleaned_data))

    if done(request, form, write):
        waits = made[0].status == Status.WAITING
        told = _("Written down: waits for a place.") if waits else _("Written down: has a place.")
        messages.success(request, told)
        return to_people(group)
    return _show(request, "sign_up", group, form, page_title=_("Sign somebody up"))


@for_group
@form_view
def promote(request: HttpRequest, group: Offering, pk: int) -> HttpResponse:
    """Seat one who waits before it is her turn, with a reason."""
    signup = own_signup(group, pk)
    if signup.status != Status.WAITING:
        messages.info(request, _("This person does not wait any more."))
        return to_people(group)
    form = PromoteForm(posted(request))

    def seat() -> None:
        reason, adds = form.cleaned_data["reason"], bool(form.cleaned_data["adds"])
        by_hand.promote_by_hand(signup, reason, by=request.user, add_places=adds)

    if done(request, form, seat):
        messages.success(request, _("Done. The place is given, and the mail is on its way."))
        return to_people(group)
    idle = Pool.objects.with_idle(timezone.now()).get(pk=signup.pool_id).idle
    missing = max(0, signup.size - idle)
    context = {"signup": signup, "idle": idle, "missing": missing}
    return _show(request, "promote", group, form, page_title=_("Seat out of turn"), **context)


@for_group
@form_view
def cancel(request: HttpRequest, group: Offering, pk: int) -> HttpResponse:
    """End somebody's sign-up; whoever waits first gets the place."""
    signup = own_signup(group, pk)
    if signup.status in SignUp.OVER:
        messages.info(request, _("This sign-up is over."))
        return to_people(group)
    form = CancelForm(posted(request))
    if done(request, form, lambda: actions.cancel(signup, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The sign-up is cancelled."))
        return to_people(group)
    title = _("Cancel the sign-up")
    return _show(request, "cancel", group, form, page_title=title, signup=signup)


def _show(
    request: HttpRequest, name: str, group: Offering, form: DeskForm, **context: Any
) -> HttpResponse:
    context |= {"group": group, "form": form, "faults": form.errors}
    return render(request, f"desk/trainers/people/{name}.html", context)
