"""Who may add, change and choose pictures and attachments: the owner's members, and staff.

Staff have Django's permissions on the model. Wagtail's collections stay in the background: every
file lies in the root collection, since its forms ask for one.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Collection
from wagtail.permission_policies import ModelPermissionPolicy

from site_core.organisations.models import Membership, Organisation

#: What a member may do to her organisation's files.
MEMBER_ACTIONS = frozenset({"add", "change", "delete", "choose"})


class OwnedFilePolicy(ModelPermissionPolicy):
    """Members use their organisations' files and choose the portal's own; staff use all by model.

    A file is the portal's own where its owner is empty or the portal's organisation. Querysets
    filter by `pk__in` alone: views that search accept no joins.
    """

    _organisations_cache_name = "_own_organisations_cache"

    def own_organisations(self, user) -> frozenset[int]:
        """Primary keys of the organisations the person acts for, read once a request."""
        if not user.is_active or user.is_anonymous:
            return frozenset()
        if not hasattr(user, self._organisations_cache_name):
            ids = Organisation.objects.of_member(user).values_list("pk", flat=True)
            setattr(user, self._organisations_cache_name, frozenset(ids))
        return getattr(user, self._organisations_cache_name)

    def is_staff_for(self, user, actions) -> bool:
        """Whether a staff group, or being a superuser, allows any of the actions on every file."""
        return any(user.has_perm(self._get_permission_name(action)) for action in actions)

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        if MEMBER_ACTIONS & set(actions) and self.own_organisations(user):
            return True
        return self.is_staff_for(user, actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        own = self.own_organisations(user)
        if MEMBER_ACTIONS & set(actions) and instance.organisation_id in own:
            return True
        if own and "choose" in actions and _is_portals(instance):
            return True
        return self.is_staff_for(user, actions)

    def instances_user_has_any_permission_for(self, user, actions):
        files = self.model._default_manager
        if self.is_staff_for(user, actions):
            return files.all()
        own = self.own_organisations(user)
        if not own or not MEMBER_ACTIONS & set(actions):
            return files.none()
        condition = Q(organisation_id__in=own)
        if "choose" in actions:
            portal = Organisation.objects.portal().values("pk")
            condition |= Q(organisation=None) | Q(organisation_id__in=portal)
        return files.filter(pk__in=files.order_by().filter(condition).values("pk"))

    def collections_user_has_permission_for(self, user, action):
        return self.collections_user_has_any_permission_for(user, [action])

    def collections_user_has_any_permission_for(self, user, actions):
        """The root collection: Wagtail's forms fail on an empty set (pitfall B26)."""
        if self.user_has_any_permission(user, actions):
            return Collection.objects.filter(depth=1)
        return Collection.objects.none()

    def users_with_any_permission(self, actions):
        users = super().users_with_any_permission(actions)
        return _united(users, actions, Membership.objects.in_force())

    def users_with_any_permission_for_instance(self, actions, instance):
        users = super().users_with_any_permission(actions)
        members = Membership.objects.in_force().filter(organisation=instance.organisation_id)
        return _united(users, actions, members)


def _is_portals(instance) -> bool:
    return instance.organisation_id is None or instance.organisation.is_portal


def _united(users, actions, memberships):
    if not MEMBER_ACTIONS & set(actions):
        return users
    return get_user_model()._default_manager.filter(
        Q(pk__in=users.values("pk")) | Q(pk__in=memberships.values("user"))
    )
