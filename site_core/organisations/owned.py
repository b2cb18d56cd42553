"""Rights over rows that an organisation owns: staff by Django's permissions, members by theirs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import ModelPermissionPolicy

from site_core.organisations.models import Organisation

MEMBER_ACTIONS = frozenset({"view", "add", "change", "delete"})
"""What a member may do with what belongs to an organisation of hers, unless a policy says less."""


class OwnedPolicy(ModelPermissionPolicy):
    """Rights over rows that an organisation owns, at the end of `owner_path`.

    Adding is checked against the organisation itself, by `may_add_for`. Querysets filter by
    `pk__in` alone, since Wagtail's searching views accept no joins.
    """

    def __init__(
        self, model: type[Model], owner_path: str, *, member_actions: Iterable[str] = MEMBER_ACTIONS
    ) -> None:
        super().__init__(model)
        self.owner_path = owner_path
        self.member_actions = frozenset(member_actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do this to some row at all."""
        if super().user_has_permission(user, action):
            return True
        return action in self.member_actions and bool(_organisations_of(user))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if super().user_has_permission(user, action):
            return True
        return action in self.member_actions and self._owner_of(instance) in _organisations_of(user)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Model]:
        rows = self.model._default_manager.all()
        if any(super(OwnedPolicy, self).user_has_permission(user, action) for action in actions):
            return rows
        if self.member_actions.isdisjoint(actions):
            return rows.none()
        own = self.model._base_manager.filter(**{f"{self.owner_path}__in": _organisations_of(user)})
        return rows.filter(pk__in=own.values("pk"))

    def may_add_for(self, user: Any, organisation: Organisation) -> bool:
        """Whether the person may add a row that belongs to the organisation."""
        if super().user_has_permission(user, "add"):
            return True
        return organisation.pk in _organisations_of(user)

    def _owner_of(self, instance: Model) -> int:
        *path, last = self.owner_path.split("__")
        for name in path:
            instance = getattr(instance, name)
        return getattr(instance, f"{last}_id")


def _organisations_of(user: Any) -> frozenset[int]:
    """Active organisations the person belongs to, read once a request."""
    if not user.is_active or user.is_anonymous:
        return frozenset()
    if not hasattr(user, "_organisations_of_member"):
        ids = Organisation.objects.of_member(user).values_list("pk", flat=True)
        user._organisations_of_member = frozenset(ids)
    return user._organisations_of_member
