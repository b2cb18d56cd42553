"""Who has logged in stays so while she works, and passes the second step before anything else."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from . import second_factor
from .records import acted, acting_as

BEHIND = ("/cms/", "/desk/", "/originals/")
"""Paths behind the log-in; reading elsewhere neither keeps a session alive nor is gated."""
BEFORE_CODE = frozenset(
    {
        "desk_code",
        "desk_code_set_up",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_sprite",
    }
)
"""Views that must answer before the second step."""
BY_ITSELF = frozenset({"wagtailadmin_editing_sessions:ping"})
"""Views that an open page calls without anybody at the keyboard."""
SEEN = "seen"
SEEN_EVERY = 300
"""Seconds between two writes of a session that is in use."""


class KeepSessionMiddleware:
    """Let a session end after `SESSION_COOKIE_AGE` without work, not after the log-in.

    Its row and cookie are renewed at most every few minutes, and only where somebody who has
    logged in works: reading writes nothing. What an open page asks by itself is no work.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = acting_as(request.user) if request.path_info.startswith(BEHIND) else None
        try:
            return self.get_response(request)
        finally:
            if token:
                acted(token)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        """Note the moment, where enough time has gone by since the last note."""
        if not request.path_info.startswith(BEHIND):
            return
        if request.resolver_match.view_name in BY_ITSELF or SESSION_KEY not in request.session:
            return
        now = int(timezone.now().timestamp())
        if not 0 <= now - request.session.get(SEEN, 0) < SEEN_EVERY:
            request.session[SEEN] = now


class SecondFactorMiddleware:
    """Lead who owes the second step and has not passed it to it, whatever she asks for.

    Stands after django-otp's middleware. Scripts get 403.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Refuse before the view runs."""
        if not request.path_info.startswith(BEHIND):
            return None
        if request.resolver_match.view_name in BEFORE_CODE:
            return None
        user = request.user
        if not user.is_authenticated or user.is_verified() or not second_factor.owes(user):
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise PermissionDenied
        name = "desk_code" if second_factor.has_device(user) else "desk_code_set_up"
        back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        response = HttpResponseRedirect(f"{reverse(name)}?{back}".rstrip("?"))
        add_never_cache_headers(response)
        return response


def on_logged_in(sender: object, request: HttpRequest, user: object, **kwargs: object) -> None:
    """The log-in itself is work: the first page need not write the session again."""
    request.session[SEEN] = int(timezone.now().timestamp())
