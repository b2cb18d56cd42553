"""The user account. Depends on nothing of Wagtail: that would make migrations circular."""

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
