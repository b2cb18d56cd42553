"""The user account. Depends on nothing of Wagtail: that would make migrations circular."""

from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from site_core.languages.registry import DEFAULT


class User(AbstractUser):
    """A person who signs in: member of an organisation, trainer, moderator, editor or operator."""

    class Language(models.TextChoices):
        """The languages in which the portal writes to people and its desks speak."""

        FINNISH = "fi", "suomi"
        SWEDISH = "sv", "svenska"

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, blank=True, default=""
    )

    objects = UserManager()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loaded_flags = self.flags()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="accounts_user_email_unique",
                violation_error_message=_("This e-mail address already has an account."),
            )
        ]

    @property
    def preferred_language(self) -> str:
        """The language to write to her in: her own choice, else Finnish."""
        return self.language or DEFAULT

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Django's; what was read then is what later changes are compared with."""
        super().refresh_from_db(*args, **kwargs)
        self.loaded_flags = self.flags()

    def flags(self) -> tuple[bool, bool]:
        """Whether she is an administrator and whether the account is open, without a query."""
        fields = self.__dict__
        return fields.get("is_superuser", False), fields.get("is_active", True)


class AccountEvent(models.Model):
    """What happened to a log-in: kept for a year, without address, device or typed name.

    A failed log-in under a name that nobody has is an event without a user.
    """

    class Kind(models.TextChoices):
        """What happened."""

        LOGGED_IN = "logged_in", _("Logged in")
        LOG_IN_FAILED = "log_in_failed", _("Log-in failed")
        LOCKED = "locked", _("Too many tries: locked for a while")
        LOGGED_OUT = "logged_out", _("Logged out")
        PASSWORD_ASKED = "password_asked", _("A new password was asked for")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        CODE_SET_UP = "code_set_up", _("Second step set up")
        CODE_PASSED = "code_passed", _("Second step passed")
        CODE_FAILED = "code_failed", _("Second step failed")
        CODE_RESET = "code_reset", _("Second step taken off")
        RECOVERY_MADE = "recovery_made", _("Recovery codes made")
        RECOVERY_USED = "recovery_used", _("Recovery code used")
        GROUP_JOINED = "group_joined", _("Taken into a group")
        GROUP_LEFT = "group_left", _("Taken out of a group")
        ADMIN_MADE = "admin_made", _("Made an administrator")
        ADMIN_ENDED = "admin_ended", _("No longer an administrator")
        CLOSED = "closed", _("Account closed")
        OPENED = "opened", _("Account opened")

    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="account_events"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    detail = models.CharField(max_length=150, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
