"""Rebuild all entries, and find where page and entry disagree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Page

from search.models import Entry
from site_core.pages.models import BasePage
from site_core.pages.projection import projector

from .building import build_entry


@dataclass(frozen=True)
class Disagreement:
    """A page whose entry is not what it should be; `what` names the columns or the lack."""

    page_id: int | None
    path: str
    what: str


def rebuild_entries(progress: Callable[[int], None] = lambda done: None) -> int:
    """Project every page again, each in its own transaction; returns how many pages there were.

    Safe at any time and as often as liked: what is right already is written again unchanged.
    """
    done = 0
    for page in _pages():
        with transaction.atomic():
            projector().project(page)
        done += 1
        progress(done)
    return done


def find_disagreements() -> list[Disagreement]:
    """Compare all entries with their pages. An empty list is what a nightly check hopes for."""
    found = []
    for page in _pages():
        built = build_entry(page)
        entry = Entry.objects.filter(page_id=page.pk).prefetch_related("facet_rows").first()
        if entry is None:
            if built.is_public:
                found.append(Disagreement(page.pk, built.values["path"], "no entry"))
            continue
        wrong = [name for name, value in built.values.items() if getattr(entry, name) != value]
        if {(row.facet, row.code) for row in entry.facet_rows.all()} != built.facets:
            wrong.append("facets")
        if wrong:
            found.append(Disagreement(page.pk, entry.path, ", ".join(wrong)))
    orphans = Entry.objects.filter(page=None, is_public=True)
    found += [Disagreement(None, entry.path, "public without a page") for entry in orphans]
    return found


def repair_entries() -> list[Disagreement]:
    """Mend what disagrees; returns what was found."""
    found = find_disagreements()
    for disagreement in found:
        with transaction.atomic():
            if disagreement.page_id is None:
                Entry.objects.filter(page=None, path=disagreement.path).raise_version(
                    is_public=False
                )
            else:
                projector().project(Page.objects.get(pk=disagreement.page_id))
    return found


def _pages() -> Iterator[BasePage]:
    for pk in Page.objects.order_by("path").values_list("pk", flat=True):
        page = Page.objects.filter(pk=pk).first()
        specific = page.specific if page else None
        if isinstance(specific, BasePage):
            yield specific
