"""Logging in and out, for everyone with an account, at `/cms/login/`."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from site_core.desk.signin.forms import LogInForm
from site_core.desk.signin.target import after_log_in, asked, kept_private
from site_core.throttle.actions import allow, sender_of

TRIES_OF_AN_ADDRESS = 100
"""Log-ins tried from one household or office in an hour, whatever the names."""


class LogInView(auth_views.LoginView):
    """The form of the log-in, in Finnish or Swedish; django-axes counts what fails."""

    authentication_form = LogInForm
    template_name = "desk/signin/log_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who is in already goes on."""
        if request.user.is_authenticated:
            return redirect(after_log_in(request))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One address may not try name after name."""
        hour = timedelta(hours=1)
        if not allow("log-in", sender_of(request), limit=TRIES_OF_AN_ADDRESS, per=hour):
            return locked(request, None, None)
        return super().post(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Where she came from, or her desk."""
        return after_log_in(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, next=asked(self.request), no_menu=True)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept_private(super().dispatch(request, *args, **kwargs))


def locked(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """429: too many tries; how long to wait and what else to do. Called by django-axes too."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes, "no_menu": True}
    return kept_private(render(request, "desk/signin/locked.html", context, status=429))


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session and take its cookie away, so that reading is as before."""
    was_in = request.user.is_authenticated
    logout(request)
    if was_in:
        messages.success(request, _("You have logged out."))
    response = HttpResponseRedirect(auth_views.resolve_url(settings.LOGOUT_REDIRECT_URL))
    response.delete_cookie(
        settings.SESSION_COOKIE_NAME,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
    return kept_private(response)
