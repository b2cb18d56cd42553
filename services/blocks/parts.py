"""Parts that kinds of channel are put together from: each a few fields with one subject.

A kind inherits the parts it shows and nothing else. Wagtail orders inherited fields from the last
base to the first, so a kind names its parts from the bottom of the form to the top.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)

from services.blocks.hours import HoursBlock
from services.blocks.phone_numbers import dial, validate_phone
from site_core.pages.blocks import SecureURLBlock
from site_core.pages.entry import Marked, marked
from site_core.taxonomy.labels import choices_of


class SignIn(TextChoices):
    """How a user proves who she is before the channel opens."""

    NONE = "none", _("No sign-in")
    LIGHT = "light", _("User name and password")
    STRONG = "strong", _("Bank codes or other strong identification")


def service_languages() -> list[tuple[str, str]]:
    """Codes and names of the languages of service, read when a form is shown."""
    return choices_of("servicelanguage")


class ChannelValue(StructValue):
    """One way to use a service; a kind with something to follow says so by its `action`."""

    def action(self) -> tuple[str, str | None]:
        """Return what is shown (address, number) and where a click leads, None for nowhere."""
        return "", None

    def as_channel(self, language: str, key: str | None = None) -> dict[str, Any]:
        """Return the channel as the published entry keeps it; its texts are in `language`.

        `key` is the block's id in its stream, which outlives edits.
        """
        value, href = self.action()
        hours = self.get("hours")
        return {
            "id": key,
            "kind": self.block.name,
            "label": self._marked("label", language),
            "value": value,
            "href": href,
            "note": self._marked("note", language),
            "hours": hours.as_hours(language) if hours else None,
            "languages": [
                {"code": row["code"], "note": marked(row.get("note") or "", language)}
                for row in self.get("languages") or []
            ],
            "cost": self._marked("cost", language),
            "anonymous": bool(self.get("anonymous")),
            "sign_in": self.get("sign_in") or SignIn.NONE.value,
            "device": self._marked("device", language),
        }

    def _marked(self, name: str, language: str) -> Marked | None:
        return marked(self.get(name) or "", language)


class LanguageCodeBlock(ChoiceBlock):
    """A code of a service language; reading a stored one asks no vocabulary."""

    def normalize_choice(self, value: str | None) -> str | None:
        """Keep the code: core looks up the choice's own type, with a query per stream."""
        return value


class LanguageBlock(StructBlock):
    """A language one is served in here, perhaps only at times."""

    code = LanguageCodeBlock(label=_("Language"), choices=service_languages)
    note = CharBlock(
        label=_("When"), required=False, max_length=100, help_text=_("For example: on Tuesdays.")
    )

    class Meta:
        label = _("Language")
        description = _("A language one is served in, and when if not always.")
        icon = "globe"
        label_format = "{code} {note}"
        preview_value = {"code": "fi", "note": ""}


class ChannelBlock(StructBlock):
    """What every kind of channel has."""

    class Meta:
        value_class = ChannelValue
        template = "blocks/channel.html"

    def get_context(self, value: ChannelValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the channel in the entry's shape, so that one template shows every kind."""
        context = super().get_context(value, parent_context=parent_context)
        return context | {"channel": value.as_channel("fi")}

    def clean(self, value: ChannelValue) -> ChannelValue:
        cleaned = super().clean(value)
        codes = [row.get("code") for row in cleaned.get("languages") or []]
        if len(set(codes)) < len(codes):
            fault = ValidationError(_("Name each language once."), code="language_twice")
            raise StructBlockValidationError({"languages": fault})
        return cleaned


class Note(ChannelBlock):
    note = CharBlock(
        label=_("Good to know"),
        required=False,
        max_length=250,
        help_text=_("For example: book a time first, or how soon you get an answer."),
    )


class Cost(ChannelBlock):
    cost = CharBlock(
        label=_("Cost"),
        required=False,
        max_length=120,
        help_text=_("For example: the price of a normal call."),
    )


class Label(ChannelBlock):
    label = CharBlock(
        label=_("Words of the button"),
        required=False,
        max_length=60,
        help_text=_("Leave empty for the usual words, such as “Call” or “Open the form”."),
    )


class Languages(ChannelBlock):
    languages = ListBlock(
        LanguageBlock(), label=_("Languages of service"), default=[], collapsed=True
    )


class Hours(ChannelBlock):
    hours = HoursBlock()


class Anonymous(ChannelBlock):
    anonymous = BooleanBlock(
        label=_("One can stay anonymous"),
        required=False,
        help_text=_("Nobody asks for a name, or a made-up name is enough."),
    )


class SignInNeed(ChannelBlock):
    sign_in = ChoiceBlock(label=_("Sign-in"), choices=SignIn.choices, default=SignIn.NONE)


class DeviceNeed(ChannelBlock):
    device = CharBlock(
        label=_("What one needs"),
        required=False,
        max_length=150,
        help_text=_("For example: a telephone or computer with a camera."),
    )


class WebValue(ChannelValue):
    def action(self) -> tuple[str, str | None]:
        url = self.get("url") or ""
        return url, url or None


class WebAddress(ChannelBlock):
    url = SecureURLBlock(
        label=_("Web address"),
        help_text=_("Leads straight to where one begins, not to a front page."),
    )

    class Meta:
        value_class = WebValue
        label_format = "{url}"


class CallValue(ChannelValue):
    def action(self) -> tuple[str, str | None]:
        number = " ".join((self.get("number") or "").split())
        return number, f"tel:{dial(number)}" if number else None


class TextMessageValue(ChannelValue):
    def action(self) -> tuple[str, str | None]:
        number = " ".join((self.get("number") or "").split())
        return number, f"sms:{dial(number)}" if number else None


class Number(ChannelBlock):
    number = CharBlock(label=_("Telephone number"), max_length=30, validators=[validate_phone])

    class Meta:
        value_class = CallValue
        label_format = "{number}"


class PlaceValue(ChannelValue):
    def action(self) -> tuple[str, str | None]:
        """Return the address in one line; nobody outside is asked to draw a map of it."""
        town = " ".join(filter(None, [self.get("postal_code"), self.get("town")]))
        return ", ".join(filter(None, [self.get("name"), self.get("street"), town])), None


ADDRESS_FIELDS = ("street", "postal_code", "town")
"""Fields that together are an address; a confidential service leaves them empty."""


class Address(ChannelBlock):
    street = CharBlock(label=_("Street address"), required=False, max_length=100)
    postal_code = CharBlock(
        label=_("Postal code"),
        required=False,
        max_length=5,
        validators=[RegexValidator(r"^\d{5}$", _("A postal code has five digits."))],
    )
    town = CharBlock(label=_("Town or village"), required=False, max_length=60)

    class Meta:
        value_class = PlaceValue
        label_format = "{street} {town}"

    def clean(self, value: PlaceValue) -> PlaceValue:
        """Ask for an address, or for words on how to make contact where the place is secret."""
        cleaned = super().clean(value)
        if not (self.is_deferred_validation or cleaned.get("note")):
            missing = [name for name in ("street", "town") if not cleaned.get(name)]
            if missing:
                fault = _(
                    "Give the address; if it must not be told, say below how to make contact."
                )
                raise StructBlockValidationError({missing[0]: ValidationError(fault)})
        return cleaned
