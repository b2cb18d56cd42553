"""Who may add, change and choose pictures and attachments: the owner's members, and staff by rows.

Wagtail's collections stay in the background: every file lies in the root collection, since its
forms ask for one, and what a member may do depends on the owner alone.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from site_core.organisations.models import Membership, Organisation

#: What a member may do to her organisation's files.
OWNER_ACTIONS = frozenset({"add", "change", "delete", "choose"})


class OwnedFilePolicy(CollectionOwnershipPermissionPolicy):
    """Members use their organisations' files and choose the portal's own; staff have their rows.

    A file is the portal's own where its owner is empty or the portal's organisation.
    """

    _organisations_cache_name = "_own_organisations_cache"

    def __init__(self, model, auth_model):
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")

    def own_organisations(self, user) -> frozenset[int]:
        """Primary keys of the organisations the person acts for, read once a request."""
        if not user.is_active or user.is_anonymous:
            return frozenset()
        if not hasattr(user, self._organisations_cache_name):
            ids = Organisation.objects.of_member(user).values_list("pk", flat=True)
            setattr(user, self._organisations_cache_name, frozenset(ids))
        return getattr(user, self._organisations_cache_name)

    def holds_rows(self, user, action) -> bool:
        """Whether a staff group's row, or being a superuser, allows the action somewhere."""
        return super().user_has_permission(user, action)

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        if OWNER_ACTIONS & set(actions) and self.own_organisations(user):
            return True
        return any(self.holds_rows(user, action) for action in actions)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        own = self.own_organisations(user)
        if OWNER_ACTIONS & set(actions) and instance.organisation_id in own:
            return True
        if own and "choose" in actions and _is_portals(instance):
            return True
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        if user.is_active and user.is_superuser:
            return super().instances_user_has_any_permission_for(user, actions)
        own = self.own_organisations(user)
        by_rows = super().instances_user_has_any_permission_for(user, actions)
        condition = Q(pk__in=by_rows.order_by().values("pk"))
        if own and OWNER_ACTIONS & set(actions):
            condition |= Q(organisation_id__in=own)
        if own and "choose" in actions:
            condition |= Q(organisation=None) | Q(
                organisation_id__in=Organisation.objects.portal().values("pk")
            )
        allowed = self.model._default_manager.order_by().filter(condition)
        return self.model._default_manager.filter(pk__in=allowed.values("pk"))

    def collections_user_has_any_permission_for(self, user, actions):
        """The root collection for members: Wagtail's forms fail on an empty set of collections."""
        collections = super().collections_user_has_any_permission_for(user, actions)
        if OWNER_ACTIONS & set(actions) and self.own_organisations(user):
            collections = collections | Collection.objects.filter(depth=1)
        return collections

    def users_with_any_permission(self, actions):
        users = super().users_with_any_permission(actions)
        return _united(users, actions, Membership.objects.in_force())

    def users_with_any_permission_for_instance(self, actions, instance):
        users = super().users_with_any_permission_for_instance(actions, instance)
        members = Membership.objects.in_force().filter(organisation=instance.organisation_id)
        return _united(users, actions, members)


def _is_portals(instance) -> bool:
    return instance.organisation_id is None or instance.organisation.is_portal


def _united(users, actions, memberships):
    if not OWNER_ACTIONS & set(actions):
        return users
    return get_user_model()._default_manager.filter(
        Q(pk__in=users.values("pk")) | Q(pk__in=memberships.values("user"))
    )
