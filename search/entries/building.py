"""What the entry of a page should say: built from the page's live row, nothing written.

The projector writes it and the repair check compares with it, so both agree by construction.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from search.models import Entry
from site_core.languages.sorting import sort_key
from site_core.moderation.models import Standing
from site_core.moderation.publication import is_public
from site_core.organisations.branches import branch_for_path
from site_core.organisations.models import Organisation
from site_core.pages.entry import EntryContent
from site_core.pages.models import BasePage
from site_core.taxonomy.labels import labels_for
from site_core.taxonomy.places import municipality_of

WIDE_COVERAGE = frozenset({"all_lapland", "whole_country", "remote"})
VISITED = frozenset({"in_person", "service_point"})
"""Channels that are a place to go to."""


@dataclass(frozen=True)
class Built:
    """An entry as it should be: column values, and the codes of each facet."""

    values: dict[str, Any]
    facets: set[tuple[str, str]] = field(default_factory=set)
    is_public: bool = False


def entry_path(page: Page, language: str, url_path: str | None = None) -> str:
    """A page's public address: its tree path without the home page's slug, under its prefix."""
    _, _, *rest = (url_path or page.url_path).split("/")
    with translation.override(language):
        return reverse("wagtail_serve", args=["/".join(rest)])


def build_entry(page: BasePage, *, url_path: str | None = None) -> Built:
    """Build the entry of a specific page. `url_path` overrules the page's own during a move."""
    branch = branch_for_path(page.path)
    identity = _identity(page, url_path)
    if not is_public(page, organisation=branch.organisation if branch else None):
        return Built({**identity, **EMPTY})
    return _built(page, branch, identity)


def draft_entry(page: BasePage) -> Entry:
    """An unsaved entry of whatever the page's fields hold: for previews and restricted pages."""
    return Entry(**_built(page, branch_for_path(page.path), _identity(page)).values)


def _identity(page: BasePage, url_path: str | None = None) -> dict[str, Any]:
    language = page.locale.language_code
    return {
        "key": page.translation_key,
        "language": language,
        "kind": page.entry_kind_now(),
        "path": entry_path(page, language, url_path),
    }


def _built(page: BasePage, branch: Any, identity: dict[str, Any]) -> Built:
    language = identity["language"]
    with translation.override(language):
        content = page.get_entry_content()
    content, texts, until = _with_original(page, content, language)
    organisation = branch.organisation if branch else None
    values = {
        **identity,
        "is_public": True,
        "was_public": True,
        "visible_until": min(filter(None, (page.expire_at, until)), default=None),
        "title": page.title,
        "sort_key": sort_key(page.title, language),
        "texts": texts,
        "organisation_id": organisation.pk if organisation else None,
        "organisation_name": organisation.name if organisation else "",
        "organisation_key": branch.translation_key if branch else None,
        "audience": content.audience,
        "coverage": content.coverage,
        "channels": content.channels,
        "facts": {**content.facts, **_standing_of(organisation)},
        "picture": content.picture,
        "starts_at": content.starts_at,
        "ends_at": content.ends_at,
        "last_confirmed": content.last_confirmed or _last_confirmed(page),
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }
    return Built(values, _facets(values, content), is_public=True)


# What is left of an entry that may not be seen: nothing that its page says.
EMPTY: dict[str, Any] = {
    "is_public": False,
    "visible_until": None,
    "title": "",
    "sort_key": "",
    "texts": {},
    "channels": [],
    "facts": {},
    "picture": None,
    "coverage": "",
    "starts_at": None,
    "ends_at": None,
}


def _with_original(
    page: BasePage, content: EntryContent, language: str
) -> tuple[EntryContent, dict[str, list[str]], datetime | None]:
    """Fill what a translation leaves empty from its original, if that is public itself.

    Also says until when the original is, if anything was taken from it: what it says may not
    outlive it in another language.
    """
    texts = {name: [text, language] for name, text in content.texts.items() if text}
    original = page.original
    if original is page or not isinstance(original, BasePage) or not is_public(original):
        return content, texts, None
    source = original.locale.language_code
    with translation.override(source):
        theirs = original.get_entry_content()
    borrowed = {n: [t, source] for n, t in theirs.texts.items() if t and n not in texts}
    filled = replace(
        content,
        facts={**theirs.facts, **{k: v for k, v in content.facts.items() if v is not None}},
        channels=content.channels or theirs.channels,
        picture=content.picture or theirs.picture,
    )
    until = original.expire_at if borrowed or filled != content else None
    return filled, {**texts, **borrowed}, until


def _standing_of(organisation: Organisation | None) -> dict[str, Any]:
    """Whether a public authority answers for the page, which machines are told (schema.org)."""
    is_authority = organisation is not None and organisation.kind in Organisation.AUTHORITIES
    return {"by_authority": True} if is_authority else {}


def _last_confirmed(page: BasePage) -> Any:
    """The day its owner last vouched for the page: confirmed since, or published."""
    standing = Standing.objects.filter(page_id=page.pk).first()
    days = [standing.last_confirmed] if standing and standing.last_confirmed else []
    if page.last_published_at:
        days.append(timezone.localdate(page.last_published_at))
    return max(days, default=None)


def _facets(values: dict[str, Any], content: EntryContent) -> set[tuple[str, str]]:
    facets = {name: list(codes) for name, codes in content.facets.items()}
    if content.coverage in WIDE_COVERAGE:
        facets["municipality"] = list(labels_for("Municipality"))
    facets["coverage"] = [content.coverage]
    facets["kind"] = [values["kind"]]
    facets["audience"] = [content.audience]
    facets["organisation"] = [str(values["organisation_key"] or "")]
    channels = [channel["kind"] for channel in content.channels]
    facets["channel"] = [*facets.get("channel", ()), *channels]
    facets["place"] = _places(content)
    facets["language"] = [
        given["code"] for channel in content.channels for given in channel.get("languages", [])
    ]
    return {(name, code) for name, codes in facets.items() for code in codes if code}


def _places(content: EntryContent) -> list[str]:
    """Municipalities in which one goes somewhere: lists tell near from far by them."""
    visits = [channel for channel in content.channels if channel["kind"] in VISITED]
    found = [municipality_of(channel.get("value") or "") for channel in visits]
    return [code for code in found if code]
