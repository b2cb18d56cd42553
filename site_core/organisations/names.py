"""Whose names a person may read in the filters of the admin's lists.

Core offers everybody who ever owned, edited or submitted a page, under their user names, which are
e-mail addresses here; and a list of rows offers every organisation.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.reports import audit_logging
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet

from site_core.organisations.models import Membership, Organisation
from site_core.organisations.sight import page_policy, sees_whole_tree


def known_people(user: Any, people: QuerySet) -> QuerySet:
    """Of the people those whose names she may read: staff all, a member her colleagues'."""
    if sees_whole_tree(user) or page_policy().rights(user).is_reviewer:
        return people
    own = Organisation.objects.of_member(user).values("pk")
    colleagues = Membership.objects.filter(organisation__in=own).values("user")
    return people.filter(Q(pk=user.pk) | Q(pk__in=colleagues))


def limit_people_filters() -> None:
    """Narrow the filters by person that core's lists and reports share. Called once."""
    for filters, name in (
        (PageFilterSet, "owner"),
        (PageFilterSet, "edited_by"),
        (WorkflowReportFilterSet, "requested_by"),
    ):
        people = filters.base_filters[name]
        people.queryset = _known_to_asker(people.queryset)
    # Core's own narrowing has a name that its base class asks for no more.
    audit_logging.SiteHistoryReportFilterSet.get_users_queryset = _people_of_site_history


def _known_to_asker(stock: Callable[[HttpRequest], QuerySet]) -> Callable[[HttpRequest], QuerySet]:
    def limited(request: HttpRequest) -> QuerySet:
        return known_people(request.user, stock(request))

    return limited


def _people_of_site_history(filters: audit_logging.SiteHistoryReportFilterSet) -> QuerySet:
    user = filters.request.user
    return known_people(user, audit_logging.get_users_for_filter(user))
