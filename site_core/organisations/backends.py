"""Who may enter the admin."""

from django.contrib.auth.backends import BaseBackend

from site_core.organisations.models import Membership

ACCESS_ADMIN = "wagtailadmin.access_admin"


class MembershipBackend(BaseBackend):
    """Lets every member of an organisation that is not suspended into the admin.

    Wagtail asks Django for that permission, never a policy; answered here, no shared group is
    needed. It signs nobody in.
    """

    def get_user_permissions(self, user_obj, obj=None):
        """One query a request, kept on the user object as Django's own backend does."""
        if obj is not None or user_obj.is_anonymous or not user_obj.is_active:
            return set()
        if not hasattr(user_obj, "_membership_permissions"):
            is_member = Membership.objects.in_force().filter(user_id=user_obj.pk).exists()
            user_obj._membership_permissions = {ACCESS_ADMIN} if is_member else set()
        return user_obj._membership_permissions
