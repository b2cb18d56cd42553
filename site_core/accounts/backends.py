"""Reading the account of a session, with what the second step asks about it."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import User


class AccountBackend(ModelBackend):
    """Django's; the row of a session's user says in the same query what the gate needs."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, if the account is open, with `is_in_group` and `has_device`."""
        groups = User.groups.through.objects.filter(user_id=OuterRef("pk"))
        devices = TOTPDevice.objects.filter(user_id=OuterRef("pk"), confirmed=True)
        user = (
            User.objects.filter(pk=user_id)
            .annotate(is_in_group=Exists(groups), has_device=Exists(devices))
            .first()
        )
        return user if user is not None and self.user_can_authenticate(user) else None
