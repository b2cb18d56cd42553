"""What the public pages of sign-ups do alike: take GET and POST, open a link, or say why not.

Mail programs and scanners open links before their readers do: GET and HEAD only show, POST acts.
Nobody is logged in here and no cookie is read or set, so Django's token against forged requests
would guard nothing (docs/feedback.md): whoever can send the form of a link holds the link.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from site_core.accounts.links import LinkError, LinkExpired
from site_core.languages.fallback import Phrase, say
from site_core.languages.switcher import switcher
from site_core.throttle.actions import allow, sender_of
from training.signups.errors import Busy
from training.signups.links import read

EXPIRED = _("This link is too old.")
INVALID = _("This link is not whole.")
GONE = _("There is nothing behind this link any more.")
ADVICE = {
    EXPIRED: _("For safety a link works only for a while. Ask for a new one."),
    INVALID: _("Open it again from the mail, or copy all of it into the address bar."),
    GONE: _("What was kept about the sign-up has been erased."),
}
LATE = _("The form was open for too long. Your text is still here: send it again.")
TOO_MANY = _("Many sign-ups have come from your network. Your text is still here: try later.")
TOO_MANY_TO_ADDRESS = _("Many messages have been sent to this address today. Try tomorrow.")
RETRY_SECONDS = 5
SENT_AN_HOUR = 60
"""From one network: a library or a school may be one."""
SENT_TO_AN_ADDRESS_A_DAY = 10

Page = Callable[..., HttpResponse]


def form_page(view: Page) -> Page:
    """A form for anybody. No shared cache keeps it; the browser may, so that going back shows what
    was typed."""

    @csrf_exempt
    @cache_control(private=True, max_age=0)
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return guarded


def by_link(purpose: str) -> Callable[[Page], Page]:
    """Decorator for a page behind a link: the view gets the token and the key in it.

    Kept by no cache and by no search engine, its address told to no other site.
    """

    def decorate(view: Page) -> Page:
        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
            try:
                response = view(request, token, read(purpose, token), **more)
            except LinkExpired:
                response = void(request, EXPIRED)
            except LinkError:
                response = void(request, INVALID, 404)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return opened

    return decorate


def void(request: HttpRequest, message: str, status: int = 410) -> HttpResponse:
    """Say why a link opens nothing, and how to get another."""
    context = {"advice": say(ADVICE[message]), **frame(say(message))}
    return render(request, "training/signup/link_void.html", context, status=status)


def busy(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page again with everything typed, for whoever came when too many did."""
    response = render(request, template, {**context, "trouble": say(Busy.words)}, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def too_many(request: HttpRequest, email: str) -> str | None:
    """Why no more is taken from this network or for this address, or None. Counts the attempt."""
    if not allow("signup", sender_of(request), limit=SENT_AN_HOUR, per=timedelta(hours=1)):
        return TOO_MANY
    limit = {"limit": SENT_TO_AN_ADDRESS_A_DAY, "per": timedelta(days=1)}
    return None if allow("signup mail", email.casefold(), **limit) else TOO_MANY_TO_ADDRESS


def calendar(content: bytes) -> HttpResponse:
    """A calendar file."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def see(address: str) -> HttpResponse:
    """Lead on by GET, so that loading the next page again sends nothing twice."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def frame(
    heading: Phrase, *, above: tuple[Phrase, str] | None = None, path: str = ""
) -> dict[str, Any]:
    """What the base template is told. `above` is the course's page with its address.

    The language links lead to `path`, by default to where a lost link is asked for: a link's own
    address is shown nowhere, as it would leave by them.
    """
    language = get_language()
    crumbs = [(say("Home"), f"/{language}/"), *([above] if above else [])]
    return {
        "heading": heading,
        "page_title": heading.text,
        "noindex": True,
        "breadcrumbs": crumbs,
        "current": "training",
        "switcher": switcher(language, path=path or reverse("signup_lost")),
    }
