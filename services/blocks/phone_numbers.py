"""Telephone numbers that can really be called."""

import re

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

COUNTRY = "FI"
# No range of the Finnish numbering is kept for fiction; this one can never be a valid number.
DEMO = re.compile(r"\+358 ?000 ?00\d\d")


def validate_phone(text: str) -> None:
    """Refuse a number that nobody could call from Finland; short numbers such as 112 pass."""
    if text and _dialled(text) is None:
        raise ValidationError(
            _("This is not a telephone number. Write for example 016 123 456 or +358 40 123 4567."),
            code="phone",
        )


def dial(text: str) -> str:
    """Return what a telephone dials: +358…, or a short number as it is.

    A number that does not pass `validate_phone` (in a draft) gives its digits.
    """
    return _dialled(text) or re.sub(r"[^\d+]", "", text)


def _dialled(text: str) -> str | None:
    if DEMO.fullmatch(text.strip()):
        return text.replace(" ", "").strip() if settings.DEMO_NUMBERS else None
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except NumberParseException:
        return None
    if re.search(r"[^\d\s()+.\-–/]", text):
        return None
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if shortnumberinfo.is_valid_short_number_for_region(number, COUNTRY):
        return re.sub(r"\D", "", text)
    return None
