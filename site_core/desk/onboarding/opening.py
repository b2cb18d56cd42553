"""What every public page reached by a link does alike: read it, or say clearly why it is void.

A mail program or a scanner may open a link before its reader does, so GET only shows and POST acts.
Nobody is logged in here and no cookie is read, so Django's token against forged requests would
guard nothing (docs/feedback.md): whoever can send the form holds the link.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from site_core.accounts.links import LinkError, LinkExpired, read_link
from site_core.languages.fallback import say
from site_core.languages.switcher import switcher

EXPIRED = _("This link is too old.")
INVALID = _("This link is not whole.")
USED = _("This link has been used already.")
ADVICE = {
    EXPIRED: _("For safety a link works only for a while. Begin again, or call us."),
    INVALID: _("Open it again from the mail, or copy all of it into the address bar."),
    USED: _("Each link works once. The newest mail has the newest link."),
}

Page = Callable[..., HttpResponse]


def public_page(view: Page) -> Page:
    """A page for anybody: GET and POST, kept by no cache, its address told to no other site."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


def by_link(purpose: str, lasts: timedelta) -> Callable[[Page], Page]:
    """Decorator: the view gets the key and version in the token, if it is good and of `purpose`."""

    def decorate(view: Page) -> Page:
        @public_page
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                pk, version = read_link(purpose, token, lasts)
            except LinkExpired:
                return void(request, EXPIRED, 410)
            except LinkError:
                return void(request, INVALID, 404)
            return view(request, pk, version)

        return opened

    return decorate


def void(request: HttpRequest, message: str, status: int = 410) -> HttpResponse:
    """Say why a link opens nothing, and what to do."""
    context = {"advice": say(ADVICE[message]), **frame(say(message))}
    return render(request, "onboarding/link_void.html", context, status=status)


def frame(heading: Any) -> dict[str, Any]:
    """What the base template of the public pages is told; the language links lead to the form.

    A link's own address is shown nowhere: it would leave by the language links.
    """
    language = get_language()
    return {
        "heading": heading,
        "page_title": str(heading),
        "noindex": True,
        "breadcrumbs": [(say("Home"), f"/{language}/"), (say("Join in"), reverse("join"))],
        "switcher": switcher(language, path=reverse("join")),
    }
