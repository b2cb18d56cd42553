"""Reading without a network: the service worker, and the page it shows where nothing is kept.

docs/offline.md tells what a device keeps, and how to take it all back (`SERVICE_WORKER`).
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from site_core.languages.registry import LANGUAGES

KEPT_FILES = (
    "site_core/css/site.css",
    "site_core/fonts/noto-sans-400.woff2",
    "site_core/fonts/noto-sans-700.woff2",
    "site_core/js/portal.js",
    "site_core/js/offline.js",
)
"""What a kept page needs to look as it did; the worker fetches them when it is installed."""


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker at the root, or the one that takes itself away if it is switched off.

    Browsers ask for it at every visit and replace theirs when a byte differs.
    """
    script = _worker_script() if settings.SERVICE_WORKER else _source("sw-off.js")
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Numbers to call, and the pages that this device has kept."""
    return render(request, "portal/offline.html", _context())


@cache
def _worker_script() -> str:
    """The worker with what it needs to know; made once, since it changes with the release only."""
    source = _source("sw.js")
    files = [staticfiles_storage.url(name) for name in KEPT_FILES]
    told = {
        "version": _version(source, files),
        "languages": [*LANGUAGES],
        "statics": staticfiles_storage.url("site_core/"),
        "files": files,
    }
    return f"const PORTAL = {json.dumps(told)};\n{source}"


def _version(source: str, files: list[str]) -> str:
    """Name of this release for devices: another file or another offline page makes another name."""
    digest = hashlib.sha256(source.encode())
    for name, address in zip(KEPT_FILES, files, strict=True):
        digest.update(address.encode() + Path(finders.find(name)).read_bytes())
    for language in LANGUAGES:
        with translation.override(language):
            digest.update(render_to_string("portal/offline.html", _context()).encode())
    return digest.hexdigest()[:12]


def _context() -> dict[str, bool]:
    return {"noindex": True, "is_offline_page": True}


def _source(name: str) -> str:
    return Path(finders.find(f"site_core/js/{name}")).read_text("utf-8")
