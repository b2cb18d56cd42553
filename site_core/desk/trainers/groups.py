"""The groups of a course: added, changed, given places, removed while nobody has signed up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from site_core.desk.faults import add_faults
from training.actions import remove_offering, save_offering
from training.cancelling import cancel_offering
from training.courses import Offering
from training.signups.actions import change_capacity
from training.signups.errors import Busy
from training.signups.standing import standings

from .access import own_course, own_offering, trainer_required
from .forms import CancelForm, GroupForm

BUSY_STATUS = 409


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def new(request: HttpRequest, course: int) -> HttpResponse:
    """A further group of the course."""
    own = own_course(request, course)
    position = own.offerings.count()
    offering = Offering(course=own, position=position)
    form = GroupForm(request.POST or None, offering=offering)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    return _show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def group(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """One group: its facts and places."""
    own = own_offering(request, course, pk)
    if request.method == "POST" and own.cancelled_at:
        raise Http404
    form = GroupForm(request.POST or None, offering=own, reserved=reserved_in(own))
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    return _show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def remove(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """Ask, then remove a group that nobody has signed up for; the last one stays."""
    own = own_offering(request, course, pk)
    fault = ""
    if request.method == "POST":
        try:
            remove_offering(own, by=request.user)
        except (ValidationError, Busy) as refusal:
            fault = _words(refusal)
        else:
            messages.success(request, _("The group is removed."))
            return HttpResponseRedirect(reverse("desk_course", args=[own.course_id]))
    context = {"offering": own, "fault": fault, "page_title": _("Remove the group")}
    return render(request, "desk/trainers/remove_group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def cancel(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """Ask with words to the participants, then cancel a group that is not held."""
    own = own_offering(request, course, pk)
    if own.cancelled_at:
        raise Http404
    form, status = CancelForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            cancel_offering(own, note=form.cleaned_data["note"], by=request.user)
        except ValidationError as fault:
            add_faults(form, fault)
        except Busy as fault:
            form.add_error(None, str(fault))
            status = BUSY_STATUS
        else:
            messages.success(request, _("The group is cancelled."))
            return HttpResponseRedirect(reverse("desk_course", args=[own.course_id]))
    context = {
        "form": form,
        "offering": own,
        "told": told_of(own),
        "faults": form.errors,
        "page_title": _("Cancel the group"),
    }
    return render(request, "desk/trainers/cancel_group.html", context, status=status)


def told_of(offering: Offering) -> int:
    """To how many sign-ups a change is told."""
    return offering.signups.live().exclude(email="").count()


def reserved_in(offering: Offering) -> dict[str, int]:
    """Places kept for roles now."""
    kept = offering.pools.exclude(role="").filter(places__gt=0)
    return dict(kept.values_list("role", "places"))


def _saved(request: HttpRequest, form: GroupForm) -> HttpResponse:
    """Store the group; its places are a verb of their own, outside any transaction."""
    capacity, reserved = form.cleaned_data["capacity"], form.cleaned_data["reserved"]
    offering = form.offering
    is_new, over = offering.pk is None, 0
    before = {} if is_new else reserved_in(offering)
    try:
        if is_new:
            offering.capacity = capacity  # without seats yet: nobody has come
            save_offering(form.changed(), by=request.user)
        if reserved != before or capacity != offering.capacity:
            over = change_capacity(offering, capacity, reserved=reserved, by=request.user)
        if not is_new:
            save_offering(form.changed(), by=request.user)
    except ValidationError as fault:
        add_faults(form, fault)
        return _show(request, form)
    except Busy as fault:
        if is_new:  # there by now, only without what is kept for roles
            messages.warning(request, str(fault))
            return HttpResponseRedirect(
                reverse("desk_group", args=[offering.course_id, offering.pk])
            )
        form.add_error(None, str(fault))
        return _show(request, form, BUSY_STATUS)
    messages.success(request, _("Saved."))
    if over:
        words = ngettext(
            "One person more is in than there are places. The next who leaves is not replaced.",
            "%(count)s people more are in than there are places. Who leaves is not replaced.",
            over,
        )
        messages.warning(request, words % {"count": over})
    return HttpResponseRedirect(reverse("desk_course", args=[offering.course_id]))


def _show(request: HttpRequest, form: GroupForm, status: int = 200) -> HttpResponse:
    offering = form.offering
    stored = offering.pk is not None
    standing = standings([offering], timezone.now())[offering.pk] if stored else None
    context = {
        "form": form,
        "offering": offering,
        "course": offering.course,
        "standing": standing,
        "may_remove": stored
        and offering.course.offerings.count() > 1
        and not offering.signups.exists(),
        "faults": form.errors,
        "page_title": _("Group") if stored else _("New group"),
    }
    return render(request, "desk/trainers/group.html", context, status=status)


def _words(fault: Exception) -> str:
    return " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
