"""The door through which pages reach the published entry, filled by `search` at start-up.

`BasePage.save()` and the signal handlers beside it call these; the layer above registers the one
projector. Every call runs inside the transaction of the change it mirrors.
"""

from collections.abc import Iterable
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Page

#: Fields of the page table that an entry shows. Wagtail saves them by name on some roads; a
#: draft's texts are never among what it saves by name on a live page.
SHOWN_FIELDS = frozenset(
    {
        "live",
        "expired",
        "expire_at",
        "slug",
        "url_path",
        "title",
        "first_published_at",
        "last_published_at",
    }
)


def is_shown(update_fields: Iterable[str] | None) -> bool:
    """Whether a save of these fields (None: of all) changes what an entry shows."""
    return update_fields is None or not SHOWN_FIELDS.isdisjoint(update_fields)


class Projector(Protocol):
    """Keeps the published entries equal to the pages."""

    def project(self, page: Page) -> None:
        """Write the entry of a page (any class; the specific one is looked up) as it stands now."""

    def move_paths(self, page: Page, old_url_path: str) -> None:
        """Rewrite the paths of all entries below a page whose address changed."""

    def project_subtree(self, page: Page, old_url_path: str = "") -> None:
        """Project a page and everything below it: its organisation or restriction changed.

        Waits for whoever is publishing in this branch, so that neither overlooks the other.
        `old_url_path` is given in the midst of a move, when pages below still hold old addresses.
        """

    def hide_subtree(self, page: Page) -> None:
        """Hide the entries of a page, of those below it and of what borrows their texts."""

    def bury(self, page: Page) -> None:
        """Turn the entry of a page that is being deleted into a tombstone."""

    def project_group(self, page: Page) -> None:
        """Project the versions that are left of a page that has been deleted."""

    def was_public(self, page: Page) -> bool:
        """Whether everyone could once see the page: its address then answers 410, not 404."""


_projector: Projector | None = None


def register_projector(projector: Projector) -> None:
    """Install the projector; a second one is a programming error."""
    global _projector
    if _projector is not None and type(_projector) is not type(projector):
        raise ImproperlyConfigured("A projector is registered already.")
    _projector = projector


def projector() -> Projector:
    """The registered projector; without one nothing public could be trusted."""
    if _projector is None:
        raise ImproperlyConfigured("No projector is registered: is `search` installed?")
    return _projector
