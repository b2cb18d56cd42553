"""What the trainer does for one person: write her down, seat her out of turn, cancel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from site_core.desk.faults import add_faults
from training.courses import Offering
from training.signups import actions, by_hand
from training.signups.errors import Busy
from training.signups.models import Pool, SignUp

from .forms import CancelForm, PromoteForm, SignUpForm
from .own import for_group, own_signup, posted, to_people

BUSY = 409
"""Not one of the 500s: nothing is broken, and the same form may be sent again."""
form_view = require_http_methods(["GET", "HEAD", "POST"])
Status = SignUp.Status


@for_group
@form_view
def sign_up(request: HttpRequest, group: Offering) -> HttpResponse:
    """Write somebody down who came or called; enrolment may be closed."""
    form = SignUpForm(group, posted(request), initial={"language": get_language()})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            signup = by_hand.sign_up_by_hand(group, by=request.user, **_of(form))
        except ValidationError as fault:
            add_faults(form, fault)
        except Busy as busy:
            form.add_error(None, str(busy))
            status = BUSY
        else:
            waits = signup.status == Status.WAITING
            told = (
                _("Written down: waits for a place.") if waits else _("Written down: has a place.")
            )
            messages.success(request, told)
            return to_people(group)
    context = {"group": group, "form": form, "faults": form.errors, "page_title": _("Sign up")}
    return render(request, "desk/trainers/people/sign_up.html", context, status=status)


@for_group
@form_view
def promote(request: HttpRequest, group: Offering, pk: int) -> HttpResponse:
    """Seat one who waits before it is her turn, with a reason."""
    signup = own_signup(group, pk)
    if signup.status != Status.WAITING:
        messages.info(request, _("This person does not wait any more."))
        return to_people(group)
    form, status = PromoteForm(posted(request)), 200
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            by_hand.promote_by_hand(
                signup, chosen["reason"], by=request.user, add_places=bool(chosen["adds"])
            )
        except ValidationError as fault:
            add_faults(form, fault)
        except Busy as busy:
            form.add_error(None, str(busy))
            status = BUSY
        else:
            messages.success(request, _("Done. The place is given, and the mail is on its way."))
            return to_people(group)
    idle = Pool.objects.with_idle(timezone.now()).get(pk=signup.pool_id).idle
    context = {
        "group": group,
        "signup": signup,
        "form": form,
        "faults": form.errors,
        "idle": idle,
        "missing": max(0, signup.size - idle),
        "page_title": _("Seat out of turn"),
    }
    return render(request, "desk/trainers/people/promote.html", context, status=status)


@for_group
@form_view
def cancel(request: HttpRequest, group: Offering, pk: int) -> HttpResponse:
    """End somebody's sign-up; whoever waits first gets the place."""
    signup = own_signup(group, pk)
    if signup.status in SignUp.OVER:
        messages.info(request, _("This sign-up is over."))
        return to_people(group)
    form, status = CancelForm(posted(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(signup, by=request.user, note=form.cleaned_data["note"])
        except Busy as busy:
            form.add_error(None, str(busy))
            status = BUSY
        else:
            messages.success(request, _("The sign-up is cancelled."))
            return to_people(group)
    context = {
        "group": group,
        "signup": signup,
        "form": form,
        "faults": form.errors,
        "page_title": _("Cancel the sign-up"),
    }
    return render(request, "desk/trainers/people/cancel.html", context, status=status)


def _of(form: SignUpForm) -> dict[str, object]:
    return {name: value for name, value in form.cleaned_data.items() if name in form.fields}
