"""The one predicate that says whether a page may be seen by everyone.

It rules the published entry, Wagtail's own serving and everything made from entries. What depends
on the clock (`expire_at`) is judged here and stored beside the entry as `visible_until`, so that an
expired page vanishes on the second, whether or not a worker has run.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from site_core.organisations.branches import organisation_for_path, path_prefixes
from site_core.organisations.models import Organisation

from .models import Standing

LOOK_UP: Any = object()
"""In place of an organisation: the caller does not know whose the page is."""


def is_restricted(page: Page) -> bool:
    """Whether the page or one above it asks for a log-in or password."""
    return PageViewRestriction.objects.filter(page__path__in=path_prefixes(page.path)).exists()


def is_current(
    page: Page, *, organisation: Organisation | None = LOOK_UP, now: datetime | None = None
) -> bool:
    """Whether the live version may be shown at all, to whomever a restriction lets pass.

    `organisation` saves a query where the caller has looked it up. A page outside every
    organisation's branch (a home or index page) has None, and needs none.
    """
    if not page.live:
        return False
    if page.expire_at is not None and page.expire_at <= (now or timezone.now()):
        return False
    owner = organisation_for_path(page.path) if organisation is LOOK_UP else organisation
    if owner is not None and not owner.is_active:
        return False
    return not Standing.objects.filter(page_id=page.pk, hidden_at__isnull=False).exists()


def is_public(
    page: Page, *, organisation: Organisation | None = LOOK_UP, now: datetime | None = None
) -> bool:
    """Whether everyone may see the page's live version at `now`."""
    return is_current(page, organisation=organisation, now=now) and not is_restricted(page)
