"""Finished pages kept in the database: an anonymous reader gets one in a single indexed read.

A stored page is good only while its entry's version is the one it was made from, the entry is
public, and nothing on it has changed with the clock; all of that is in the one query, so nobody has
to remember to purge (docs/fast-path.md).
"""

import gzip
import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, models, transaction
from django.db.models import F, Min, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path

from search.entries.kinds import KINDS
from search.models import Entry
from site_core.http import takes_gzip
from site_core.pages.moments import next_change
from site_core.worker.loops import loop

logger = logging.getLogger(__name__)

MOST_REMEMBERED = 10_000
"""How many addresses without a stored page a process remembers, about a megabyte."""

LONGEST = timedelta(minutes=10)
"""No page is kept longer: a renamed term of a vocabulary shows within this time."""


class StoredPageQuerySet(models.QuerySet["StoredPage"]):
    def fresh(self, now: datetime) -> models.QuerySet["StoredPage"]:
        """Pages that are still what would be made now."""
        return self.filter(
            Q(entry__visible_until=None) | Q(entry__visible_until__gt=now),
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

    Anyone with a session takes the long road, and so does every address that is not stored. An
    address that showed a page which is never stored is not looked up again by this process.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.never: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in self.never or not is_plain_read(request):
            return self.get_response(request)
        stored = answer(request)
        if stored is not None:
            return stored
        response = self.get_response(request)
        if response.status_code == HTTPStatus.OK and not hasattr(request, "stored_page"):
            self._remember(request.path)
        return response

    def _remember(self, path: str) -> None:
        if len(self.never) >= MOST_REMEMBERED:
            self.never.clear()
        self.never.add(path)


def is_plain_read(request: HttpRequest) -> bool:
    """Whether this is a reader without a session who asks for an address and nothing more.

    Never while developing, when templates change under the pages.
    """
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and "\x00" not in request.path  # PostgreSQL refuses to look for it
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not settings.DEBUG
    )


def answer(request: HttpRequest) -> HttpResponse | None:
    """The stored page at the request's address: one query. None where there is none to use."""
    request.get_host()  # refuses a foreign host, as the long road does
    found = StoredPage.objects.fresh(timezone.now()).filter(path=request.path)
    row = found.values_list("body", "etag").first()
    return respond(request, bytes(row[0]), row[1]) if row else None


def may_be_stored(request: HttpRequest, entry: Entry) -> bool:
    """Whether the page shows its entry, and nothing that other entries or the reader change.

    A page with a token against forgery is the reader's own.
    """
    return (
        is_plain_read(request)
        and KINDS[entry.kind].context is None
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    )


def store(request: HttpRequest, entry: Entry, html: bytes, now: datetime) -> HttpResponse:
    """Keep a page that was just rendered for an anonymous reader, and answer with it.

    The version is the one read before rendering, so a page overtaken by a change is never used.
    """
    body = gzip.compress(html, compresslevel=6, mtime=0)
    request.stored_page = page = StoredPage(
        path=request.path,
        entry=entry,
        version=entry.version,
        look=look(),
        fresh_until=_fresh_until(entry, now),
        etag=f'W/"{hashlib.sha256(html).hexdigest()[:32]}"',
        body=body,
    )
    try:
        with transaction.atomic():
            StoredPage.objects.bulk_create(
                [page],
                update_conflicts=True,
                unique_fields=["path"],
                update_fields=["entry", "version", "look", "fresh_until", "etag", "body"],
            )
    except DatabaseError:  # busy or read-only: reading goes on without keeping
        logger.warning("A finished page could not be kept: %s", request.path, exc_info=True)
    return respond(request, body, page.etag)


def respond(request: HttpRequest, body: bytes, etag: str) -> HttpResponse:
    """The page, compressed where the reader takes it. ETags are weak: one page in two forms."""
    compressed = takes_gzip(request)
    response = HttpResponse(body if compressed else gzip.decompress(body))
    if compressed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    response["Content-Language"] = get_language_from_path(request.path_info)
    response["ETag"] = etag
    response["Cache-Control"] = "max-age=0, must-revalidate"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


@loop("stored pages", every=timedelta(minutes=1))
def forget_stale(now: datetime) -> int:
    """Remove pages that can never be used again; what was hidden must not lie on in them."""
    done, _ = StoredPage.objects.exclude(pk__in=StoredPage.objects.fresh(now).values("pk")).delete()
    return done


@cache
def look() -> str:
    """Name of this release's static files: a page made for others would point to lost ones."""
    return getattr(staticfiles_storage, "manifest_hash", "") or "unhashed"


def _fresh_until(entry: Entry, now: datetime) -> datetime:
    """The next moment the clock alone changes the page, versions it links to included."""
    linked = Entry.objects.related_to(entry, now).aggregate(end=Min("visible_until"))["end"]
    return min(filter(None, (next_change(entry, now), linked, now + LONGEST)))
