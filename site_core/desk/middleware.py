"""The language of the desks and of signing in: the person's own, whatever her browser asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

PREFIXES = ("/desk/", "/cms/")
ASKED = "language"


class DeskLanguageMiddleware:
    """Speak to a person at her desk in the language she has chosen, in error pages too.

    Stands after the one that finds out who it is. A visitor gets the language she asks for with
    `?language=sv`, else the one her browser asks for. The desks speak Finnish and Swedish; whoever
    prefers another gets Finnish. In the admin Wagtail goes by the person's profile, which follows
    her account (site_core/desk/signin/language.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIXES):
            wanted = _own(request) or request.LANGUAGE_CODE
            translation.activate(wanted if wanted in DESK_LANGUAGES else DESK_LANGUAGES[0])
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def _own(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return request.user.language
    asked = request.GET.get(ASKED, "")
    return asked if asked in DESK_LANGUAGES else ""


DESK_LANGUAGES = ("fi", "sv")
"""The languages in which the desks' words are complete."""
