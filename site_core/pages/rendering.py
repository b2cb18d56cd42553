"""How a page becomes a response: filled by `site_core.portal`, which knows the templates."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from .models import BasePage

GONE_TEMPLATE = "410.html"

Renderer = Callable[[HttpRequest, "BasePage"], HttpResponse]

_renderers: list[Renderer] = []


def register_renderer(renderer: Renderer) -> Renderer:
    """Name the one renderer; raises ImproperlyConfigured where there is one already."""
    if _renderers:
        raise ImproperlyConfigured("A renderer of pages is registered already.")
    _renderers.append(renderer)
    return renderer


def render_page(request: HttpRequest, page: "BasePage") -> HttpResponse:
    """Render a page from its own fields: a preview, a restricted page, an editor's look."""
    if not _renderers:
        raise ImproperlyConfigured("No renderer of pages is registered.")
    return _renderers[0](request, page)


def gone_response(request: HttpRequest) -> HttpResponse:
    """410 in the reader's language: this was public once and is no more, with ways on."""
    return render(request, GONE_TEMPLATE, {"noindex": True}, status=410)
