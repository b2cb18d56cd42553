"""sitemap.xml and robots.txt, made from the published entries."""

from collections import defaultdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.models import Entry

from .reading import absolute, alternates


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its versions in other languages: one query.

    Only what exists is listed; a fallback shown in another language is no page of its own.
    """
    groups: dict[object, list[tuple[str, str, object]]] = defaultdict(list)
    rows = Entry.objects.public().order_by("path")
    for key, language, path, updated in rows.values_list("key", "language", "path", "updated_at"):
        groups[key].append((language, path, updated))
    urls = [
        {
            "location": absolute(path),
            "updated": updated,
            "alternates": alternates({code: other for code, other, _ in versions}),
        }
        for versions in groups.values()
        for _, path, updated in versions
    ]
    return render(request, "portal/sitemap.xml", {"urls": urls}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where the sitemap lies and what is not worth crawling."""
    lines = ["User-agent: *", "Disallow: /cms/", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
