"""The admin form of every page: choices from vocabularies, required texts, slugs."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import cautious_slugify

from site_core.languages.slugs import slug as make_slug
from site_core.organisations.references import KnownReferencesForm


class ConceptChoices(forms.ModelMultipleChoiceField):
    """Checkboxes for the concepts of one vocabulary, kept as link rows of the page.

    `relation` names the page's child relation, `target` the foreign key in its rows. The rows are
    plain children of the page, so they travel through drafts, revisions and translations.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, model: type[models.Model], *, relation: str, target: str, **kwargs: Any):
        self.relation = relation
        self.target = target
        kwargs.setdefault("required", False)
        super().__init__(model._default_manager.none(), **kwargs)
        self.model = model

    def chosen(self, page: Any) -> list[int]:
        """Primary keys the page holds now, in order."""
        return [getattr(row, f"{self.target}_id") for row in getattr(page, self.relation).all()]

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
        self._good_slug(cleaned)
        if not self.is_deferred_validation and not self.instance.is_translation:
            for name in self.instance.required_texts:
                if name in self.fields and not cleaned.get(name):
                    self.add_error(name, _("Write this before the page is published."))
        return cleaned

    def _good_slug(self, cleaned: dict[str, Any]) -> None:
        """Replace a slug the browser or the copy proposed; one that a person typed stays."""
        title, slug = cleaned.get("title") or "", cleaned.get("slug") or ""
        proposed = {"", slugify(title), cautious_slugify(title)}
        if self.instance.is_translation and not self.instance.first_published_at:
            proposed.add(self.instance.slug)
            proposed.add(self.instance.original.slug)
        ours = make_slug(title)
        if ours and slug in proposed:
            cleaned["slug"] = self._free_slug(ours)

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
