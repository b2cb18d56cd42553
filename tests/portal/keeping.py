"""Pages read and kept: what the tests of stored pages share."""

from datetime import datetime, timedelta

from django.utils import timezone

from search.models import Entry
from site_core.portal.models import StoredPage

NOON = datetime.fromisoformat("2027-03-03T12:00:00+02:00")  # a Wednesday
SECOND = timedelta(seconds=1)


def path_of(page) -> str:
    return Entry.objects.get(page_id=page.pk).path


def by_key(page, language: str) -> str:
    return f"/{language}/e/{page.translation_key}/"


def read(client, path: str, **headers):
    return client.get(path, headers=headers)


def keep(client, path: str) -> StoredPage:
    """Read a page, so that it is stored, and return it."""
    assert read(client, path).status_code == 200
    return StoredPage.objects.get(path=path)


def is_used(path: str) -> bool:
    return StoredPage.objects.fresh(timezone.now()).filter(path=path).exists()


def set_entry(page, **fields) -> Entry:
    """Write columns of an entry and leave its version."""
    Entry.objects.filter(page_id=page.pk).update(**fields)
    return Entry.objects.get(page_id=page.pk)
