"""Forged references: a page's form accepts any id for a page, a picture or a document it points to.

Wagtail's choosers offer only what a person may use, but nothing checks what comes back (pitfall
B1). Stored, a foreign picture would be shown under another's page; refused with an error message,
the chooser in the form shown again would print the foreign title. So the request is refused whole.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.forms import ModelChoiceField, ModelMultipleChoiceField

from site_core.organisations.sight import may_see_reference

Reference = tuple[type, str]


class KnownReferencesForm:
    """Mixin for a page form: `is_valid` raises PermissionDenied for a reference that is not hers.

    What the page already pointed to stays allowed, since another may have written it. Comes before
    Wagtail's form class; a form made without a person, as in scripts, is not checked.
    """

    def is_valid(self):
        user = getattr(self, "for_user", None)
        if self.is_bound and user is not None and not user.is_superuser:
            self._refuse_foreign(user)
        return super().is_valid()

    def _refuse_foreign(self, user):
        new = defaultdict(set)
        for model, pk in references_in(self):
            new[model].add(pk)
        for model, pks in new.items():
            numbers = {int(pk) for pk in pks if pk.isdecimal()}
            if len(numbers) < len(pks) or not may_see_reference(user, model, numbers):
                raise PermissionDenied


def references_in(form) -> Iterator[Reference]:
    """References a bound form and its child forms would add: model and primary key as text.

    Read from the data as sent, because a form that fails elsewhere shows its choosers again.
    """
    for name, field in form.fields.items():
        sent = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        before = set(_references(form, name, field, form.initial.get(name)))
        for reference in _references(form, name, field, sent):
            if reference not in before:
                yield reference
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from references_in(child)


def _references(form, name: str, field, value) -> Iterator[Reference]:
    if value in (None, ""):
        return
    if isinstance(field, ModelMultipleChoiceField):
        return
    if isinstance(field, ModelChoiceField):
        yield field.queryset.model, str(getattr(value, "pk", value))
        return
    try:
        model_field = form._meta.model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return
    if hasattr(model_field, "extract_references"):
        for model, pk, *_place in model_field.extract_references(value):
            yield model, str(pk)
