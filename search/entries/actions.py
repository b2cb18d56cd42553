"""Rebuild all entries, find where page and entry disagree, move times on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from search.models import Entry
from site_core.pages.models import BasePage
from site_core.pages.projection import projector
from site_core.pages.recurrence import Recurrence, next_occurrence
from site_core.worker.loops import loop

from .building import build_entry
from .listed import entries_astray
from .projector import hide

AT_ONCE = 100
"""So many pages are compared with one look at each table."""


@dataclass(frozen=True)
class Disagreement:
    """A page whose entry is not what it should be; `what` names the columns or the lack.

    `page_id` is None for an entry that shows what has no page any more.
    """

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
    hide(Entry.objects.orphans())
    return done


def find_disagreements(now: datetime | None = None) -> list[Disagreement]:
    """Compare all entries with their pages. An empty list is what a nightly check hopes for.

    A page that has expired agrees with an entry that the clock alone hides already. What seems
    wrong is looked at again alone, for it may have changed while others were compared.
    """
    now = now or timezone.now()
    pks = list(Page.objects.order_by("path").values_list("pk", flat=True))
    found = [
        disagreement
        for start in range(0, len(pks), AT_ONCE)
        for seeming in list(_disagreements(pks[start : start + AT_ONCE], now))
        for disagreement in _disagreements([seeming.page_id], now)
    ]
    return found + [
        Disagreement(None, entry.path, "public without a page") for entry in Entry.objects.orphans()
    ]


def repair_entries() -> list[Disagreement]:
    """Mend what disagrees; returns what was found."""
    found = find_disagreements()
    for disagreement in found:
        if disagreement.page_id is not None:
            projector().project(Page.objects.get(pk=disagreement.page_id))
    hide(Entry.objects.orphans())
    return found


@loop("times", every=timedelta(minutes=1))
def advance_times(now: datetime) -> int:
    """Move entries whose next time has passed to the time after it; returns how many moved.

    Nothing else about a page changes then, so no other road leads to its entry. What is all over
    keeps its first time, which lists of coming things leave out.
    """
    moved = 0
    passed = Entry.objects.public(now).filter(starts_at__lte=now, page__isnull=False)
    for entry in passed.select_related("page"):
        if _next_start(entry, now) not in (None, entry.starts_at):
            projector().project(entry.page)
            moved += 1
    return moved


def _next_start(entry: Entry, now: datetime) -> datetime | None:
    coming = (
        next_occurrence(
            Recurrence(
                datetime.fromisoformat(fact["start"]),
                datetime.fromisoformat(fact["end"]),
                fact["rule"],
            ),
            now,
        )
        for fact in entry.facts.get("occurrences") or []
    )
    return min((found.starts for found in coming if found), default=None)


def _disagreements(pks: Iterable[int | None], now: datetime) -> Iterator[Disagreement]:
    pages = Page.objects.filter(pk__in=pks).order_by("path").specific()
    rows = Entry.objects.filter(page_id__in=pks).prefetch_related("facet_rows")
    entries = {entry.page_id: entry for entry in rows}
    astray = entries_astray({entry.key for entry in rows})
    for page in pages.prefetch_related("locale"):
        if not isinstance(page, BasePage):
            continue
        entry = entries.get(page.pk)
        what = _difference(page, entry, now)
        if not what and entry and entry.pk in astray:
            what = "listed"
        if what:
            yield Disagreement(page.pk, page.url_path, what)


def _difference(page: BasePage, entry: Entry | None, now: datetime) -> str:
    built = build_entry(page)
    if entry is None:
        return "no entry" if built.is_public else ""
    if not built.is_public and entry.is_public and not entry.is_visible(now):
        return ""
    wrong = [name for name, value in built.values.items() if getattr(entry, name) != value]
    if {(row.facet, row.code) for row in entry.facet_rows.all()} != built.facets:
        wrong.append("facets")
    return ", ".join(wrong)


def _pages() -> Iterator[BasePage]:
    for pk in Page.objects.order_by("path").values_list("pk", flat=True):
        page = Page.objects.filter(pk=pk).first()
        specific = page.specific if page else None
        if isinstance(specific, BasePage):
            yield specific
