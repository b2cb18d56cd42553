"""Where a person goes once she is in."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

ADMIN = "/cms/"


def asked(request: HttpRequest) -> str:
    """The address within the portal that she came from, or nothing."""
    address = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else ""


def after_log_in(request: HttpRequest) -> str:
    """Where she came from, if she may be there; else the first page of her desk.

    Wagtail leads whoever may not enter its admin to the log-in, which would lead her back.
    """
    address, user = asked(request), request.user
    if address.startswith(ADMIN) and not user.has_perm("wagtailadmin.access_admin"):
        address = ""
    return address or resolve_url("desk_home")


def kept_private(response: Any) -> Any:
    """The response as no cache may keep it and no other site may learn its address."""
    add_never_cache_headers(response)
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "same-origin"  # with none at all, forms would send no Origin
    response.keeps_strict_policy = True
    return response
