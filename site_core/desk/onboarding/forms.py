"""The form with which any organisation asks to join, and what moderators write about it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from services.blocks.phone_numbers import validate_phone
from site_core.languages.registry import LANGUAGES
from site_core.organisations import business_id
from site_core.organisations.models import Organisation
from site_core.taxonomy.labels import municipality_choices
from site_core.taxonomy.models import Municipality
from site_core.throttle.forms import GuardedForm

from .duplicates import Likeness, public_likenesses
from .models import PLANS_LENGTH, QUESTION_LENGTH, Application

TOO_LONG = _("Write this in fewer words.")
CHOOSE = _("Choose one of these.")
ADDRESS = _("Write the address in the form name@example.fi.")


class OneOf(forms.ChoiceField):
    """A choice of one, all of them shown."""

    widget = forms.RadioSelect
    default_error_messages: ClassVar = {"required": CHOOSE, "invalid_choice": CHOOSE}


class DeskForm(forms.Form):
    """A form that `onboarding/errors.html` can tell the faults of."""

    @property
    def faulty(self) -> list[Any]:
        """The fields that have to be mended, in their order."""
        return [field for field in self if field.errors] if self.is_bound else []


class ApplicationForm(DeskForm):
    """What an organisation tells of itself and of whom to ask. Codes, never rows, in the fields."""

    required_css_class = "required"

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=255,
        error_messages={"required": _("Write the name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = OneOf(label=_("What kind of organisation is it?"), choices=Organisation.Kind.choices)
    business_id = forms.CharField(
        label=_("Business id"),
        help_text=_("Seven digits, a hyphen and a check digit. An informal group has none."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    municipality = forms.ChoiceField(
        label=_("Home municipality"),
        help_text=_("Leave it empty if you work from elsewhere or all over Lapland."),
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages do you write?"),
        help_text=_("You get a page of your own in each of them."),
        choices=[(code, item.own_name) for code, item in LANGUAGES.items()],
        error_messages={
            "required": _("Choose at least one language."),
            "invalid_choice": _("Choose at least one language."),
        },
        widget=forms.CheckboxSelectMultiple,
    )
    plans = forms.CharField(
        label=_("What do you plan to offer?"),
        help_text=_("For example: a remote coffee hour on Mondays, and help with heating stoves."),
        required=False,
        max_length=PLANS_LENGTH,
        error_messages={"max_length": _("We can take 2000 characters.")},
        widget=forms.Textarea,
    )
    first_name = forms.CharField(
        label=_("First name of whom to ask"),
        max_length=150,
        error_messages={"required": _("Write the first name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        error_messages={"required": _("Write the last name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("We call only if something about the application is unclear."),
        required=False,
        max_length=32,
        validators=[validate_phone],
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # As plain text: Django takes a pair for the name of a group with its choices.
        choices = [(code, str(name)) for code, name in municipality_choices(get_language())]
        self.fields["municipality"].choices = [("", "–"), *choices]

    def clean_business_id(self) -> str:
        """The id in its one form; none of an informal group, and none that is here already."""
        text = self.cleaned_data["business_id"]
        if not text:
            return ""
        try:
            number = business_id.normalise(text)
        except ValueError as error:
            raise ValidationError(
                _("This is not a business id. Check each digit, the last one too.")
            ) from error
        if Organisation.objects.filter(business_id=number).exists():
            raise ValidationError(
                _("An organisation with this id is here already. Ask its lead to invite you.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        informal = cleaned.get("kind") == Organisation.Kind.INFORMAL_GROUP
        if informal:
            cleaned["business_id"] = ""
            self._errors.pop("business_id", None)
        elif not cleaned.get("business_id") and "business_id" not in self.errors:
            self.add_error("business_id", _("Write the business id."))
        return cleaned

    def to_application(self) -> dict[str, Any]:
        """The fields of an `Application` as they were sent."""
        names = [field.name for field in Application._meta.fields]
        sent = {name: value for name, value in self.cleaned_data.items() if name in names}
        code = sent["municipality"]
        sent["municipality"] = Municipality.objects.filter(code=code).first() if code else None
        return sent

    @classmethod
    def values_of(cls, application: Application) -> dict[str, Any]:
        """What the fields hold for an application that is there."""
        names = [name for name in cls.base_fields if hasattr(application, name)]
        place = application.municipality
        return {name: getattr(application, name) for name in names} | {
            "municipality": place.code if place else ""
        }


class JoinForm(GuardedForm, ApplicationForm):
    """The public form. Where a like name is here already it asks once whether it is the same."""

    guarded_action = "join"
    field_order: ClassVar[list[str]] = [
        *("name", "another", "kind", "business_id", "municipality", "languages", "plans"),
        *("first_name", "last_name", "email", "phone"),
    ]

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a link there, with which you confirm the address."),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": ADDRESS,
            "max_length": ADDRESS,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    another = forms.BooleanField(required=False, label=_("Ours is another organisation"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.likenesses: list[Likeness] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.likenesses = public_likenesses(cleaned.get("name", ""))
        if self.likenesses and not cleaned.get("another"):
            self.add_error("another", _("Is it one of these? If not, tick the box and send again."))
        return cleaned


class CompleteForm(ApplicationForm):
    """The same once more, for an applicant whom more was asked; the address stays."""


class QuestionForm(DeskForm):
    """What a moderator asks of an applicant."""

    question = forms.CharField(
        label=_("What do you need to know?"),
        help_text=_("The applicant reads this behind a link, above the form to complete."),
        max_length=QUESTION_LENGTH,
        error_messages={"required": _("Write the question."), "max_length": TOO_LONG},
        widget=forms.Textarea,
    )


class RejectForm(DeskForm):
    """Why a moderator turns an application down."""

    reason = OneOf(label=_("Why?"), choices=Application.Reason.choices)
    text = forms.CharField(
        label=_("In your own words"),
        help_text=_("The applicant reads this behind a link. Say what could be done instead."),
        max_length=QUESTION_LENGTH,
        error_messages={"required": _("Write the reason."), "max_length": TOO_LONG},
        widget=forms.Textarea,
    )
