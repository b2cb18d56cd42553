"""Who may do what to the vocabularies: Django's model permissions, within what code allows."""

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from site_core.taxonomy.models import Channel, Municipality, ServiceLanguage

# Their codes are names of blocks, codes of the State or language tags: code depends on them.
FIXED_VOCABULARIES = (Municipality, Channel, ServiceLanguage)


class FixedVocabularyPolicy(ModelPermissionPolicy):
    """Terms may be worded anew but neither added nor deleted, not even by a superuser."""

    REFUSED = frozenset({"add", "delete"})

    def user_has_permission(self, user, action):
        return action not in self.REFUSED and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        allowed = set(actions) - self.REFUSED
        users = super().users_with_any_permission(allowed)
        return users if allowed else users.none()


def register() -> None:
    """Put the policies in place; must run before Wagtail looks up one for these models."""
    for model in FIXED_VOCABULARIES:
        register_permission_policy(model, FixedVocabularyPolicy(model), exact_class=True)
