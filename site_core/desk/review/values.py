"""A value of a page as a reviewer reads it: plain text with the words people see in forms.

What a value names is shown only where that is for everyone to see or belongs to the same
organisation: a title of somebody else's draft, picture or attachment is never written out.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import RichText

from site_core.dates import format_date, format_time
from site_core.desk.review.plain import plain_text
from site_core.moderation.differences import Part
from site_core.organisations.branches import organisation_for_path
from site_core.organisations.models import Organisation
from site_core.pages.codes import CodesField

EMPTY: tuple[Any, ...] = (None, "", False, [], {})
"""Values that say nothing, whichever of them is stored."""


class Reader:
    """Reads values for one page under review. `organisation` is the one whose page it is."""

    def __init__(self, organisation: Organisation | None):
        self.organisation = organisation
        self.pictures: dict[int, Any] = {}

    def field_text(self, page: Any, field: models.Field) -> str:
        """The value of a simple field."""
        value = field.value_from_object(page)
        if value in (None, "", []):
            return ""
        if field.is_relation:
            return self.named(getattr(page, field.name))
        if isinstance(field, RichTextField):
            return self.rich(value)
        if isinstance(field, CodesField):
            return "\n".join(_(field.words.get(code, code)) for code in value)
        if field.choices:
            return force_str(dict(field.flatchoices).get(value, value))
        return self.written(value)

    def stream_parts(self, value: blocks.StreamValue) -> tuple[Part, ...]:
        """The blocks of a stream, each with its id, its kind and its text."""
        return tuple(
            Part(
                child.id or "",
                capfirst(force_str(child.block.label)),
                "\n".join(self.lines(child.block, child.value)),
                _stored(child.block, child.value),
            )
            for child in value
        )

    def rows(self, page: Any, relation: str, row_model: type[models.Model]) -> tuple[Part, ...]:
        """The child rows of a page: what they link to, or their fields."""
        link = only_link(row_model)
        if link is not None:
            return self._links(page, relation, link)
        fields = [field for field in row_model._meta.concrete_fields if _is_shown(field)]
        found = []
        for row in getattr(page, relation).all():
            lines = [
                f"{capfirst(force_str(field.verbose_name))}: {text}"
                for field in fields
                if (text := self.field_text(row, field))
            ]
            label = capfirst(force_str(row_model._meta.verbose_name))
            found.append(Part(str(row.pk or ""), label, "\n".join(lines)))
        return tuple(found)

    def lines(self, block: blocks.Block, value: Any) -> list[str]:
        """The text of a block, a line for each thing it says; nothing where it is empty."""
        if isinstance(block, blocks.StreamBlock):
            return [line for child in value for line in self.lines(child.block, child.value)]
        if isinstance(block, blocks.ListBlock):
            each = (self._item(block.child_block, item) for item in value or ())
            return [item for item in each if item]
        if isinstance(block, blocks.BaseStructBlock) and isinstance(value, blocks.StructValue):
            return list(self._struct(block, value))
        text = self.block_text(block, value)
        return text.split("\n") if text else []

    def block_text(self, block: blocks.Block, value: Any) -> str:
        """The text of a block without parts."""
        if value in EMPTY:
            return ""
        if isinstance(value, RichText):
            return self.rich(value.source)
        if isinstance(block, blocks.ChooserBlock) or isinstance(value, models.Model):
            return self.named(value)
        choices = getattr(getattr(block, "field", None), "choices", None)
        if choices is not None:
            labels = dict(_flat(choices))
            chosen = value if isinstance(value, (list, tuple)) else [value]
            return ", ".join(force_str(labels.get(one, one)) for one in chosen)
        return self.written(value)

    def written(self, value: Any) -> str:
        """A plain value: dates and times as people write them, yes or no in words."""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, datetime):
            return f"{format_date(value)} {format_time(value)}"
        if isinstance(value, date):
            return format_date(value)
        if isinstance(value, time):
            return format_time(value)
        if isinstance(value, (dict, list)):
            return json.dumps(value, ensure_ascii=False, indent=1)
        return force_str(value)

    def rich(self, source: str) -> str:
        """Rich text, its links with where they lead."""
        return plain_text(source, self._target)

    def named(self, thing: Any) -> str:
        """The name of what a value points to, where it may be told."""
        if thing is None:
            return ""
        if isinstance(thing, Page):
            return thing.title if self._may_name_page(thing) else _("A page that is not public")
        if isinstance(thing, (get_image_model(), get_document_model())):
            if not self._may_name_file(thing):
                return _("A file of somebody else")
            if isinstance(thing, get_image_model()):
                return "\n".join(self._picture(thing))
        return force_str(thing)

    def _item(self, block: blocks.Block, value: Any) -> str:
        """An item of a list in one line; the only thing it says needs no label."""
        if isinstance(value, blocks.StructValue):
            said = [self.lines(child, value.get(n)) for n, child in block.child_blocks.items()]
            filled = [lines for lines in said if lines]
            if len(filled) == 1:
                return "; ".join(filled[0])
        return "; ".join(self.lines(block, value))

    def _struct(self, block: blocks.BaseStructBlock, value: blocks.StructValue) -> Iterator[str]:
        for name, child in block.child_blocks.items():
            lines = self.lines(child, value.get(name))
            label = capfirst(force_str(child.label))
            if len(block.child_blocks) == 1:
                yield from lines
            elif len(lines) == 1:
                yield f"{label}: {lines[0]}"
            elif lines:
                yield f"{label}:"
                yield from lines

    def _links(self, page: Any, relation: str, link: models.ForeignKey) -> tuple[Part, ...]:
        ids = [getattr(row, link.attname) for row in getattr(page, relation).all()]
        found = link.related_model._default_manager.in_bulk([pk for pk in ids if pk])
        return tuple(Part(str(pk), "", self.named(found.get(pk))) for pk in ids if pk in found)

    def _picture(self, picture: Any) -> Iterator[str]:
        self.pictures[picture.pk] = picture
        yield picture.title
        alt = getattr(picture, "contextual_alt_text", None)
        alt = picture.default_alt_text if alt is None else alt
        if getattr(picture, "decorative", False) or not alt:
            yield _("Only decoration")
        else:
            yield f"{_('Description')}: {alt}"

    def _may_name_page(self, page: Page) -> bool:
        if page.live:
            return True
        return self.organisation is not None and (
            organisation_for_path(page.path) == self.organisation
        )

    def _may_name_file(self, owned: Any) -> bool:
        owner = owned.organisation
        if owner is None or owner.is_portal:
            return True
        return self.organisation is not None and owner.pk == self.organisation.pk

    def _target(self, kind: str, pk: str) -> str:
        model = {"page": Page, "document": get_document_model(), "image": get_image_model()}.get(
            kind
        )
        thing = model._default_manager.filter(pk=pk).first() if model and pk.isdecimal() else None
        return self.named(thing) if thing else _("leads nowhere")


def only_link(row_model: type[models.Model]) -> models.ForeignKey | None:
    """The foreign key of a row that holds nothing else than the page and this."""
    own = [field for field in row_model._meta.concrete_fields if _is_shown(field)]
    return own[0] if len(own) == 1 and own[0].many_to_one else None


def is_stream(field: models.Field) -> bool:
    """Whether a field holds blocks."""
    return isinstance(field, StreamField)


def _is_shown(field: models.Field) -> bool:
    return (
        field.editable
        and not field.primary_key
        and field.name != "sort_order"
        and not isinstance(field, ParentalKey)
    )


def _stored(block: blocks.Block, value: Any) -> str:
    """All that a block holds, but what is empty and the ids of list items, made anew at reading."""
    held = _filled(block.get_prep_value(value))
    return json.dumps(held, sort_keys=True, default=str, ensure_ascii=False)


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = ((name, _filled(each)) for name, each in value.items() if name != "id")
        return {name: each for name, each in pairs if each not in EMPTY}
    if isinstance(value, (list, tuple)):
        return [_filled(each) for each in value]
    return value


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label
