"""Error pages in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with a search form and the phone number."""
    return render(request, "404.html", {"noindex": True}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what is asked for is not this person's."""
    return render(request, "403.html", {"noindex": True}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was open for too long or cookies are off; says what to do."""
    return render(request, "403.html", {"noindex": True, "form_expired": True}, status=403)
