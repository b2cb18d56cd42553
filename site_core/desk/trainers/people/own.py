"""What an address or a form names, looked up among what is the trainer's own: else 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from site_core.desk.trainers.access import own_offering, trainer_required
from training.courses import Offering, Session
from training.signups.models import SignUp

View = Callable[..., HttpResponse]


def for_group(view: View) -> View:
    """The view is for those who run the course of the address; it gets the group in place of the
    ids."""

    @wraps(view)
    @trainer_required
    def found(request: HttpRequest, course: int, offering: int, **kwargs: Any) -> HttpResponse:
        group = own_offering(request, course, offering)
        return view(request, group, **kwargs)

    return found


def posted(request: HttpRequest) -> Any:
    """What was sent, for a form; None where nothing was, which is not the same as an empty form."""
    return request.POST if request.method == "POST" else None


def own_signup(group: Offering, pk: int) -> SignUp:
    """A sign-up for the group."""
    signup = get_object_or_404(SignUp.objects.select_related("pool"), pk=pk, offering=group)
    signup.offering = group
    return signup


def group_session(group: Offering, pk: int) -> Session:
    """A session of the group."""
    session = get_object_or_404(Session, pk=pk, offering=group)
    session.offering = group
    return session


def address(name: str, group: Offering, *more: int) -> str:
    """Where a page of the group's people is."""
    return reverse(name, args=[group.course_id, group.pk, *more])


def to_people(group: Offering) -> HttpResponse:
    """Lead back to the list."""
    return HttpResponseRedirect(address("desk_group_people", group))
