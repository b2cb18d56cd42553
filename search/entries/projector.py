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
from .querysets import EntryQuerySet


class EntryProjector:
    """The projector that `site_core.pages.projection` asks for."""

    def project(self, page: Page) -> None:
        """Write the entry of a page, and of the translations that borrow its texts."""
        specific = page.get_specific(copy_attrs=()) if type(page) is Page else page
        if not isinstance(specific, BasePage):
            return
        with transaction.atomic():
            write(specific, build_entry(specific))
            if not specific.is_translation:
                _write_again(_borrowers([specific.translation_key], {specific.pk}))

    def move_paths(self, page: Page, old_url_path: str) -> None:
        """Rewrite the paths of the entries below a page, hidden ones too; tombstones stay."""
        language = page.locale.language_code
        old = entry_path(page, language, old_url_path)
        new = entry_path(page, language)
        if old == new:
            return
        moved = Entry.objects.filter(page__isnull=False, language=language, path__startswith=old)
        pks = list(moved.values_list("pk", flat=True))
        moved.raise_version(path=Concat(Value(new), Substr("path", len(old) + 1)))
        _tell_versions(Entry.objects.filter(pk__in=pks))

    def project_subtree(self, page: Page, old_url_path: str = "") -> None:
        """Project a page and all below it, and what borrows their texts elsewhere.

        The pages' rows are locked: who publishes one meanwhile has either finished, and is read
        here, or waits, and then sees what changed.
        """
        branch = Page.objects.filter(path__startswith=page.path).order_by("path")
        with transaction.atomic():
            own = set(branch.select_for_update().values_list("pk", flat=True))
            for below in branch.specific():
                if not isinstance(below, BasePage):
                    continue
                url_path = below.url_path
                if old_url_path and url_path.startswith(old_url_path):
                    url_path = page.url_path + url_path[len(old_url_path) :]
                write(below, build_entry(below, url_path=url_path))
            _write_again(_borrowers(branch.values("translation_key"), own))

    def hide_subtree(self, page: Page) -> None:
        """Hide a branch at once, and the translations that borrow its texts."""
        branch = Page.objects.filter(path__startswith=page.path)
        own = set(branch.values_list("pk", flat=True))
        pages = own.union(_borrowers(branch.values("translation_key"), own))
        hide(Entry.objects.filter(page__in=pages, is_public=True))

    def bury(self, page: Page) -> None:
        """Leave a tombstone that knows the address and nothing else."""
        hide(Entry.objects.filter(page_id=page.pk))

    def project_group(self, page: Page) -> None:
        """Write the entries of the versions a deleted page leaves behind."""
        group = Page.objects.filter(translation_key=page.translation_key)
        _write_again(list(group.values_list("pk", flat=True)))

    def was_public(self, page: Page) -> bool:
        """Whether the page has an entry: only what is or was public gets one."""
        return Entry.objects.filter(page_id=page.pk, was_public=True).exists()


def write(page: BasePage, built: Built) -> None:
    """Store what was built. A page that was never public gets no row at all."""
    stored = Entry.objects.filter(page_id=page.pk)
    before = stored.values_list("is_public", "path").first()
    if not built.is_public:
        if stored.raise_version(**built.values):
            _strip(list(stored.values_list("pk", flat=True)))
            _tell_versions(Entry.objects.filter(page_id=page.pk))
        return
    if not stored.raise_version(**built.values):
        Entry.objects.create(page_id=page.pk, **built.values)
    entry = stored.get()
    if before != (True, entry.path):
        _tell_versions(stored)
    _write_facets(entry, built.facets)
    index_entry(entry)


def _tell_versions(changed: EntryQuerySet) -> None:
    """Raise the version of the other languages' entries: their pages link to this one."""
    Entry.objects.filter(key__in=changed.values("key"), is_public=True).exclude(
        pk__in=changed.values("pk")
    ).raise_version()


def _write_facets(entry: Entry, wanted: set[tuple[str, str]]) -> None:
    rows = {(row.facet, row.code): row.pk for row in entry.facet_rows.all()}
    gone = [pk for pair, pk in rows.items() if pair not in wanted]
    if gone:
        EntryFacet.objects.filter(pk__in=gone).delete()
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, facet=facet, code=code)
        for facet, code in sorted(wanted - rows.keys())
    )


def hide(entries: EntryQuerySet) -> None:
    """Empty entries and take them out of everything that finds."""
    pks = list(entries.values_list("pk", flat=True))
    if pks:
        hidden = Entry.objects.filter(pk__in=pks)
        hidden.raise_version(**EMPTY)
        _strip(pks)
        _tell_versions(hidden)


def _strip(pks: list[int]) -> None:
    EntryFacet.objects.filter(entry__in=pks).delete()
    for pk in pks:
        forget_entry(pk)


def _write_again(pks: list[int]) -> None:
    for page in Page.objects.filter(pk__in=pks).order_by("pk").specific():
        if isinstance(page, BasePage):
            write(page, build_entry(page))


def _borrowers(keys: Any, own: set[int]) -> list[int]:
    """Live pages outside `own` that show texts of an original in it, by translation keys.

    `keys` is a list or a subquery.
    """
    group = Page.objects.filter(translation_key__in=keys).order_by("pk")
    originals: dict[Any, int] = {}
    found = []
    for key, pk, alias_of, live in group.values_list("translation_key", "pk", "alias_of", "live"):
        if alias_of is None:
            originals.setdefault(key, pk)
        if live and pk not in own and originals.get(key) in own:
            found.append(pk)
    return found
