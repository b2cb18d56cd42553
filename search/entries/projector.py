"""Writes the published entries in the transaction that changes their pages.

Which roads lead here and why overriding `publish()` would not do stands in
docs/published-entry.md.
"""

from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from wagtail.models import Page

from search.engines import forget_entry, index_entry
from search.models import Entry, EntryFacet
from site_core.pages.models import BasePage

from .building import EMPTY, Built, build_entry, entry_path


class EntryProjector:
    """The projector that `site_core.pages.projection` asks for."""

    def project(self, page: Page) -> None:
        """Write the entry of a page, and of the translations that borrow its texts."""
        specific = page.specific if type(page) is Page else page
        if not isinstance(specific, BasePage):
            return
        with transaction.atomic():
            write(specific, build_entry(specific))
            for translation in _borrowers(specific):
                write(translation, build_entry(translation))

    def move_paths(self, page: Page, old_url_path: str) -> None:
        """Rewrite the paths of the entries below a page, hidden ones too; tombstones stay."""
        language = page.locale.language_code
        old = entry_path(page, language, old_url_path)
        new = entry_path(page, language)
        if old == new:
            return
        Entry.objects.filter(
            page__isnull=False, language=language, path__startswith=old
        ).raise_version(path=Concat(Value(new), Substr("path", len(old) + 1)))

    def project_subtree(self, page: Page, old_url_path: str = "") -> None:
        """Project a page and all below it."""
        branch = Page.objects.filter(path__startswith=page.path).order_by("path").specific()
        with transaction.atomic():
            for below in branch:
                if not isinstance(below, BasePage):
                    continue
                url_path = below.url_path
                if old_url_path and url_path.startswith(old_url_path):
                    url_path = page.url_path + url_path[len(old_url_path) :]
                write(below, build_entry(below, url_path=url_path))

    def hide_subtree(self, page: Page) -> None:
        """Hide a branch at once."""
        entries = Entry.objects.filter(
            page__in=Page.objects.filter(path__startswith=page.path), is_public=True
        )
        _hide(list(entries.values_list("pk", flat=True)))

    def bury(self, page: Page) -> None:
        """Leave a tombstone that knows the address and nothing else."""
        _hide(list(Entry.objects.filter(page_id=page.pk).values_list("pk", flat=True)))


def write(page: BasePage, built: Built) -> None:
    """Store what was built. A page that was never public gets no row at all."""
    stored = Entry.objects.filter(page_id=page.pk)
    if not built.is_public:
        if stored.raise_version(**built.values):
            _strip(list(stored.values_list("pk", flat=True)))
        return
    if not stored.raise_version(**built.values):
        Entry.objects.create(page_id=page.pk, **built.values)
    entry = stored.get()
    _write_facets(entry, built.facets)
    index_entry(entry)


def _write_facets(entry: Entry, wanted: set[tuple[str, str]]) -> None:
    rows = {(row.facet, row.code): row.pk for row in entry.facet_rows.all()}
    gone = [pk for pair, pk in rows.items() if pair not in wanted]
    if gone:
        EntryFacet.objects.filter(pk__in=gone).delete()
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, facet=facet, code=code)
        for facet, code in sorted(wanted - rows.keys())
    )


def _hide(pks: list[int]) -> None:
    if pks:
        Entry.objects.filter(pk__in=pks).raise_version(**EMPTY)
        _strip(pks)


def _strip(pks: list[int]) -> None:
    """Take hidden entries out of everything that finds."""
    EntryFacet.objects.filter(entry__in=pks).delete()
    for pk in pks:
        forget_entry(pk)


def _borrowers(page: BasePage) -> list[Any]:
    """Live translations of an original, whose empty texts show the original's."""
    if page.is_translation:
        return []
    group = Page.objects.filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk)
    return [other for other in group.specific() if isinstance(other, BasePage)]
