"""Originals of pictures and attachments: handed out only to those who may use them."""

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import redirect, resolve_url
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from site_core.media.models import Attachment, Picture
from site_core.media.publication import is_published
from site_core.media.storage import originals_storage

#: Any of these lets a person see the file itself.
READ_ACTIONS = ("choose", "change")


def may_use(user, file) -> bool:
    """Whether the person may choose or change the picture or attachment in the admin."""
    policy = policy_registry.get(file)
    return policy.user_has_any_permission_for_instance(user, READ_ACTIONS, file)


def refuse(request):
    """Log-in for an unknown visitor, 404 for a known one: neither learns what there is."""
    if request.user.is_authenticated:
        raise Http404
    response = redirect_to_login(request.get_full_path(), resolve_url("wagtailadmin_login"))
    add_never_cache_headers(response)
    return response


@require_safe
def original(request, name: str):
    """Serve the original of a picture or attachment by its name in storage (pitfall B24)."""
    if "\x00" in name:  # PostgreSQL refuses to look for it
        return refuse(request)
    file = Picture.objects.filter(file=name).first() or Attachment.objects.filter(file=name).first()
    if file is None or not may_use(request.user, file):
        return refuse(request)
    storage = originals_storage()
    if not storage.exists(name):
        raise Http404
    response = FileResponse(storage.open(name), as_attachment=isinstance(file, Attachment))
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def check_attachment(document: Attachment, request):
    """Hook `before_serve_document`: Wagtail's serve view asks no policy (pitfall B25).

    Left to Wagtail is only what everyone may read, since caches may keep its answer; who may read
    the rest is sent to the original, which no cache keeps.
    """
    if is_published(document):
        return None
    if not may_use(request.user, document):
        return refuse(request)
    response = redirect(document.file.url)
    add_never_cache_headers(response)
    return response
