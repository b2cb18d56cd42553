"""Whose course it is: one that the person may not run is not there for her, 404.

Ids in addresses are looked up among her own courses only, ids in forms among what belongs to the
row of the address.
"""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from site_core.desk.access import only_for
from training.courses import Course, Offering, Session
from training.rights import may_run_some, run_by

trainer_required = only_for(may_run_some)
"""The view is for those who run courses: trainers, leads, and staff with the right."""


def own_course(request: HttpRequest, pk: int) -> Course:
    """A course that she may run."""
    return get_object_or_404(run_by(request.user).select_related("organisation"), pk=pk)


def own_offering(request: HttpRequest, course: int, pk: int) -> Offering:
    """A group of such a course."""
    found = Offering.objects.select_related("course__organisation")
    return get_object_or_404(found, pk=pk, course__in=run_by(request.user).filter(pk=course))


def own_session(request: HttpRequest, course: int, pk: int) -> Session:
    """A session of a group of such a course."""
    found = Session.objects.select_related("offering__course__organisation", "municipality")
    own = run_by(request.user).filter(pk=course)
    return get_object_or_404(found, pk=pk, offering__course__in=own)
