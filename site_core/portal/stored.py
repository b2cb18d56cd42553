"""Finished pages kept in the database: an anonymous reader gets one in a single indexed read.

A stored page is good only while its entry's version is the one it was made from, the entry is
public, and nothing on it has changed with the clock; all of that is in the one query, so nobody has
to remember to purge (docs/fast-path.md).
"""

import gzip
import hashlib
import logging
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from search.entries.kinds import KINDS
from search.models import Entry
from site_core.pages.moments import next_change

logger = logging.getLogger(__name__)

LONGEST = timedelta(minutes=10)
"""No page is kept longer: a renamed term of a vocabulary shows within this time."""

LOOKS = ("site_core/css/tokens.css", "site_core/css/base.css", "site_core/css/components.css")


class StoredPageQuerySet(models.QuerySet["StoredPage"]):
    def fresh(self, path: str, now: datetime) -> models.QuerySet["StoredPage"]:
        """The page at a path, if it is still what would be made now."""
        return self.filter(
            Q(entry__visible_until=None) | Q(entry__visible_until__gt=now),
            path=path,
            look=look(),
            fresh_until__gt=now,
            entry__is_public=True,
            version=F("entry__version"),
        )


class StoredPage(models.Model):
    """One finished page. `body` is its HTML, compressed; `look` names the deployment's styles."""

    path = models.CharField(max_length=800, unique=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="stored_pages")
    version = models.BigIntegerField()
    look = models.CharField(max_length=16)
    fresh_until = models.DateTimeField()
    etag = models.CharField(max_length=40)
    body = models.BinaryField()

    objects = StoredPageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"


class StoredPageMiddleware:
    """Answer anonymous readers of entries from stored pages, before anything else is set up.

    Anyone with a session takes the long road, and so does every address that is not stored.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_plain_read(request):
            stored = answer(request)
            if stored is not None:
                return stored
        return self.get_response(request)


def is_plain_read(request: HttpRequest) -> bool:
    """Whether this is a reader without a session who asks for an address and nothing more."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def answer(request: HttpRequest) -> HttpResponse | None:
    """The stored page at the request's address: one query. None where there is none to use."""
    found = StoredPage.objects.fresh(request.path, timezone.now()).values_list("body", "etag")
    row = found.first()
    if row is None:
        return None
    body, etag = row
    return respond(request, bytes(body), etag)


def store(request: HttpRequest, entry: Entry, html: bytes, now: datetime) -> HttpResponse:
    """Keep a page that was just rendered for an anonymous reader, and answer with it."""
    body = gzip.compress(html, compresslevel=6, mtime=0)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    try:
        StoredPage.objects.update_or_create(
            path=request.path,
            defaults={
                "entry": entry,
                "version": entry.version,
                "look": look(),
                "fresh_until": min(next_change(entry, now) or now + LONGEST, now + LONGEST),
                "etag": etag,
                "body": body,
            },
        )
    except DatabaseError:  # busy or read-only: reading goes on without keeping
        logger.warning("A finished page could not be kept: %s", request.path, exc_info=True)
    return respond(request, body, etag)


def may_be_stored(request: HttpRequest, entry: Entry) -> bool:
    """Whether the page shows its entry and nothing that other entries could change."""
    return is_plain_read(request) and KINDS[entry.kind].context is None


def respond(request: HttpRequest, body: bytes, etag: str) -> HttpResponse:
    """The page, compressed where the reader takes it, or 304 where she has it already."""
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if compressed else gzip.decompress(body))
    if compressed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = "max-age=0, must-revalidate"
    patch_vary_headers(response, ("Accept-Encoding",))
    return get_conditional_response(request, etag=etag, response=response)


@cache
def look() -> str:
    """A short name of this deployment's styles: a page made for others would point to lost files."""
    return hashlib.sha256("".join(map(static, LOOKS)).encode()).hexdigest()[:16]
