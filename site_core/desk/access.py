"""Who may stand at which desk.

A visitor is led to the log-in. For a person who is logged in, a desk that is not hers is not there:
404, as for everything at the desks that belongs to somebody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from wagtail.permission_policies.pages import PagePermissionPolicy

from site_core.organisations.models import Membership
from site_core.organisations.sight import page_policy
from training.rights import RUNNERS

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Roles:
    """What a person is at the desks."""

    memberships: tuple[Membership, ...] = ()
    reviewer: bool = False
    editor: bool = False

    @property
    def member(self) -> bool:
        """Whether she acts for an organisation now."""
        return bool(self.memberships)

    @property
    def lead(self) -> bool:
        """Whether she leads an organisation."""
        return any(each.role == Membership.Role.LEAD for each in self.memberships)

    @property
    def trainer(self) -> bool:
        """Whether she may run courses of an organisation."""
        return any(each.role in RUNNERS for each in self.memberships)

    @property
    def staff(self) -> bool:
        """Whether she works for the portal: reviews or edits."""
        return self.reviewer or self.editor

    def membership_in(self, organisation_id: int) -> Membership | None:
        """Her membership in force in an organisation."""
        return next((m for m in self.memberships if m.organisation_id == organisation_id), None)


def roles_of(user: Any) -> Roles:
    """The person's roles: four queries, read once a request (kept on the user object)."""
    if not (user.is_authenticated and user.is_active):
        return Roles()
    if not hasattr(user, "_desk_roles"):
        user._desk_roles = _read(user)
    return user._desk_roles


def member_required(view: View) -> View:
    """The view is for members of an organisation; they are in `request.roles.memberships`."""
    return _guarded(view, lambda request: request.roles.member)


def lead_required(view: View) -> View:
    """The view is for those who lead an organisation."""
    return _guarded(view, lambda request: request.roles.lead)


def staff_required(view: View) -> View:
    """The view is for those who review or edit for the portal."""
    return _guarded(view, lambda request: request.roles.staff)


def login_required(view: View) -> View:
    """The view is for everyone with an account."""
    return _guarded(view, lambda request: True)


def only_for(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """Decorator: the view is for the people of whom `may` holds."""
    return lambda view: _guarded(view, lambda request: may(request.user))


def _guarded(view: View, allows: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.roles = roles_of(request.user)
        if not allows(request):
            raise Http404
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def _read(user: Any) -> Roles:
    memberships = (
        Membership.objects.in_force()
        .filter(user=user)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )
    policy: PagePermissionPolicy = page_policy()
    rights = policy.rights(user)
    return Roles(
        tuple(memberships),
        reviewer=rights.is_reviewer,
        editor=user.is_superuser or rights.covers_tree,
    )
