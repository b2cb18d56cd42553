"""What a reviewer reads of a page: each field of the live version beside the one under review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.encoding import force_str
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, Panel
from wagtail.models import COMMENTS_RELATION_NAME, Page

from site_core.desk.review.values import Reader, is_stream
from site_core.media.models import PictureRendition
from site_core.moderation.differences import Field, FieldChange, compare_field
from site_core.organisations.branches import organisation_for_path
from site_core.pages.forms import ConceptChoices

KEPT_BY_WAGTAIL = {field.name for field in Page._meta.concrete_fields} - {
    *("title", "slug", "seo_title", "search_description", "go_live_at", "expire_at")
}
"""Fields of every page that hold its place and state and are no content."""

THUMBNAIL = 480
"""The widest existing copy of a picture that is shown to a reviewer."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A copy of a picture that exists already; none is made for a draft."""

    url: str
    width: int
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class ReviewedField:
    """A field compared, and the pictures it shows before and after.

    Comments can stand at single blocks of a stream; Wagtail knows no place for one at a row.
    """

    change: FieldChange
    is_stream: bool = False
    old_pictures: tuple[Thumbnail, ...] = ()
    new_pictures: tuple[Thumbnail, ...] = ()


def compare_versions(live: Any | None, draft: Any) -> list[ReviewedField]:
    """Compare a page's live version with a draft, in the order of its form.

    `live` is the page as the database has it, None for a page that is not public: then the whole
    text is new. Fields that neither version fills are left out; one that stands in no form comes
    where it differs, so that nothing passes unseen.
    """
    organisation = organisation_for_path(draft.path)
    before, after = Reader(organisation), Reader(organisation)
    rows = []
    for name, label, told in _fields(type(draft)):
        reader_values = []
        for reader, page in ((before, live), (after, draft)):
            known = set(reader.pictures)
            value = None if page is None else _read(reader, page, name)
            reader_values.append((value, set(reader.pictures) - known))
        (old, old_pictures), (new, new_pictures) = reader_values
        same = live is None or _exact(live, name) == _exact(draft, name)
        change = compare_field(Field(name, label, old, new, same))
        if not change.empty and (told or change.differs):
            rows.append((change, old_pictures, new_pictures))
    copies = _copies({**before.pictures, **after.pictures})
    return [
        ReviewedField(
            change,
            is_stream(draft._meta.get_field(change.name)),
            _shown(old, copies),
            _shown(new, copies),
        )
        for change, old, new in rows
    ]


def _fields(model: type[Page]) -> Iterator[tuple[str, str, bool]]:
    """Name and label of each field and child relation; whether it stands in the form."""
    relations = {relation.get_accessor_name() for relation in get_all_child_relations(model)}
    relations -= {COMMENTS_RELATION_NAME}
    fields = {
        field.name: field
        for field in model._meta.concrete_fields
        if field.name not in KEPT_BY_WAGTAIL and not field.primary_key
    }
    seen = set()
    for name, label in _in_form(model.get_edit_handler(), model):
        if name in seen or name not in {*fields, *relations}:
            continue
        seen.add(name)
        yield name, label, True
    for name, field in fields.items():
        if name not in seen:
            yield name, capfirst(force_str(field.verbose_name)), False
    for name in sorted(relations - seen):
        rows = model._meta.get_field(name).related_model
        yield name, capfirst(force_str(rows._meta.verbose_name_plural)), False


def _in_form(panel: Panel, model: type[Page]) -> Iterator[tuple[str, str]]:
    if isinstance(panel, InlinePanel):
        yield panel.relation_name, capfirst(force_str(panel.heading))
    elif isinstance(panel, (FieldPanel, PageChooserPanel)):
        declared = model.base_form_class.declared_fields.get(panel.field_name)
        if isinstance(declared, ConceptChoices):
            yield declared.relation, capfirst(force_str(declared.label))
        else:
            try:
                field = model._meta.get_field(panel.field_name)
            except FieldDoesNotExist:
                return
            yield field.name, capfirst(force_str(field.verbose_name))
    for child in getattr(panel, "children", ()):
        yield from _in_form(child, model)


def _read(reader: Reader, page: Any, name: str) -> Any:
    field = page._meta.get_field(name)
    if field.auto_created and not field.concrete:
        return reader.rows(page, name, field.related_model)
    if is_stream(field):
        return reader.stream_parts(getattr(page, name))
    return reader.field_text(page, field)


def _exact(page: Any, name: str) -> Any:
    """The value as it is stored, to find what the text does not show.

    Rows are told apart by their texts, blocks one by one.
    """
    field = page._meta.get_field(name)
    if (field.auto_created and not field.concrete) or is_stream(field):
        return None
    return field.get_prep_value(field.value_from_object(page)) or None


def _copies(pictures: dict[int, Any]) -> dict[int, Thumbnail]:
    """The largest small copy of each picture: one query."""
    found = {}
    if pictures:
        copies = PictureRendition.objects.filter(image__in=pictures, width__lte=THUMBNAIL).order_by(
            "width", "pk"
        )
        for copy in copies:
            title = pictures[copy.image_id].title
            found[copy.image_id] = Thumbnail(copy.url, copy.width, copy.height, title)
    return found


def _shown(ids: Iterable[int], copies: dict[int, Thumbnail]) -> tuple[Thumbnail, ...]:
    return tuple(copies[pk] for pk in sorted(ids) if pk in copies)
