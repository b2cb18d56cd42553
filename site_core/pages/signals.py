"""Changes of pages that never pass `BasePage.save()`: mirrored into the entry here.

Wagtail saves a bare `Page` when it expires, bulk-unpublishes or moves one, deletes through
treebeard, and restricts a branch without touching its pages. `Page.save()` is atomic, and Django
sends these signals inside it, so page and entry commit together (docs/published-entry.md).
"""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from site_core.media.models import Picture
from site_core.media.signals import picture_changed

from .projection import is_shown, projector


@receiver(pre_save, sender=Page)
def remember_address(instance: Page, update_fields: Any = None, **kwargs: Any) -> None:
    """Keep the address and place in the tree the database still holds."""
    if not instance.pk or not is_shown(update_fields):
        return
    stored = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    instance._stored_url_path = stored


@receiver(post_save, sender=Page)
def project_bare_page(instance: Page, update_fields: Any = None, raw=False, **kwargs: Any) -> None:
    """Project a page that was saved as a bare `Page`; a new address also moves what is below."""
    if raw or not is_shown(update_fields):
        return
    old = getattr(instance, "_stored_url_path", None)
    if old and old != instance.url_path:
        projector().move_paths(instance, old)
        projector().project_subtree(instance, old_url_path=old)
    else:
        projector().project(instance)


@receiver(pre_delete, sender=Page)
def bury_entry(instance: Page, **kwargs: Any) -> None:
    """A page leaves a tombstone, so that its address answers 410 and not 404.

    Before the deletion and inside its transaction: afterwards the entry no longer knows its page.
    """
    projector().bury(instance)


@receiver(post_delete, sender=Page)
def show_what_is_left(instance: Page, **kwargs: Any) -> None:
    """Translations no longer borrow the texts of a page that is gone."""
    projector().project_group(instance)


@receiver(pre_save, sender=PageViewRestriction)
def hide_restricted(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Hide a branch before its restriction is stored: too early is safe, too late is a leak."""
    if not raw:
        projector().hide_subtree(instance.page)


@receiver(post_save, sender=PageViewRestriction)
def keep_restricted(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Hide what was published meanwhile, and show translations again without borrowed texts."""
    if not raw:
        projector().project_subtree(instance.page)


@receiver(post_delete, sender=PageViewRestriction)
def show_unrestricted(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    """A lifted restriction shows the branch again, except what another one still hides.

    Not where it goes because its page is being deleted.
    """
    if getattr(origin, "model", type(origin)) is not PageViewRestriction:
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        projector().project_subtree(page)


@receiver(picture_changed)
def show_changed_picture(picture: Picture, **kwargs: Any) -> None:
    """Project the pages that show a picture: they hold the addresses of its copies."""
    _project_pages(_showing(picture))


@receiver(pre_delete, sender=Picture)
def remember_showing(instance: Picture, **kwargs: Any) -> None:
    """Keep which pages show a picture; once it is deleted nothing tells."""
    instance._showing = _showing(instance)


@receiver(post_delete, sender=Picture)
def stop_showing(instance: Picture, **kwargs: Any) -> None:
    """Pages no longer point to copies that are gone."""
    _project_pages(instance._showing)


def _showing(picture: Picture) -> list[int]:
    references = ReferenceIndex.get_references_to(picture).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    return sorted({int(pk) for pk in references.values_list("object_id", flat=True)})


def _project_pages(pks: list[int]) -> None:
    for page in Page.objects.filter(pk__in=pks).order_by("pk"):
        projector().project(page)
