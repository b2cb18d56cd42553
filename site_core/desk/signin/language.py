"""One language for a person: her account says it, Wagtail's profile follows, and the reverse."""

from typing import Any

from wagtail.users.models import UserProfile

from site_core.accounts.models import User


def on_profile_saved(sender: Any, instance: UserProfile, **kwargs: Any) -> None:
    """What she chooses in Wagtail's account settings; English is for the admin alone."""
    chosen = instance.preferred_language
    if chosen in User.Language.values:
        User.objects.filter(pk=instance.user_id).exclude(language=chosen).update(language=chosen)


def on_user_saved(sender: Any, instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    """What she, or who opened the account, chose; a profile in English stays so."""
    if instance.language and (update_fields is None or "language" in update_fields):
        profiles = UserProfile.objects.filter(user_id=instance.pk).exclude(preferred_language="en")
        profiles.update(preferred_language=instance.language)
