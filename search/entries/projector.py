"""Writes the published entries in the transaction that changes their pages.

Which roads lead here and why overriding `publish()` would not do stands in
docs/published-entry.md.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from wagtail.models import Page

from search.engines import forget_entries, index_entry
from search.models import Entry, EntryFacet
from site_core.pages.models import BasePage

from .building import EMPTY, Built, build_entry, entry_path
from .querysets import EntryQuerySet

LOCKS = 0x454E5452
"""Sets our locks apart from others in the database."""
PARTS = 1024
"""A server has room for some thousand locks; groups that share one only wait longer."""


class EntryProjector:
    """The projector that `site_core.pages.projection` asks for."""

    def project(self, page: Page) -> None:
        """Write the entry of a page, and of the translations that borrow its texts."""
        specific = page.get_specific(copy_attrs=()) if type(page) is Page else page
        if not isinstance(specific, BasePage):
            return
        key, written = specific.translation_key, {specific.pk}
        with transaction.atomic():
            hold([key])
            has_row = write(specific, build_entry(specific))
            if not specific.is_translation:
                written.update(_write_again(_borrowers([key], written)))
            if has_row:
                _tell_siblings([key], written)

    def move_paths(self, page: Page, old_url_path: str) -> None:
        """Rewrite the paths of the entries below a page, hidden ones too; tombstones stay."""
        language = page.locale.language_code
        old = entry_path(page, language, old_url_path)
        new = entry_path(page, language)
        if old == new:
            return
        moved = Entry.objects.filter(page__isnull=False, language=language, path__startswith=old)
        with transaction.atomic():
            rows = list(moved.values_list("page_id", "key"))
            hold(key for _, key in rows)
            moved.raise_version(path=Concat(Value(new), Substr("path", len(old) + 1)))
            _tell_siblings([key for _, key in rows], [page_id for page_id, _ in rows])

    def project_subtree(self, page: Page, old_url_path: str = "") -> None:
        """Project a page and all below it, and what borrows their texts elsewhere.

        The pages' rows are locked: who publishes one meanwhile has either finished, and is read
        here, or waits, and then sees what changed.
        """
        branch = Page.objects.filter(path__startswith=page.path).order_by("path")
        with transaction.atomic():
            rows = list(branch.select_for_update().values_list("pk", "translation_key"))
            own, keys = {pk for pk, _ in rows}, [key for _, key in rows]
            hold(keys)
            for below in branch.specific():
                if not isinstance(below, BasePage):
                    continue
                url_path = below.url_path
                if old_url_path and url_path.startswith(old_url_path):
                    url_path = page.url_path + url_path[len(old_url_path) :]
                write(below, build_entry(below, url_path=url_path))
            written = _write_again(_borrowers(keys, own))
            _tell_siblings(keys, own.union(written))

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
        with transaction.atomic():
            hold([page.translation_key])
            _write_again(list(group.values_list("pk", flat=True)))

    def was_public(self, page: Page) -> bool:
        """Whether the page has an entry: only what is or was public gets one."""
        return Entry.objects.filter(page_id=page.pk, was_public=True).exists()


def hold(keys: Iterable[UUID]) -> None:
    """Keep the entries of these translation groups to the transaction at hand, until it ends.

    What is written for one version is told to the others, so two translations published at once
    would wait for each other's rows for ever, or not see each other at all where both are new.
    SQLite lets only one write anyway.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, part) FROM unnest(%s::int[]) AS held (part)",
            [LOCKS, sorted({key.int % PARTS for key in keys})],
        )


def write(page: BasePage, built: Built) -> bool:
    """Store what was built, whose group is held; False for a page without a row.

    One that was never public gets none.
    """
    stored = Entry.objects.filter(page_id=page.pk)
    if not built.is_public:
        if not stored.raise_version(**built.values):
            return False
        _strip(list(stored.values_list("pk", flat=True)))
        return True
    if not stored.raise_version(**built.values):
        Entry.objects.create(page_id=page.pk, **built.values)
    entry = stored.get()
    _write_facets(entry, built.facets)
    index_entry(entry)
    return True


def _tell_siblings(keys: Iterable[Any], written: Iterable[int]) -> None:
    """Raise the versions of the groups' other public entries; `written` are pages just written.

    Their pages link to what was written, and in a search engine they are found by its words.
    """
    siblings = Entry.objects.filter(key__in=list(keys), is_public=True)
    siblings.exclude(page_id__in=list(written)).raise_version()


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
    with transaction.atomic():
        rows = list(entries.values_list("pk", "key"))
        if not rows:
            return
        pks, keys = [pk for pk, _ in rows], {key for _, key in rows}
        hold(keys)
        Entry.objects.filter(pk__in=pks).raise_version(**EMPTY)
        _strip(pks)
        Entry.objects.filter(key__in=keys, is_public=True).raise_version()


def _strip(pks: list[int]) -> None:
    EntryFacet.objects.filter(entry__in=pks).delete()
    forget_entries(pks)


def _write_again(pks: list[int]) -> list[int]:
    """Project pages whose groups are held; returns `pks`."""
    for page in Page.objects.filter(pk__in=pks).order_by("pk").specific() if pks else ():
        if isinstance(page, BasePage):
            write(page, build_entry(page))
    return pks


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
