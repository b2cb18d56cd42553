"""Which pages are an author's: those below the pages of her organisations.

Read once a request and kept on the request; nothing here costs more for many organisations.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page

from site_core.desk.authors.kinds import Kind, kind_of
from site_core.organisations.branches import branch_pages, path_prefixes
from site_core.organisations.models import Organisation
from site_core.organisations.rights import at_or_below
from site_core.organisations.sight import page_policy


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation's page in one language: new entries in that language go below it."""

    pk: int
    path: str
    language: str
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Own:
    """A page of the author's: as stored, as its latest draft, and of what kind it is."""

    page: Any
    draft: Any
    kind: Kind
    organisation: Organisation


def branches_of(request: HttpRequest) -> dict[str, Branch]:
    """The author's branches by tree path, in the order of organisations and languages: one query.

    `request.roles` must be there (`desk.access.member_required`).
    """
    if not hasattr(request, "_desk_branches"):
        organisations = {m.organisation_id: m.organisation for m in request.roles.memberships}
        rows = (
            branch_pages()
            .filter(organisation_id__in=organisations)
            .order_by("organisation__name", "locale_id")
            .values_list("pk", "path", "locale__language_code", "organisation_id")
        )
        request._desk_branches = {
            path: Branch(pk, path, language, organisations[organisation])
            for pk, path, language, organisation in rows
        }
    return request._desk_branches


def branch_of(request: HttpRequest, path: str) -> Branch | None:
    """The author's branch that holds a path, or None."""
    branches = branches_of(request)
    return next((branches[prefix] for prefix in path_prefixes(path) if prefix in branches), None)


def own_pages(request: HttpRequest, organisation_id: int | None = None) -> QuerySet[Page]:
    """All pages of the author's branches, their roots too, or of those of one organisation."""
    paths = [
        path
        for path, branch in branches_of(request).items()
        if organisation_id in (None, branch.organisation.pk)
    ]
    return Page.objects.filter(at_or_below(paths))


def own_page(request: HttpRequest, pk: int) -> Own:
    """One page of the author's that the desk can show; 404 for every other, there or not."""
    found = Page.objects.filter(pk=pk).select_related("locale", "latest_revision").first()
    branch = found and branch_of(request, found.path)
    if not branch or found.alias_of_id:
        raise Http404
    page = found.specific
    if not page_policy().user_has_permission_for_instance(request.user, "change", page):
        raise Http404
    draft = page.get_latest_revision_as_object()
    kind = kind_of(type(page), getattr(draft, "kind", ""))
    if kind is None:
        raise Http404
    return Own(page, draft, kind, branch.organisation)


def is_locked(page: Page, user: Any) -> bool:
    """Whether the page may not be edited now, most often because somebody reviews it."""
    lock = page.get_lock()
    return lock is not None and lock.for_user(user)
