"""Which pages everyone may read, asked of the layer above that decides it."""

from collections.abc import Callable

from wagtail.models import Page, ReferenceIndex

from site_core.media.models import Attachment

_predicates: list[Callable[[Page], bool]] = []


def register_predicate(is_public: Callable[[Page], bool]) -> Callable[[Page], bool]:
    """Name the one predicate of publication; raises ValueError where there is one already."""
    if _predicates:
        raise ValueError("a predicate of publication is registered already")
    _predicates.append(is_public)
    return is_public


def is_published(attachment: Attachment) -> bool:
    """Whether a page that everyone may read uses the attachment.

    Wagtail's reference index follows what is stored, so for a live page its live version: a link in
    a draft opens nothing. One query for the references, one for the pages, then what the predicate
    costs for each page until one will do. LookupError before a predicate is registered.
    """
    if not _predicates:
        raise LookupError("no predicate of publication is registered")
    references = ReferenceIndex.get_references_to(attachment).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    ids = [int(pk) for pk in references.values_list("object_id", flat=True)]
    return any(_predicates[0](page) for page in Page.objects.live().filter(pk__in=ids))
