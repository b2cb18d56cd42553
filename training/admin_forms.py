"""Admin forms of courses and groups. The organisation is in none of them: code sets it."""

from typing import Any

from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from site_core.taxonomy.labels import choices_of
from training.actions import may_change_texts
from training.courses import Course, Offering, Session

MOST_SESSIONS = 60
BLANK_ROWS = 2


def teaching_languages() -> list[tuple[str, str]]:
    """Codes and names of the languages a course may be held in, read when a form is shown."""
    return choices_of("servicelanguage")


class CourseForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages of teaching"),
        choices=teaching_languages,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Course
        fields = [
            "title",
            "audience",
            "languages",
            "recording_policy",
            "enrolment_opens_at",
            "enrolment_closes_at",
            "text_language",
            "prerequisites",
            "price_note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_change_texts(self.for_user, self.instance):
            for name in Course.PUBLIC_TEXTS:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Published: ask an editor of the portal.")


class SessionForm(WagtailAdminModelForm):
    class Meta:
        model = Session
        fields = ["starts_at", "ends_at", "is_remote", "place", "municipality"]


SessionFormSet = inlineformset_factory(
    Offering,
    Session,
    form=SessionForm,
    extra=BLANK_ROWS,
    max_num=MOST_SESSIONS,
    absolute_max=MOST_SESSIONS,
    validate_max=True,
    can_delete=True,
)


class OfferingForm(WagtailAdminModelForm):
    """A group together with its sessions; valid only if both are."""

    class Meta:
        model = Offering
        fields = ["name", "position"]

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.sessions = SessionFormSet(data, files, instance=self.instance, prefix="sessions")

    def _get_validation_exclusions(self) -> set[str]:
        """Look at the course too, which is in no field: its groups differ in name."""
        return super()._get_validation_exclusions() - {"course"}

    def is_valid(self) -> bool:
        return super().is_valid() & self.sessions.is_valid()
