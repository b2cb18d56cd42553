"""Reading a public page: from its entry, by address or by key, in the reader's own interface.

A reader keeps her language. What is not written in it is shown inside her interface under
`/<lang>/e/<key>/`, marked with its own language; where a version exists, that address leads on to
it. An address that once was public answers 410, one that never was 404.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext_noop
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from search.entries.building import draft_entry
from search.entries.kinds import KINDS
from search.entries.querysets import languages_for
from search.models import Entry
from site_core.languages.fallback import say
from site_core.languages.switcher import switcher
from site_core.moderation.publication import is_restricted
from site_core.pages import cards
from site_core.pages.jsonld import breadcrumb_list
from site_core.pages.models import BasePage
from site_core.pages.rendering import gone_response

from .stored import may_be_stored, store


@require_safe
def read(request: HttpRequest, path: str) -> HttpResponse:
    """The page at an address: one indexed read of its entry.

    Editors who are logged in, restricted pages and addresses without an entry take Wagtail's road.
    """
    now = timezone.now()
    entry = Entry.objects.at(request.path)
    if entry is not None and not entry.is_visible(now):
        return _no_longer(request, path, entry)
    if entry is not None and not _is_logged_in(request):
        return _answer(request, entry, now)
    response = wagtail_serve(request, path)
    if entry is not None:
        patch_cache_control(response, private=True)
    return response


@require_safe
def by_key(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page with a key: its own address where the reader's language has it, else shown here."""
    now = timezone.now()
    language = get_language()
    versions = list(Entry.objects.filter(key=key).best_first(language))
    entry = next((version for version in versions if version.is_visible(now)), None)
    if entry is None:
        return _no_version(request, versions)
    if entry.language == language:
        return HttpResponseRedirect(entry.path)
    return _answer(request, entry, now)


def _answer(request: HttpRequest, entry: Entry, now: datetime) -> HttpResponse:
    """Render for a reader, and keep the page for the next one where that is allowed."""
    response = render_entry(request, entry, now)
    if not may_be_stored(request, entry):
        return response
    return store(request, entry, response.content, now)


def render_entry(request: HttpRequest, entry: Entry, now: datetime) -> HttpResponse:
    """The template of the entry's kind with everything it needs."""
    kind = KINDS[entry.kind]
    template = kind.template(entry) if callable(kind.template) else kind.template
    return render(request, template, entry_context(request, entry, now))


def render_live(request: HttpRequest, page: BasePage) -> HttpResponse:
    """A page from its own fields: what a preview shows, or an editor, or a restricted page."""
    return render_entry(request, draft_entry(page), timezone.now())


def entry_context(request: HttpRequest, entry: Entry, now: datetime) -> dict[str, Any]:
    """The context of a page made from an entry; a preview builds it from an unsaved one.

    One query finds the other versions of the page and its organisation's; kinds may add theirs.
    """
    language = get_language()
    kind = KINDS[entry.kind]
    order = languages_for(language)
    related = Entry.objects.versions_of(entry, now)
    related.sort(key=lambda found: order.index(found.language))
    versions = {found.language: found.path for found in related if found.key == entry.key}
    versions.setdefault(entry.language, entry.path)
    owner = next((found for found in related if found.key == entry.organisation_key), None)
    entry.owner_is_public = owner is not None
    url = absolute(entry.path)
    crumbs = breadcrumbs(entry, language)
    context = {
        "entry": entry,
        "now": now,
        "page_title": entry.title,
        "description": (entry.texts.get("summary") or [""])[0],
        "canonical": url,
        "switcher": switcher(language, versions=versions, key=str(entry.key)),
        "breadcrumbs": crumbs,
        "owner": owner,
        "owner_url": cards.entry_url(owner, language) if owner else "",
        "is_fallback": entry.language != language,
        "noindex": entry.language != language,
        "og": open_graph(entry, url),
    }
    if entry.language == language:
        context["alternates"] = alternates(versions)
    if kind.schema is not None:
        named = [(str(name), absolute(link)) for name, link in crumbs]
        context["jsonld"] = [
            kind.schema(entry, url),
            breadcrumb_list([*named, (entry.title, url)]),
        ]
    if kind.context is not None:
        context.update(kind.context(entry, language, now, request))
    return context


def alternates(versions: dict[str, str]) -> list[tuple[str, str]]:
    """hreflang pairs of the versions that exist, Finnish or else the first as the default."""
    pairs = [(code, absolute(path)) for code, path in sorted(versions.items())]
    default = versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))
    return [*pairs, ("x-default", absolute(default))]


PARENTS = {
    "municipality": gettext_noop("Municipalities"),
    "topic": gettext_noop("Topics"),
}
"""Views whose page lies below an index of its own."""


def breadcrumbs(entry: Entry, language: str) -> list[tuple[Any, str]]:
    """Home, and the listing or index above the entry; the home page has none."""
    if entry.facts.get("view") == "home":
        return []
    crumbs = [(say("Home"), f"/{language}/")]
    kind = KINDS[entry.kind]
    if kind.listed:
        crumbs.append((say(kind.plural), f"/{language}/search/?kind={kind.code}"))
    above = PARENTS.get(entry.facts.get("view", ""))
    if above and entry.language == language:
        crumbs.append((say(above), entry.path.rstrip("/").rpartition("/")[0] + "/"))
    return crumbs


def open_graph(entry: Entry, url: str) -> dict[str, str]:
    """What a shared link shows; a picture always with its description."""
    properties = {
        "type": "article" if entry.kind == "news" else "website",
        "title": entry.title,
        "description": (entry.texts.get("summary") or [""])[0],
        "url": url,
        "locale": entry.language,
        "site_name": settings.SITE_NAME,
    }
    if entry.picture and entry.picture.get("shared"):
        shared = entry.picture["shared"]
        properties["image"] = absolute(shared["src"])
        properties["image:width"] = str(shared["width"])
        properties["image:height"] = str(shared["height"])
        properties["image:alt"] = entry.picture["alt"][0]
    return {name: value for name, value in properties.items() if value}


def absolute(path: str) -> str:
    """A path on this site as a whole address."""
    return path if "://" in path else f"{settings.BASE_URL}{path}"


def _is_logged_in(request: HttpRequest) -> bool:
    """Whether an account reads; without the cookie the session is not even looked at."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def _no_longer(request: HttpRequest, path: str, entry: Entry) -> HttpResponse:
    """An address whose entry is hidden: the log-in if restricted, a redirect if set, or 410."""
    if _asks_for_log_in(entry):
        return wagtail_serve(request, path)
    if Redirect.objects.filter(old_path=Redirect.normalise_path(request.path)).exists():
        raise Http404  # the redirect middleware answers a 404
    return gone_response(request)


def _no_version(request: HttpRequest, versions: list[Entry]) -> HttpResponse:
    """A key of which nothing is public: the log-in if restricted, 410 if once public, or 404."""
    for version in versions:
        if _asks_for_log_in(version):
            return HttpResponseRedirect(version.path)
    if any(version.was_public for version in versions):
        return gone_response(request)
    raise Http404


def _asks_for_log_in(entry: Entry) -> bool:
    page = Page.objects.filter(pk=entry.page_id).first() if entry.page_id else None
    return page is not None and page.live and is_restricted(page)
