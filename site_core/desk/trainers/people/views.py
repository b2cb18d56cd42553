"""The list of a group's people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from training.courses import Offering
from training.signups.log import note
from training.signups.models import NextTime
from training.signups.standing import standings

from .listing import parts, tell_why
from .own import for_group


@for_group
@require_safe
def people(request: HttpRequest, group: Offering) -> HttpResponse:
    """Seats, who has them, who waits and why; that somebody looked is written down."""
    now = timezone.now()
    standing = standings([group], now)[group.pk]
    found = parts(group, request.GET, now)
    tell_why(found["waiting"].page, group, standing.over_by, now)
    shown = sum(len(part.page.object_list) for part in found.values())
    note(group, "view_people", request.user, shown=shown)
    context = {
        "group": group,
        "standing": standing,
        "parts": found,
        "next_times": NextTime.objects.confirmed().filter(course=group.course_id).count(),
        "page_title": _("Participants"),
    }
    return render(request, "desk/trainers/people/people.html", context)
