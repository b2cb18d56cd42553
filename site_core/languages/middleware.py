"""The reader's language: from the address, else from what her browser asks for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from .registry import DEFAULT


def asked_language(accept: str) -> str:
    """First language of an Accept-Language header that the portal speaks, else the default."""
    for code, _quality in parse_accept_lang_header(accept):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return DEFAULT


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Django's, with two differences.

    A missing page stays 404. Django's turns every unknown path into a redirect under the
    reader's language, since Wagtail's catch-all accepts any path there; API clients and the admin
    need the 404. Only `/` leads on, to the home page in her language.

    No cookie is read: none is ever set, so answers vary by `Accept-Language` alone, and not even
    by that where the address holds the language.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the path, else the one asked for."""
        language = translation.get_language_from_path(request.path_info) or asked_language(
            request.headers.get("Accept-Language", "")
        )
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Lead `/` to the home page; say which language the answer is in and depends on."""
        if response.status_code == 404 and request.path_info == "/":
            query = request.META.get("QUERY_STRING", "")
            home = f"{get_script_prefix()}{request.LANGUAGE_CODE}/"
            response = HttpResponseRedirect(f"{home}?{query}" if query else home)
        if not translation.get_language_from_path(request.path_info):
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", translation.get_language() or DEFAULT)
        return response
