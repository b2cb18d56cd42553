"""The admin form of every page: choices from vocabularies, required texts, slugs."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import cautious_slugify

from site_core.languages.slugs import slug as make_slug
from site_core.moderation.quality import check_page
from site_core.organisations.references import KnownReferencesForm

SUBMITTING = ("action-submit", "action-restart-workflow")
"""Buttons of the editor that hand a page to the reviewers."""


class ConceptCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in as many columns as there is room for: a vocabulary has some twenty terms."""

    class Media:
        css = {"all": ["site_core/css/admin.css"]}

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any):
        super().__init__({"class": "concepts", **(attrs or {})}, **kwargs)


class ConceptChoices(forms.ModelMultipleChoiceField):
    """Checkboxes for the concepts of one vocabulary, kept as link rows of the page.

    `relation` names the page's child relation, `target` the foreign key in its rows. The rows are
    plain children of the page, so they travel through drafts, revisions and translations.
    """

    widget = ConceptCheckboxes

    def __init__(self, model: type[models.Model], *, relation: str, target: str, **kwargs: Any):
        self.relation = relation
        self.target = target
        kwargs.setdefault("required", False)
        super().__init__(model._default_manager.none(), **kwargs)
        self.model = model

    def chosen(self, page: Any) -> list[int]:
        """Primary keys the page holds now, in order."""
        return [getattr(row, f"{self.target}_id") for row in getattr(page, self.relation).all()]

    def concepts(self, page: Any) -> models.QuerySet:
        """The concepts the page holds now, in the order of their vocabulary."""
        return self.model._default_manager.filter(pk__in=self.chosen(page))

    def store(self, page: Any, concepts: Any) -> None:
        """Replace the page's link rows; rows that stay keep their identity."""
        manager = getattr(page, self.relation)
        rows = {getattr(row, f"{self.target}_id"): row for row in manager.all()}
        manager.set(
            [
                rows.get(concept.pk) or manager.model(**{self.target: concept, "sort_order": order})
                for order, concept in enumerate(concepts)
            ]
        )


class BasePageForm(KnownReferencesForm, WagtailAdminPageForm):
    """Fills and stores concept choices, asks an original for its texts and makes good slugs."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # the browser finds none for some titles
        for name, field in self.concept_fields():
            field.queryset = field.model._default_manager.filter(
                models.Q(is_active=True) | models.Q(pk__in=field.chosen(self.instance))
            )
            self.initial[name] = field.chosen(self.instance)

    def concept_fields(self) -> list[tuple[str, ConceptChoices]]:
        """The form's vocabulary fields by name."""
        return [(n, f) for n, f in self.fields.items() if isinstance(f, ConceptChoices)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and not self.instance.is_translation:
            for name in self.instance.required_texts:
                if name in self.fields and not cleaned.get(name):
                    self.add_error(name, _("Write this before the page is published."))
        return cleaned

    def _post_clean(self) -> None:
        """Ask the quality checks too where the page is submitted; hints stop nobody."""
        super()._post_clean()
        if not any(self.data.get(name) for name in SUBMITTING):
            return
        for finding in check_page(self.instance, parent=self.parent_page):
            if finding.is_error and finding.field not in self.errors:
                field = finding.field if finding.field in self.fields else None
                self.add_error(field, ValidationError(str(finding), code=finding.code))

    def clean_slug(self) -> str:
        """Make the slug from the title our way, unless a person typed one or the page was live.

        What no person typed: what the browser or Django makes of the title, and while the page was
        never published what an earlier title or the original left behind.
        """
        slug, title = self.cleaned_data["slug"], self.cleaned_data.get("title") or ""
        page, ours = self.instance, make_slug(title, fallback="page")
        if not title or (page.first_published_at and slug == page.slug):
            return slug
        proposed = {"", slugify(title), cautious_slugify(title)}
        left_behind = set()
        if not page.first_published_at:
            if page.title != title:
                left_behind |= {make_slug(page.title), slugify(page.title)}
            if page.is_translation:
                left_behind.add(page.original.slug)
        if slug in proposed or re.sub(r"-\d+$", "", slug) in left_behind or slug in left_behind:
            return self._free_slug(ours)
        return slug

    def _free_slug(self, slug: str) -> str:
        """The slug itself, or with the first number that makes it unique among its siblings."""
        free, number = slug, 1
        while not type(self.instance)._slug_is_available(free, self.parent_page, self.instance):
            number += 1
            free = f"{slug}-{number}"
        return free

    def save(self, commit: bool = True) -> Any:
        for name, field in self.concept_fields():
            field.store(self.instance, self.cleaned_data[name])
        return super().save(commit=commit)
