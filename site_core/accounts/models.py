"""The user account. Depends on nothing of Wagtail: that would make migrations circular."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in: member of an organisation, trainer, moderator, editor or operator."""

    email = models.EmailField(_("e-mail address"))

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
