"""Who was at a session: all participants on one form, without JavaScript."""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.courses import Offering, Session
from training.sessions import Attendance
from training.signups.attendance import mark_attendance, may_be_marked
from training.signups.log import note
from training.signups.models import Attendee, SignUp

from .own import address, for_group, group_session

A_PAGE = 200
"""Names on one form; Django takes a thousand fields."""
FIELD = re.compile(r"mark-(\d{1,18})\Z")
NONE = "none"
REST = "rest"
"""The deed of the button that marks all others as present."""


@dataclass(frozen=True, slots=True)
class Row:
    """One participant on the form, with the mark she has."""

    attendee: Attendee
    mark: str


@for_group
@require_safe
def sessions(request: HttpRequest, group: Offering) -> HttpResponse:
    """The sessions of the group, with how many are marked in each."""
    now = timezone.now()
    rows = group.sessions.annotate(marked=Count("attendance"))
    context = {
        "group": group,
        "rows": [(each, may_be_marked(each, now)) for each in rows],
        "page_title": _("Attendance"),
    }
    return render(request, "desk/trainers/people/sessions.html", context)


@for_group
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, group: Offering, session: int) -> HttpResponse:
    """Mark who was there. Whoever is left without a choice keeps the mark she has."""
    found = group_session(group, session)
    if not may_be_marked(found, timezone.now()):
        messages.info(request, _("Attendance is marked once the session has begun."))
        return HttpResponseRedirect(address("desk_group_attendance", group))
    page = Paginator(participants(group), A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        marks = sent(request, group)
        if request.POST.get("deed") == REST:
            marks = {each.pk: Attendance.Mark.PRESENT for each in _unmarked(group, found)} | marks
        try:
            kept = mark_attendance(found, marks, by=request.user)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            messages.success(request, _("Saved: %(count)s marks.") % {"count": kept})
        here = address("desk_group_session_attendance", group, found.pk)
        return HttpResponseRedirect(f"{here}?page={page.number}" if page.number > 1 else here)
    marks = dict(found.attendance.values_list("attendee", "mark"))
    note(group, "view_people", request.user, shown=len(page.object_list))
    context = {
        "group": group,
        "session": found,
        "page": page,
        "rows": [Row(each, marks.get(each.pk, "")) for each in page],
        "marks": Attendance.Mark.choices,
        "page_title": _("Attendance"),
    }
    return render(request, "desk/trainers/people/attendance.html", context)


def participants(group: Offering) -> QuerySet[Attendee]:
    """The people with a confirmed place, by name."""
    confirmed = Attendee.objects.filter(
        signup__offering=group, signup__status=SignUp.Status.CONFIRMED
    )
    return confirmed.order_by("name", "pk")


def sent(request: HttpRequest, group: Offering) -> dict[int, str | None]:
    """The marks on the form; 404 for somebody of another group and for a mark there is not."""
    marks: dict[int, str | None] = {}
    for name, value in request.POST.items():
        if match := FIELD.match(name):
            if value not in (NONE, *Attendance.Mark.values):
                raise Http404
            marks[int(match[1])] = None if value == NONE else value
    if Attendee.objects.filter(pk__in=marks, signup__offering=group).count() != len(marks):
        raise Http404
    return marks


def _unmarked(group: Offering, session: Session) -> QuerySet[Attendee]:
    return participants(group).exclude(attendance__session=session)
