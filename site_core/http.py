"""HTTP matters that know nothing of models: the security policy by path, compression."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

ADMIN_PREFIX = "/cms/"
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
TEXT_TYPES = ("text/", "application/json", "application/xml", "application/manifest+json")


class PolicyByPathMiddleware:
    """Give Wagtail's admin its own Content Security Policy; the public site keeps the strict one.

    The admin's inline scripts cannot run under a strict policy (docs/security.md tells more). Pages
    of ours that lie below its path, such as the log-in, set `keeps_strict_policy` on the response.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        strict = getattr(response, "keeps_strict_policy", False)
        if request.path.startswith(ADMIN_PREFIX) and not strict:
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response


class CompressTextMiddleware(GZipMiddleware):
    """Compress what is rendered; files that are sent pass as they are, with their length.

    Django masks its tokens against forgery and adds random bytes, so that the length of an answer
    tells nothing about a token in it (BREACH; docs/fast-path.md).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """The response, compressed if it is text and no stream."""
        if response.streaming or not response.get("Content-Type", "").startswith(TEXT_TYPES):
            return response
        if not takes_gzip(request):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the reader accepts gzip: it is named, and not with the weight 0 that refuses it."""
    return bool(GZIP.search(request.headers.get("Accept-Encoding", "")))
