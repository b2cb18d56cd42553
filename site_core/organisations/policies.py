"""The page policy: rights follow membership, united with the few staff groups' permission rows.

Wagtail asks it everywhere in the admin. Querysets it returns filter by `pk__in` alone, because the
views that search accept no joins and no expressions.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from site_core.organisations.branches import organisation_for_path, path_prefixes
from site_core.organisations.models import Membership
from site_core.organisations.rights import (
    MEMBER_ACTIONS,
    PageRights,
    at_or_below,
    pages_in_turn,
    rights_of,
)

#: Any of these lets a person walk the page tree down to where she has it.
EXPLORE_ACTIONS = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})


class MembershipPagePolicy(PagePermissionPolicy):
    """Who may do what to a page.

    Members add and change within their organisations' branches, in every language, and never
    publish. Staff have their groups' rows. Reviewers hold no rows: they may "change" as far as
    Wagtail asks about pages in general, and see what waits for them.
    """

    _in_turn_cache_name = "_pages_in_turn_cache"

    def get_all_permissions_for_user(self, user) -> PageRights:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return PageRights()
        return rights_of(user)

    def rights(self, user) -> PageRights:
        """The person's rights, read once a request (Wagtail keeps them on the user object)."""
        return self.get_cached_permissions_for_user(user)

    def in_turn(self, user) -> dict[int, str]:
        """Pages that wait for this reviewer, read once a request; empty for everyone else."""
        if not self.rights(user).is_reviewer:
            return {}
        if not hasattr(user, self._in_turn_cache_name):
            setattr(user, self._in_turn_cache_name, pages_in_turn(user))
        return getattr(user, self._in_turn_cache_name)

    def user_has_any_permission(self, user, actions) -> bool:
        base = self._base_user_has_permission(user)
        if base is not None:
            return base
        rights = self.rights(user)
        if "change" in actions and rights.is_reviewer:
            return True
        return bool(rights.paths_with(_with_own(actions)))

    def user_has_any_permission_for_instance(self, user, actions, instance) -> bool:
        base = self._base_user_has_permission(user)
        if base is not None:
            return base
        allowed = self.rights(user).at(instance.path)
        if "add" in allowed and instance.owner_id == user.pk:
            allowed.add("change")
        return bool(allowed & set(actions))

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        rights = self.rights(user)
        condition = at_or_below(rights.paths_with(actions))
        if "change" in actions and "add" not in actions:
            condition |= at_or_below(rights.paths_with({"add"})) & Q(owner=user)
        return self._pages(condition)

    def instances_with_direct_explore_permission(self, user):
        if user.is_superuser:
            return self.model.base_page_model.objects.filter(depth=1)
        rights = self.rights(user)
        return [rights.places[path] for path in rights.paths_with(EXPLORE_ACTIONS)]

    def explorable_root_instance(self, user) -> Page | None:
        """The lowest page above all a person may explore; the root for a reviewer.

        None where she may explore nothing: Wagtail's views refuse her before they need it.
        """
        if not hasattr(user, self._explorable_root_instance_cache_name):
            setattr(user, self._explorable_root_instance_cache_name, self._explorable_root(user))
        return getattr(user, self._explorable_root_instance_cache_name)

    def explorable_instances(self, user) -> QuerySet:
        """Pages with any right, pages in a reviewer's turn, and the pages above both."""
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        rights, in_turn = self.rights(user), self.in_turn(user)
        places = rights.paths_with(EXPLORE_ACTIONS)
        above = {prefix for path in [*places, *in_turn.values()] for prefix in path_prefixes(path)}
        root = self.explorable_root_instance(user)
        if root is not None:
            above = {path for path in above if path.startswith(root.path)} | {root.path}
        return self._pages(at_or_below(places) | Q(path__in=above))

    def users_with_any_permission(self, actions, include_superusers=True) -> QuerySet:
        users = super().users_with_any_permission(actions, include_superusers)
        if not _with_own(actions) & MEMBER_ACTIONS:
            return users
        return _united(users, Membership.objects.in_force())

    def users_with_any_permission_for_instance(
        self, actions, instance, include_superusers=True
    ) -> QuerySet:
        users = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        organisation = organisation_for_path(instance.path)
        if organisation is None or not set(actions) & MEMBER_ACTIONS:
            return users
        return _united(users, Membership.objects.in_force().filter(organisation=organisation))

    def _pages(self, condition: Q) -> QuerySet:
        allowed = Page.objects.order_by().filter(condition).values("pk")
        return self.model._default_manager.filter(pk__in=allowed)

    def _explorable_root(self, user) -> Page | None:
        if user.is_superuser and user.is_active:
            return Page.get_first_root_node()
        rights = self.rights(user)
        places = rights.paths_with(EXPLORE_ACTIONS)
        if rights.is_reviewer:
            return Page.get_first_root_node()
        if not places:
            return None
        # The list is in tree order, so its ends differ first where any two of it do.
        shared = [prefix for prefix in path_prefixes(places[0]) if places[-1].startswith(prefix)]
        return Page.objects.get(path=shared[0])


def _with_own(actions: Iterable[str]) -> set[str]:
    """ "Add" alone lets a person change what is her own, so it counts where "change" is asked."""
    wanted = set(actions)
    return wanted | {"add"} if "change" in wanted else wanted


def _united(users: QuerySet, memberships: QuerySet) -> QuerySet:
    return get_user_model()._default_manager.filter(
        Q(pk__in=users.values("pk")) | Q(pk__in=memberships.values("user"))
    )
