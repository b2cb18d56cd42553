"""A forgotten password, and the first one of an invited person."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth import views as auth_views
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from site_core.accounts.opening import password_link
from site_core.accounts.records import Kind, record
from site_core.desk.signin.forms import ChoosePasswordForm, ForgottenForm
from site_core.desk.signin.target import kept_private
from site_core.outbox import actions as outbox
from site_core.outbox.kinds import MessageKind, register_kind
from site_core.outbox.links import absolute
from site_core.throttle.actions import allow, sender_of

KIND = register_kind(
    MessageKind("password_reset", templates="emails/password_reset", keeps_body=False)
)
HOUR = timedelta(hours=1)
ASKED_BY_ADDRESS = 20
ASKED_FOR_ACCOUNT = 3
SAME = 120
"""Seconds within which asking again is the same asking, sent twice."""


def ask(email: str, *, language: str) -> None:
    """Send the link to whoever has the address; without such a person do the same work in vain.

    So neither what is answered nor how long it takes tells whether there is an account.
    """
    person = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    stretch = int(timezone.now().timestamp()) // SAME
    with transaction.atomic():
        message = outbox.send(
            KIND.code,
            to=person.email if person else email,
            language=person.preferred_language if person else language,
            key=f"password-reset:{person.pk if person else email[:60]}:{stretch}",
            context={"link": absolute(_link(person))},
            user=person,
        )
        if message is not None:
            record(Kind.PASSWORD_ASKED, person)
        if person is None:
            transaction.set_rollback(True)


def _link(person: Any) -> str:
    return password_link(person or get_user_model()(pk=0, password="x"))


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the link. Every address gets the same answer."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if allow("password-sender", sender_of(request), limit=ASKED_BY_ADDRESS, per=HOUR) and allow(
            "password-account", email.lower(), limit=ASKED_FOR_ACCOUNT, per=HOUR
        ):
            ask(email, language=get_language() or "")
        return kept_private(redirect("wagtailadmin_password_reset_done"))
    context = {"form": form, "faults": form.errors, "no_menu": True}
    return kept_private(render(request, "desk/signin/forgotten.html", context))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whether or not there is an account."""
    return kept_private(render(request, "desk/signin/sent.html", {"no_menu": True}))


class ChoosePasswordView(auth_views.PasswordResetConfirmView):
    """The page behind the link. It opens once, sets the password and logs in.

    Django moves the token out of the address first. Whoever owes the second step still owes it.
    """

    form_class = ChoosePasswordForm
    template_name = "desk/signin/choose_password.html"
    success_url = reverse_lazy("desk_home")
    post_reset_login = True
    post_reset_login_backend = "site_core.accounts.backends.AccountBackend"

    def get_user(self, uidb64: str) -> Any:
        """Nobody for a closed account."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
        messages.success(self.request, _("Your new password is in use."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, no_menu=True)

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept_private(super().dispatch(*args, **kwargs))
