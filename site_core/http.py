"""HTTP matters that know nothing of models: the security policy by path."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ADMIN_PREFIX = "/cms/"


class PolicyByPathMiddleware:
    """Give Wagtail's admin its own Content Security Policy; the public site keeps the strict one.

    The admin's inline scripts cannot run under a strict policy (docs/security.md tells more).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
