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

from training.actions import remove_offering, save_offering
from training.cancelling import cancel_offering
from training.courses import Offering
from training.signups.actions import change_capacity
from training.signups.errors import Busy
from training.signups.standing import standings

from .access import own_course, own_offering, trainer_required
from .doing import done
from .forms import CancelForm, GroupForm


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def new(request: HttpRequest, course: int) -> HttpResponse:
    """A further group of the course."""
    own = own_course(request, course)
    position = own.offerings.count()
    offering = Offering(course=own, position=position)
    return _form(request, GroupForm(request.POST or None, offering=offering))


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def group(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """One group: its facts and places."""
    own = own_offering(request, course, pk)
    if request.method == "POST" and own.cancelled_at:
        raise Http404
    return _form(request, GroupForm(request.POST or None, offering=own, reserved=reserved_in(own)))


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_required
def remove(request: HttpRequest, course: int, pk: int) -> HttpResponse:
    """Ask, then remove a group that nobody has signed up for; the last one stays."""
    own = own_offering(request, course, pk)
    fault = ""
    if request.method == "POST":
        try:
            remove_offering(own, by=request.user)
        except ValidationError as refusal:
            fault = " ".join(refusal.messages)
        except Busy as refusal:
            fault = str(refusal)
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
    form = CancelForm(request.POST or None)
    if done(request, form, lambda: cancel_offering(own, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The group is cancelled."))
        return HttpResponseRedirect(reverse("desk_course", args=[own.course_id]))
    context = {
        "form": form,
        "offering": own,
        "told": told_of(own),
        "faults": form.errors,
        "page_title": _("Cancel the group"),
    }
    return render(request, "desk/trainers/cancel_group.html", context)


def told_of(offering: Offering) -> int:
    """To how many sign-ups a change is told."""
    return offering.signups.live().exclude(email="").count()


def reserved_in(offering: Offering) -> dict[str, int]:
    """Places kept for roles now."""
    kept = offering.pools.exclude(role="").filter(places__gt=0)
    return dict(kept.values_list("role", "places"))


def _form(request: HttpRequest, form: GroupForm) -> HttpResponse:
    offering = form.offering
    is_new = offering.pk is None
    if done(request, form, lambda: _save(request, form)):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("desk_course", args=[offering.course_id]))
    if is_new and offering.pk is not None:  # there by now, only without what is kept for roles
        messages.warning(request, " ".join(form.non_field_errors()))
        where = reverse("desk_group", args=[offering.course_id, offering.pk])
        return HttpResponseRedirect(where)
    return _show(request, form)


def _save(request: HttpRequest, form: GroupForm) -> None:
    """Store the group; its places are a verb of their own, outside any transaction."""
    capacity, reserved = form.cleaned_data["capacity"], form.cleaned_data["reserved"]
    offering, over = form.offering, 0
    is_new = offering.pk is None
    if is_new:
        offering.capacity = capacity  # without seats yet: nobody has come
        save_offering(form.changed(), by=request.user)
    if capacity != offering.capacity or reserved != reserved_in(offering):
        over = change_capacity(offering, capacity, reserved=reserved, by=request.user)
    if not is_new:
        save_offering(form.changed(), by=request.user)
    if over:
        words = ngettext(
            "One person more is in than there are places. The next who leaves is not replaced.",
            "%(count)s people more are in than there are places. Who leaves is not replaced.",
            over,
        )
        messages.warning(request, words % {"count": over})


def _show(request: HttpRequest, form: GroupForm) -> HttpResponse:
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
    return render(request, "desk/trainers/group.html", context)
