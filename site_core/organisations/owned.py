"""Rights over rows that an organisation owns: staff by Django's permissions, members by theirs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import ModelPermissionPolicy

from site_core.organisations.models import Membership, Organisation

MEMBER_ACTIONS = frozenset({"view", "add", "change", "delete"})
"""What a member may do with what belongs to an organisation of hers, unless a policy says less."""


class OwnedPolicy(ModelPermissionPolicy):
    """Rights over rows that an organisation owns, at the end of `owner_path`.

    `roles` are those in which a member may. Adding is checked against the organisation itself, by
    `may_add_for`, and is for members of every role. Querysets filter by `pk__in` alone, since
    Wagtail's searching views accept no joins.
    """

    def __init__(
        self,
        model: type[Model],
        owner_path: str,
        *,
        member_actions: Iterable[str] = MEMBER_ACTIONS,
        roles: Iterable[str] = Membership.Role.values,
    ) -> None:
        super().__init__(model)
        self.owner_path = owner_path
        self.member_actions = frozenset(member_actions)
        self.roles = frozenset(roles)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do this to some row at all."""
        if super().user_has_permission(user, action):
            return True
        return action in self.member_actions and bool(self._organisations_of(user))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if super().user_has_permission(user, action):
            return True
        if action not in self.member_actions:
            return False
        return self._owner_of(instance) in self._organisations_of(user)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Model]:
        rows = self.model._default_manager.all()
        if any(super(OwnedPolicy, self).user_has_permission(user, action) for action in actions):
            return rows
        if self.member_actions.isdisjoint(actions):
            return rows.none()
        owners = self._organisations_of(user)
        own = self.model._base_manager.filter(**{f"{self.owner_path}__in": owners})
        return rows.filter(pk__in=own.values("pk"))

    def may_add_for(self, user: Any, organisation: Organisation) -> bool:
        """Whether the person may add a row that belongs to the organisation."""
        if super().user_has_permission(user, "add"):
            return True
        return organisation.pk in _roles_of(user)

    def _organisations_of(self, user: Any) -> frozenset[int]:
        return frozenset(pk for pk, role in _roles_of(user).items() if role in self.roles)

    def _owner_of(self, instance: Model) -> int:
        *path, last = self.owner_path.split("__")
        for name in path:
            instance = getattr(instance, name)
        return getattr(instance, f"{last}_id")


def _roles_of(user: Any) -> dict[int, str]:
    """The person's role in each active organisation she belongs to, read once a request."""
    if not user.is_active or user.is_anonymous:
        return {}
    if not hasattr(user, "_role_in_organisations"):
        held = Membership.objects.in_force().filter(user=user)
        user._role_in_organisations = dict(held.values_list("organisation_id", "role"))
    return user._role_in_organisations
