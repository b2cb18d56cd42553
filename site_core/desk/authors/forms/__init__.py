"""The light form: a few plain fields over a page's own, one class per subject."""

from site_core.desk.authors.forms.entry import FORMS, EntryForm, form_for

__all__ = ["FORMS", "EntryForm", "form_for"]
