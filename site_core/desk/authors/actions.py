"""What an author does to her drafts: make, save, delete. Each checks the right, does, and logs.

Submitting, withdrawing, translating and confirming are verbs of `site_core.moderation.actions`.
"""

import copy
import json
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from site_core.desk.authors.branches import is_locked
from site_core.desk.authors.forms import EntryForm
from site_core.desk.authors.forms.texts import TITLE_STORED, untitled_in
from site_core.desk.authors.kinds import Kind
from site_core.languages.slugs import slug as make_slug
from site_core.moderation.errors import Stale
from site_core.pages.links import (
    LifeSituationLink,
    MunicipalityLink,
    TargetGroupLink,
    ThemeLink,
)
from training.actions import choose_audience
from training.models import TrainingPage

LINKS = (LifeSituationLink, MunicipalityLink, TargetGroupLink, ThemeLink)
NOT_COPIED = frozenset(
    {"alert", "course", "date", "page_ptr", "picture_alt", "reviewed_by_speaker"}
)
"""Fields of a page that belong to it alone."""


def blank(kind: Kind, parent: Page, source: Page | None = None) -> Any:
    """A page of the kind that is not stored yet, perhaps filled from a draft of the same kind.

    Texts, ways to get in touch, vocabulary and price are copied, times and days are not.
    """
    page = kind.model(locale=parent.locale, live=False, **kind.fixed)
    if source is None:
        return page
    page.title = source.title
    for field in kind.model._meta.local_fields:
        if field.name not in NOT_COPIED and field.name not in kind.fixed:
            setattr(page, field.attname, copy.copy(getattr(source, field.attname)))
    for relation in kind.model._meta.related_objects:
        if issubclass(relation.related_model, LINKS):
            rows = getattr(source, relation.get_accessor_name()).all()
            getattr(page, relation.get_accessor_name()).set([_unhung(row) for row in rows])
    return page


@transaction.atomic
def create_draft(form: EntryForm, *, parent: Page, key: UUID, by: Any) -> Page:
    """Store a new draft below an organisation's page with what its form holds.

    `key` makes a double submit harmless: the draft that a form has made already is found by it and
    given back as it is. Raises PermissionDenied where the person may not add pages there, and
    ValidationError for an address of a confidential place.
    """
    parent = Page.objects.select_for_update(of=("self",)).get(pk=parent.pk).specific
    if not parent.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    made = Page.objects.filter(translation_key=key)
    if mine := made.child_of(parent).filter(owner=by, locale=parent.locale).first():
        return mine.specific
    page = form.page
    title = form.text("title")[:TITLE_STORED] or untitled_in(parent.locale.language_code)
    row = type(page)(
        title=title,
        slug=_free_slug(page, title, parent),
        locale=parent.locale,
        live=False,
        owner=by,
        translation_key=uuid4() if made.exists() else key,
        **form.kind.fixed,
    )
    parent.add_child(instance=row)
    log(instance=row, action="wagtail.create", user=by)
    _carry(row, page)
    form.store(row)
    _refuse_told_place(row)
    _rename_blocks(row)
    row.save_revision(user=by, clean=False)
    _tell_course(form, row, by)
    return row


def state_of_draft(page: Page) -> str:
    """Tells one state of a page's draft from another: autosave overwrites a revision in place."""
    return f"{page.latest_revision_id} {page.latest_revision_created_at}"


@transaction.atomic
def save_draft(form: EntryForm, page: Page, *, seen: str, by: Any) -> Revision:
    """Store what the form holds as the page's newest draft; the live page stays as it is.

    `seen` is the `state_of_draft` the form was opened on. Nothing new makes no new revision.
    Raises PermissionDenied where the person may not edit, or not now, and Stale where the draft is
    not the one she saw and hers would change it, ValidationError for an address of a confidential
    place.
    """
    stored = Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific
    if not stored.permissions_for_user(by).can_edit() or is_locked(stored, by):
        raise PermissionDenied
    draft = stored.get_latest_revision_as_object()
    before = draft.serializable_data()
    form.store(draft)
    _refuse_told_place(draft)
    renamed = not stored.first_published_at and draft.title != before["title"]
    if _same(draft.serializable_data(), before) and stored.latest_revision_id:
        _tell_course(form, stored, by)
        return stored.latest_revision
    if state_of_draft(stored) != seen:
        raise Stale
    if renamed:
        stored.slug = draft.slug = _free_slug(stored, draft.title, stored.get_parent())
        stored.save(clean=False)
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    _tell_course(form, stored, by)
    return revision


@transaction.atomic
def delete_draft(page: Page, *, by: Any) -> None:
    """Delete a draft that was never public. Raises PermissionDenied where it is not hers to delete,
    has been public, or is being reviewed."""
    stored = Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific
    if is_locked(stored, by) or not stored.permissions_for_user(by).can_delete():
        raise PermissionDenied
    DeletePageAction(stored, user=by).execute()


def may_delete(page: Page, user: Any) -> bool:
    """Whether `delete_draft` would do it."""
    return page.permissions_for_user(user).can_delete() and not is_locked(page, user)


def _tell_course(form: EntryForm, page: Page, by: Any) -> None:
    """The course's audience is a fact of the course; a live page's is not the form's to change."""
    if isinstance(page, TrainingPage):
        choose_audience(page.course, form.chosen_audience, by=by)


def _refuse_told_place(page: Page) -> None:
    """Store no address of a confidential place, not even in a draft: revisions stay for ever.

    Raises ValidationError by field.
    """
    if getattr(page, "confidential", False):
        page.clean()


def _carry(row: Page, page: Page) -> None:
    """Bring what a copied page holds, and the form does not show, into the stored row's draft."""
    for field in type(page)._meta.local_fields:
        if field.name not in ("page_ptr", "course"):
            setattr(row, field.attname, getattr(page, field.attname))
    for relation in type(page)._meta.related_objects:
        if issubclass(relation.related_model, LINKS):
            name = relation.get_accessor_name()
            getattr(row, name).set(list(getattr(page, name).all()))


def _unhung(row: models.Model) -> models.Model:
    """A link row like this one that hangs on no page yet."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name != "page"
    }
    return type(row)(**fields)


def _rename_blocks(page: Any) -> None:
    """Give the blocks of a new page ids of its own, whatever they were copied from."""
    for name in ("body", "channels"):
        if stream := getattr(page, name, None):
            blocks = [
                {"type": block["type"], "value": block["value"], "id": str(uuid4())}
                for block in stream.get_prep_value()
            ]
            setattr(page, name, blocks)


def _free_slug(page: Page, title: str, parent: Page) -> str:
    """The title's slug, with the first number that makes it free among its siblings."""
    slug = free = make_slug(title, fallback="page")
    number = 1
    while not type(page)._slug_is_available(free, parent, page if page.pk else None):
        number += 1
        free = f"{slug}-{number}"
    return free


def _same(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether two drafts hold the same, whatever ids their blocks and rows have by chance."""
    return _plain(now) == _plain(before)


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _plain(value) for name, value in data.items() if name not in ("id", "pk")}
    if isinstance(data, (list, tuple)):
        return [_plain(value) for value in data]
    if isinstance(data, str) and data[:1] == "[":
        try:
            return _plain(json.loads(data))
        except ValueError:
            return data
    return data
