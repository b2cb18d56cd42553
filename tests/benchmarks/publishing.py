"""Prints what publishing one service costs, in a small portal and in a large one.

python -m tests.benchmarks.publishing
"""

from tests.benchmarks.portal import portal, queries, tell  # first: it sets Django up

import uuid  # isort: skip
from time import perf_counter

from django.db import connection
from wagtail.models import Page

from search.engines import index_entry
from search.models import Entry, EntryFacet
from services.models import ServicePage
from tests.factories.pages import ServicePageFactory, stored

SIZES = (100, 2000)
RUNS = 30


def grow(model: ServicePage, size: int) -> None:
    """Copy a service, with its entry, until the portal has `size` pages."""
    parent, branch = model.get_parent(), Page.objects.filter(path__startswith=model.path[:-4])
    first = branch.count()
    values = Page.objects.filter(pk=model.pk).values().get()
    del values["id"]
    pages = Page.objects.bulk_create(
        Page(
            **values
            | {
                "path": Page._get_path(parent.path, model.depth, number),
                "slug": f"kopio-{number}",
                "url_path": f"{parent.url_path}kopio-{number}/",
                "translation_key": uuid.uuid4(),
                "latest_revision_id": None,
                "live_revision_id": None,
            }
        )
        for number in range(first, first + size - Page.objects.count())
    )
    Page.objects.filter(pk=parent.pk).update(numchild=first - 1 + len(pages))
    _copy_services(model, pages)
    _copy_entries(model, pages)


def _copy_services(model: ServicePage, pages: list[Page]) -> None:
    columns = ", ".join(
        connection.ops.quote_name(field.column)
        for field in ServicePage._meta.local_concrete_fields
        if not field.primary_key
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO services_servicepage (page_ptr_id, {columns}) "
            f"SELECT %s, {columns} FROM services_servicepage WHERE page_ptr_id = %s",
            [(page.pk, model.pk) for page in pages],
        )


def _copy_entries(model: ServicePage, pages: list[Page]) -> None:
    values = Entry.objects.filter(page_id=model.pk).values().get()
    del values["id"]
    facets = list(EntryFacet.objects.filter(entry=model.entry).values_list("facet", "code"))
    entries = Entry.objects.bulk_create(
        Entry(
            **values
            | {
                "page_id": page.pk,
                "key": page.translation_key,
                "path": f"{model.entry.path}{page.slug}/",
            }
        )
        for page in pages
    )
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, facet=facet, code=code)
        for entry in entries
        for facet, code in facets
    )
    for entry in entries:
        index_entry(entry)


def publishing(page: ServicePage) -> tuple[int, float]:
    """Queries, and milliseconds at the best of `RUNS`, of publishing a revision.

    The best, because other work on the machine can only add to it.
    """
    times = []
    for number in range(RUNS):
        page.summary = f"Yhteenveto {number}"
        revision = page.save_revision()
        start = perf_counter()
        revision.publish()
        times.append(perf_counter() - start)
        page = stored(page)
    return queries(page.save_revision().publish), min(times) * 1000


def main() -> None:
    with portal() as vendor:
        model = ServicePageFactory()
        tell(f"Publishing one service on {vendor}\n\n{'pages':>8}{'queries':>10}{'ms':>8}")
        for size in SIZES:
            grow(stored(model), size)
            count, milliseconds = publishing(stored(model))
            tell(f"{Page.objects.count():>8}{count:>10}{milliseconds:>8.0f}")


if __name__ == "__main__":
    main()
