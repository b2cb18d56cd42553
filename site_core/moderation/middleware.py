"""Says in the admin what went wrong with a decision, where Wagtail would answer with an error."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from .errors import Refused, Stale


class DecisionMessageMiddleware:
    """Back to the dashboard with the message of a deed that came too late or was refused.

    Only in the admin: the desks say it where the person is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A redirect, for Wagtail's modal windows as the JSON they follow."""
        home = reverse("wagtailadmin_home")
        if not isinstance(exception, (Refused, Stale)) or not request.path.startswith(home):
            return None
        told = exception.messages[0] if isinstance(exception, Refused) else str(exception)
        messages.error(request, told)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": home})
        return redirect(home)
