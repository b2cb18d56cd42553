"""Opening an account for a person who has shown that an e-mail address is hers."""

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import User


@transaction.atomic
def open_account(email: str, *, first_name: str, last_name: str, language: str) -> User:
    """Make an account without a usable password; `password_link` lets the person choose one.

    The portal writes to her in `language`, in Finnish where it writes to nobody in that language.
    Raises ValidationError where the address has an account already.
    """
    user = User(
        username=_free_username(email),
        email=email,
        first_name=first_name,
        last_name=last_name,
        language=language if language in User.Language else User.Language.FINNISH,
    )
    user.set_unusable_password()
    user.full_clean()
    user.save()
    return user


def password_link(user: User) -> str:
    """Path of the page where the person chooses a password; good for as long as a reset is."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("wagtailadmin_password_reset_confirm", args=[uid, token])


def _free_username(email: str) -> str:
    """The address itself, as far as it fits; with a number where another account has that name."""
    longest = User._meta.get_field("username").max_length - 4
    wanted = email.lower()[:longest]
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(
        name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 999))) if name not in taken
    )
