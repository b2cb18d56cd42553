"""The language of the desks: the person's own, whatever her browser asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

DESK_PREFIX = "/desk/"


class DeskLanguageMiddleware:
    """Speak to a person at her desk in the language she has chosen, in error pages too.

    Stands after the one that finds out who it is. A visitor keeps the language her browser asks
    for. The desks speak Finnish and Swedish; whoever prefers another gets Finnish.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DESK_PREFIX) and request.user.is_authenticated:
            language = getattr(request.user, "preferred_language", "") or request.LANGUAGE_CODE
            translation.activate(language if language in DESK_LANGUAGES else DESK_LANGUAGES[0])
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


DESK_LANGUAGES = ("fi", "sv")
"""The languages in which the desks' words are complete."""
